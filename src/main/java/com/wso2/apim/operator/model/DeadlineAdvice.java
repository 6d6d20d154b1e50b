package com.wso2.apim.operator.model;

import com.wso2.apim.operator.api.v1alpha1.ApiManagerClusterSpec;
import com.wso2.apim.operator.api.v1alpha1.RolloutSpec;
import java.util.List;
import java.util.Optional;

/** A deadline that is over while a node may still start rejects good revisions. */
final class DeadlineAdvice {

    private DeadlineAdvice() {}

    /** A warning for each tier whose nodes may take longer. */
    static List<String> warnings(ApiManagerClusterSpec spec, Cluster cluster) {
        return Optional.ofNullable(spec.rollout()).map(RolloutSpec::progressDeadlineSeconds).stream()
                .flatMap(deadline -> cluster.tiers().stream()
                        .filter(tier -> deadline < needed(tier, cluster))
                        .map(tier ->
                                "spec.rollout.progressDeadlineSeconds: %d is over while a node may still start, for which %s.probes.startupSeconds allows %d: a good revision could be rejected; write %d at least"
                                        .formatted(
                                                deadline,
                                                tier.role().field(),
                                                tier.probes().startupSeconds(),
                                                needed(tier, cluster))))
                .toList();
    }

    private static int needed(Tier tier, Cluster cluster) {
        return tier.probes().startupSeconds() + cluster.minReadySeconds();
    }
}
