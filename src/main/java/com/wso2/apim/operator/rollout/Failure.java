package com.wso2.apim.operator.rollout;

import com.wso2.apim.operator.model.Node;
import java.util.Optional;

/**
 * A node that did not get along with a new revision in time.
 *
 * @param pod its pod
 * @param revision what it runs
 * @param words what happened, in one line, without a value of a Secret
 * @param excuse why the revision is not rejected for that, in words; absent if it is
 */
public record Failure(Node node, String pod, String revision, String words, Optional<String> excuse) {

    /** Whether the revision is to be rejected. */
    public boolean isRejection() {
        return excuse.isEmpty();
    }
}
