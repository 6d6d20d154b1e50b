package com.wso2.apim.operator.status;

import com.wso2.apim.operator.model.Names;
import com.wso2.apim.operator.model.Role;
import com.wso2.apim.operator.revision.Admission;
import com.wso2.apim.operator.revision.LastGood;
import com.wso2.apim.operator.revision.Rejection;
import com.wso2.apim.operator.rollout.Failure;
import com.wso2.apim.operator.rollout.Progress;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Why a change does not get on, in words.
 *
 * @param isRolledBack whether nodes are to run the last good revisions instead
 */
record Stall(boolean isRolledBack, String message) {

    /** Of a pass; a revision that is rejected in this very pass counts as one that is. */
    static Optional<Stall> of(Admission admission, Progress progress) {
        return admission
                .rejection()
                .map(rejection -> new Stall(
                        true, rolledBack(rejection.role(), rejection.revision(), rejection.cause(), good(rejection))))
                .or(() -> progress.failure().map(failure -> of(failure, progress.good())));
    }

    private static Stall of(Failure failure, LastGood good) {
        return failure.excuse()
                .map(excuse -> new Stall(
                        false,
                        "%s, on revision %s; it is not rolled back: %s"
                                .formatted(failure.words(), failure.revision(), excuse)))
                .orElseGet(() -> new Stall(
                        true,
                        rolledBack(failure.node().role(), failure.revision(), failure.words(), good.revisions())));
    }

    private static String rolledBack(Role role, String revision, String cause, Map<Role, String> good) {
        return "revision %s of the %s tier is rejected: %s; nodes run the last good revisions %s; change the resource, or, to try the same again: kubectl annotate configmap %s %s-"
                .formatted(
                        revision,
                        role.component(),
                        cause,
                        Stream.of(Role.values()).map(good::get).collect(Collectors.joining(" and ")),
                        revision,
                        Names.REJECTED_ANNOTATION);
    }

    private static Map<Role, String> good(Rejection rejection) {
        return rejection.good().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().name()));
    }

    /** Reason of the condition. */
    String reason() {
        return isRolledBack ? "RolledBack" : "DeadlineExceeded";
    }
}
