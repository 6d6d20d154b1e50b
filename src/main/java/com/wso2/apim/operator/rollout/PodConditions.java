package com.wso2.apim.operator.rollout;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What the status of a pod says of it. */
record PodConditions(Pod pod) {

    Optional<PodCondition> of(String type) {
        return Optional.ofNullable(pod.getStatus()).map(PodStatus::getConditions).orElse(List.of()).stream()
                .filter(condition -> condition.getType().equals(type))
                .findFirst();
    }

    boolean isTrue(String type) {
        return of(type).filter(PodConditions::isTrue).isPresent();
    }

    /** Since when a condition is True; empty if it is not. */
    Optional<Instant> trueSince(String type) {
        return of(type).filter(PodConditions::isTrue)
                .map(PodCondition::getLastTransitionTime)
                .map(Instant::parse);
    }

    static boolean isTrue(PodCondition condition) {
        return "True".equals(condition.getStatus());
    }
}
