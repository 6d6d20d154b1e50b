package com.wso2.apim.operator.controlplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.wso2.apim.operator.api.v1alpha1.ApiManagerClusterStatus.Node;
import com.wso2.apim.operator.controlplane.PodHistory.What;
import com.wso2.apim.operator.model.Names;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@code kubectl describe} tells of a deployment. */
@OnControlPlane
class EventsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private Deployment deployment;
    private Set<String> before;

    @BeforeEach
    void run(Deployment deployment) throws IOException {
        this.deployment = deployment;
        deployment.run("minimal");
        before = Set.copyOf(deployment.events());
    }

    @Test
    void sayBeforeTheFirstPodGoesWhichWillBeRestartedAndWhy() {
        patch(
                "{'spec': {'cacheInvalidation': {'enabled': false}, 'allInOne': {'env': [{'name': 'TEAM', 'value': 'x'}]}}}");
        await().atMost(PATIENCE)
                .until(() -> !deployment.history().pods(What.CREATED).isEmpty());
        var first = deployment.pod(deployment.history().pods(What.CREATED).get(0));
        deployment.awaitReady();
        deployment.awaitQuiet();

        assertThat(news())
                .containsExactlyInAnyOrder(
                        "RolloutPlanned: to be restarted, one after the other: apim-aio-1, apim-aio-0 (variable TEAM, "
                                + "[apim.cache_invalidation] enabled changed)",
                        "Rolling: all-in-one 1 moving to revision "
                                + deployment
                                        .statefulSet("apim-aio")
                                        .getSpec()
                                        .getTemplate()
                                        .getMetadata()
                                        .getAnnotations()
                                        .get(Names.REVISION_ANNOTATION));
        assertThat(withReason("Settled").getSeries().getCount()).isEqualTo(2);
        assertThat(withReason("RolloutPlanned").getMetadata().getCreationTimestamp())
                .isLessThanOrEqualTo(first.getMetadata().getCreationTimestamp());
        assertThat(deployment.resource().getStatus().nodes())
                .extracting(Node::restartsFor)
                .containsOnlyNulls();
    }

    @Test
    void areAccompaniedByTheReasonOfEachNodeThatIsStillToBeRestarted() {
        patch("{'spec': {'trafficManager': {'env': [{'name': 'KUBE_TEST_HOLD', 'value': 'true'}]}}}");
        await().atMost(PATIENCE)
                .until(() -> deployment.history().pods(What.CREATED).equals(List.of("apim-tm-1")));
        deployment.awaitQuiet();

        assertThat(deployment.resource().getStatus().nodes())
                .filteredOn(node -> node.restartsFor() != null)
                .extracting(Node::pod, Node::restartsFor)
                .containsExactly(tuple("apim-tm-0", "variable KUBE_TEST_HOLD"));
    }

    @Test
    void sayNothingOfAChangeThatRestartsNothing() {
        patch("{'spec': {'exposure': {'ingress': {'className': 'nginx'}}}}");
        deployment.awaitQuiet();

        assertThat(news()).isEmpty();
    }

    @Test
    void tellAnOutageOnceHoweverOftenItComesBack() {
        for (int i = 0; i < 2; i++) {
            hold(true);
            deployment.awaitCondition(
                    "Available", condition -> condition.status().equals("False"));
            hold(false);
            deployment.awaitReady();
            deployment.awaitQuiet();
        }

        assertThat(news()).filteredOn(event -> event.startsWith("TierDown")).hasSize(1);
        assertThat(withReason("TierDown").getNote()).isEqualTo("no Ready node: traffic-manager");
        assertThat(withReason("TierDown").getType()).isEqualTo("Warning");
        assertThat(withReason("TierDown").getSeries().getCount()).isEqualTo(2);
    }

    private void hold(boolean held) {
        List.of("apim-tm-0", "apim-tm-1").forEach(name -> deployment.hold(name, held));
    }

    private void patch(String json) {
        deployment.patch(json.replace('\'', '"'));
    }

    private Set<String> news() {
        return deployment.events().stream()
                .filter(event -> !before.contains(event))
                .collect(Collectors.toSet());
    }

    private Event withReason(String reason) {
        var found = deployment
                .recorded()
                .filter(event -> event.getReason().equals(reason))
                .toList();
        assertThat(found).hasSize(1);
        return found.get(0);
    }
}
