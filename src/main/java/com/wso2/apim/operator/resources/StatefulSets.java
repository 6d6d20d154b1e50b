package com.wso2.apim.operator.resources;

import com.wso2.apim.operator.model.Cluster;
import com.wso2.apim.operator.model.Tier;
import com.wso2.apim.operator.rollout.Plan.TierPlan;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;

/** A tier's pods. The operator orders them, by replicas and partition; hence Parallel. */
final class StatefulSets {

    private StatefulSets() {}

    static StatefulSet of(Cluster cluster, Tier tier, TierPlan plan) {
        return new StatefulSetBuilder()
                .withMetadata(Metadata.of(cluster, tier.role(), cluster.names().tier(tier.role())))
                .withNewSpec()
                .withReplicas(plan.replicas())
                .withServiceName(cluster.names().headlessService(tier.role()))
                .withPodManagementPolicy("Parallel")
                .withMinReadySeconds(cluster.minReadySeconds() == 0 ? null : cluster.minReadySeconds())
                .withNewSelector()
                .withMatchLabels(cluster.names().selector(tier.role()))
                .endSelector()
                .withNewUpdateStrategy()
                .withType("RollingUpdate")
                .withNewRollingUpdate()
                .withPartition(plan.partition())
                .endRollingUpdate()
                .endUpdateStrategy()
                .withTemplate(plan.revision().template())
                .endSpec()
                .build();
    }
}
