package com.wso2.apim.operator.resources;

import com.wso2.apim.operator.api.v1alpha1.Retention;
import com.wso2.apim.operator.model.Cluster;
import com.wso2.apim.operator.model.Names;
import com.wso2.apim.operator.model.Tier;
import com.wso2.apim.operator.rollout.Plan.TierPlan;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSetPersistentVolumeClaimRetentionPolicy;
import java.util.Optional;

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
                .withVolumeClaimTemplates(claim(cluster, tier).stream().toList())
                .withPersistentVolumeClaimRetentionPolicy(
                        tier.storage().map(storage -> retention(cluster)).orElse(null))
                .endSpec()
                .build();
    }

    /** Labels as those of pods: with a version, a template of claims would have to change, which it cannot. */
    private static Optional<PersistentVolumeClaim> claim(Cluster cluster, Tier tier) {
        return tier.storage().map(storage -> new PersistentVolumeClaimBuilder()
                .withNewMetadata()
                .withName(Names.STORAGE)
                .withLabels(cluster.names().podLabels(tier.role()))
                .endMetadata()
                .withNewSpec()
                .withAccessModes(storage.accessModes())
                .withStorageClassName(storage.className().orElse(null))
                .withVolumeMode("Filesystem")
                .withNewResources()
                .addToRequests("storage", new Quantity(storage.size()))
                .endResources()
                .endSpec()
                .build());
    }

    /** A node that comes back finds its volume, and so does a resource, unless nothing of it is to stay. */
    private static StatefulSetPersistentVolumeClaimRetentionPolicy retention(Cluster cluster) {
        var whenDeleted = cluster.retention() == Retention.DELETE ? "Delete" : "Retain";
        return new StatefulSetPersistentVolumeClaimRetentionPolicy(whenDeleted, "Retain");
    }
}
