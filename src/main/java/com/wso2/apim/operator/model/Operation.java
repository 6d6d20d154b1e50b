package com.wso2.apim.operator.model;

import com.wso2.apim.operator.api.v1alpha1.ApiManagerClusterSpec;
import com.wso2.apim.operator.api.v1alpha1.RolloutSpec;
import java.util.Optional;

/**
 * What the user does with the nodes, beyond what they are.
 *
 * @param restartedAt another text than before restarts every node
 * @param paused whether no node is restarted for a change
 * @param suspended whether no node is to run
 */
public record Operation(Optional<String> restartedAt, boolean paused, boolean suspended) {

    /** What a spec asks for. */
    public static Operation of(ApiManagerClusterSpec spec) {
        var rollout = Optional.ofNullable(spec.rollout());
        return new Operation(
                rollout.map(RolloutSpec::restartedAt),
                rollout.map(RolloutSpec::paused).orElse(false),
                Boolean.TRUE.equals(spec.suspend()));
    }
}
