package com.wso2.apim.operator.resources;

import com.wso2.apim.operator.model.Cluster;
import com.wso2.apim.operator.model.Tier;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetBuilder;

/** One node of a tier at a time may be drained; a node that does not serve may always. */
final class DisruptionBudgets {

    private DisruptionBudgets() {}

    static PodDisruptionBudget of(Cluster cluster, Tier tier) {
        return new PodDisruptionBudgetBuilder()
                .withMetadata(Metadata.of(cluster, tier.role(), cluster.names().tier(tier.role())))
                .withNewSpec()
                .withMaxUnavailable(new IntOrString(1))
                .withUnhealthyPodEvictionPolicy("AlwaysAllow")
                .withNewSelector()
                .withMatchLabels(cluster.names().selector(tier.role()))
                .endSelector()
                .endSpec()
                .build();
    }
}
