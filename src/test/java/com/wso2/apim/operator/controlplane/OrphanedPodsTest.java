package com.wso2.apim.operator.controlplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.wso2.apim.operator.controlplane.PodHistory.What;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.OwnerReference;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** StatefulSets that somebody deletes, and leaves their pods: {@code kubectl delete --cascade=orphan}. */
@OnControlPlane
class OrphanedPodsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final List<String> TIERS = List.of("apim-tm", "apim-aio");

    private Deployment deployment;

    @BeforeEach
    void run(Deployment deployment) throws IOException {
        this.deployment = deployment;
        deployment.run("minimal");
    }

    /** First at rest, then in the roll of each tier after its first node has moved: neither starts again for it. */
    @Test
    void areAdoptedWithoutARestart() {
        try (var invariants = new Invariants(deployment)) {
            TIERS.forEach(this::orphan);
            TIERS.forEach(this::awaitAdopted);
            deployment.awaitReady();
            deployment.awaitQuiet();
            assertThat(deployment.history().moments()).isEmpty();

            deployment.patch("{\"spec\": {\"database\": {\"apim\": {\"pool\": {\"maxActive\": 81}}}}}");
            TIERS.forEach(this::orphanInMidRoll);
            deployment.awaitReady();
            deployment.awaitQuiet();

            invariants.created("apim-tm-1", "apim-tm-0", "apim-aio-1", "apim-aio-0");
            invariants.holdAtRest();
            invariants.everyFileHolds("maxActive = \"81\"");
        }
    }

    private void orphanInMidRoll(String tier) {
        await().atMost(PATIENCE)
                .until(() -> deployment.history().pods(What.CREATED).contains(tier + "-1"));
        orphan(tier);
        awaitAdopted(tier);
    }

    private void orphan(String tier) {
        deployment
                .client()
                .resource(deployment.statefulSet(tier))
                .withPropagationPolicy(DeletionPropagation.ORPHAN)
                .delete();
    }

    private void awaitAdopted(String tier) {
        await().atMost(PATIENCE).until(() -> {
            var set = deployment.statefulSet(tier);
            return set != null
                    && deployment.pods().stream()
                            .filter(pod -> pod.getMetadata().getName().startsWith(tier + "-"))
                            .flatMap(pod -> pod.getMetadata().getOwnerReferences().stream())
                            .map(OwnerReference::getUid)
                            .toList()
                            .equals(List.of(
                                    set.getMetadata().getUid(),
                                    set.getMetadata().getUid()));
        });
    }
}
