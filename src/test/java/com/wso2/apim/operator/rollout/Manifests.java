package com.wso2.apim.operator.rollout;

import com.wso2.apim.operator.api.v1alpha1.ApiManagerCluster;
import com.wso2.apim.operator.inputs.GatewayApi;
import com.wso2.apim.operator.inputs.Inputs;
import com.wso2.apim.operator.model.Names;
import com.wso2.apim.operator.model.Node;
import com.wso2.apim.operator.revision.Revision;
import com.wso2.apim.operator.support.Installation;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** StatefulSets and pods as the API server returns them, in so far as a rollout looks at them. */
final class Manifests {

    private static final SecureRandom RANDOM = new SecureRandom();

    private Manifests() {}

    /** What the controller reported of a StatefulSet. */
    record Report(Long observedGeneration, String currentRevision, String updateRevision) {}

    static StatefulSet statefulSet(
            String name, Revision revision, int replicas, int partition, long generation, Report report) {
        var statefulSet = new StatefulSetBuilder()
                .withNewMetadata()
                .withName(name)
                .withGeneration(generation)
                .endMetadata()
                .withNewSpec()
                .withReplicas(replicas)
                .withNewUpdateStrategy()
                .withType("RollingUpdate")
                .withNewRollingUpdate()
                .withPartition(partition)
                .endRollingUpdate()
                .endUpdateStrategy()
                .endSpec()
                .withNewStatus()
                .withObservedGeneration(report.observedGeneration())
                .withCurrentRevision(report.currentRevision())
                .withUpdateRevision(report.updateRevision())
                .endStatus()
                .build();
        // The builder would copy it, field by field.
        statefulSet.getSpec().setTemplate(revision.template());
        return statefulSet;
    }

    /** A pod, Ready since some time or not, perhaps on its way out, and perhaps without an owner. */
    static Pod pod(Node node, String revision, Optional<Instant> readySince, boolean isLeaving, boolean isOwned) {
        return pod(node, revision, Instant.parse("2026-01-01T00:00:00Z"), readySince, isLeaving, isOwned);
    }

    /** The same, of some age. */
    static Pod pod(
            Node node,
            String revision,
            Instant created,
            Optional<Instant> readySince,
            boolean isLeaving,
            boolean isOwned) {
        var name = Configuration.NAMES.pod(node);
        var pod = new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .withAnnotations(Map.of(Names.REVISION_ANNOTATION, revision))
                .withCreationTimestamp(created.toString())
                .withDeletionTimestamp(isLeaving ? "2026-01-01T00:00:00Z" : null)
                .endMetadata()
                .withNewStatus()
                .withPhase("Running")
                .addNewCondition()
                .withType("PodScheduled")
                .withStatus("True")
                .endCondition()
                .addNewCondition()
                .withType("Ready")
                .withStatus(readySince.isPresent() ? "True" : "False")
                .withLastTransitionTime(
                        readySince.orElse(Instant.parse("2026-01-01T00:00:00Z")).toString())
                .endCondition()
                .endStatus();
        if (isOwned) {
            pod.editMetadata()
                    .addNewOwnerReference()
                    .withKind("StatefulSet")
                    .withName(Configuration.NAMES.tier(node.role()))
                    .withController(true)
                    .endOwnerReference()
                    .endMetadata();
        }
        return pod.build();
    }

    /** Reads them as a pass does. */
    static Observed observed(List<StatefulSet> statefulSets, List<Pod> pods, Instant now) {
        return Observed.of(inputs(Configuration.RESOURCE, statefulSets, pods, now), Configuration.NAMES);
    }

    /** What a pass reads of them. */
    static Inputs inputs(ApiManagerCluster resource, List<StatefulSet> statefulSets, List<Pod> pods, Instant now) {
        return new Inputs(
                resource,
                Installation.SETTINGS,
                Map.of(),
                Map.of(),
                List.of(),
                List.<HasMetadata>copyOf(statefulSets),
                pods,
                GatewayApi.ABSENT,
                false,
                now,
                RANDOM);
    }
}
