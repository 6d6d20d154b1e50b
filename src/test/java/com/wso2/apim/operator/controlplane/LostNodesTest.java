package com.wso2.apim.operator.controlplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Kubernetes nodes that are drained, or lost with the pods on them, while a change is on its way. */
@OnControlPlane
class LostNodesTest {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int TOO_MANY_REQUESTS = 429;
    /** Traffic Managers take some seconds to start: time to lose nodes before the next one may move. */
    private static final String ROLL = "{'spec': {'database': {'apim': {'pool': {'maxActive': %d}}}, 'trafficManager': "
            + "{'podTemplate': {'metadata': {'annotations': {'pod.kube.test/start-delay': '4s'}}}}}}";

    private static final String SLOW_ROLL =
            "{'spec': {'trafficManager': {'env': [{'name': 'KUBE_TEST_HOLD', 'value': 'true'}]}}}";

    private Deployment deployment;
    private Map<String, String> before;

    @BeforeEach
    void run(Deployment deployment) throws IOException {
        this.deployment = deployment;
        deployment.run("minimal");
        before = revisions();
    }

    @AfterEach
    void uncordon() {
        nodes().forEach(node -> cordon(node, false));
    }

    /** What {@code kubectl drain} does: no new pods, and each pod is evicted as soon as its budget allows. */
    @Test
    void areDrainedInMidRollWithinTheDisruptionBudgets() {
        try (var invariants = new Invariants(deployment)) {
            patch(SLOW_ROLL);
            await().atMost(PATIENCE).until(() -> isMoved("apim-tm-1"));
            var peer = deployment.pod("apim-tm-0");
            cordon(peer.getSpec().getNodeName(), true);
            await().atMost(PATIENCE).until(() -> isRefused(peer));

            var other = deployment.pod("apim-aio-1");
            cordon(other.getSpec().getNodeName(), true);
            invariants.strikes(other);
            await().atMost(PATIENCE).until(() -> !isRefused(other));
            await().atMost(PATIENCE)
                    .until(() -> deployment.isReadyAgain(
                            "apim-aio-1", other.getMetadata().getUid()));
            assertThat(deployment.revision("apim-aio-1")).isEqualTo(before.get("apim-aio-1"));
            assertThat(deployment.pod("apim-aio-1").getSpec().getNodeName())
                    .isNotEqualTo(other.getSpec().getNodeName());
            assertThat(deployment.pod("apim-tm-0").getMetadata().getUid())
                    .isEqualTo(peer.getMetadata().getUid());

            patch("{'spec': {'trafficManager': {'env': [{'name': 'TEAM', 'value': 'x'}]}}}");
            // Evicted once its neighbour is Ready, unless the roll was first.
            await().atMost(PATIENCE).until(() -> {
                invariants.strikes(peer);
                return isGone(peer) || !isRefused(peer);
            });
            deployment.awaitReady();
            deployment.awaitQuiet();
            invariants.holdAtRest();
            assertNothingRejected();
        }
    }

    /** First those of the tier that serves, then those of the whole deployment are gone at once, in mid-roll. */
    @Test
    void comeBackOnTheRevisionOfTheirPlaces() {
        try (var invariants = new Invariants(deployment)) {
            loseInMidRoll("apim-aio", 81, invariants);
            loseInMidRoll("apim", 82, invariants);
        }
    }

    private void loseInMidRoll(String prefix, int connections, Invariants invariants) {
        before = revisions();
        patch(ROLL.formatted(connections));
        await().atMost(PATIENCE).until(() -> isMoved("apim-tm-1"));
        lose(prefix, invariants);
        deployment.awaitReady();
        deployment.awaitQuiet();

        invariants.holdAtRest();
        invariants.everyFileHolds("maxActive = \"%d\"".formatted(connections));
        assertNothingRejected();
    }

    /** There is no room for what was lost, for longer than the deadline of the roll: that says nothing of the revision. */
    @Test
    void areNoReasonToGoBack() {
        restartOperatorLate();
        try (var invariants = new Invariants(deployment)) {
            nodes().forEach(node -> cordon(node, true));
            patch(ROLL.formatted(81));
            await().atMost(PATIENCE).until(() -> isMoved("apim-tm-1"));
            lose("apim-aio", invariants);
            var stalled = deployment.awaitCondition(
                    "Stalled", condition -> condition.reason().equals("DeadlineExceeded"));
            assertThat(stalled.message()).contains("not scheduled");
            deployment.awaitQuiet();
            assertNothingRejected();

            nodes().forEach(node -> cordon(node, false));
            deployment.awaitReady();
            deployment.awaitQuiet();
            invariants.holdAtRest();
            invariants.everyFileHolds("maxActive = \"81\"");
            assertNothingRejected();
        }
    }

    /** The deadline of a pod is over half a minute after it was scheduled, or created where it is not. */
    private void restartOperatorLate() {
        deployment.stopOperator();
        deployment.startOperator(Clock.offset(Clock.systemUTC(), Duration.ofSeconds(870)));
    }

    private void lose(String prefix, Invariants invariants) {
        var lost = deployment.pods().stream()
                .filter(pod -> pod.getMetadata().getName().startsWith(prefix + "-"))
                .toList();
        lost.forEach(invariants::strikes);
        lost.forEach(pod -> deployment.client().resource(pod).withGracePeriod(0).delete());
    }

    private boolean isRefused(Pod pod) {
        try {
            return !deployment.client().pods().resource(pod).evict();
        } catch (KubernetesClientException e) {
            if (e.getCode() == TOO_MANY_REQUESTS) {
                return true;
            }
            throw e;
        }
    }

    private boolean isGone(Pod pod) {
        var now = deployment.pod(pod.getMetadata().getName());
        return now == null
                || !now.getMetadata().getUid().equals(pod.getMetadata().getUid());
    }

    private boolean isMoved(String name) {
        return deployment.runsAnotherThan(before.get(name), name);
    }

    private Map<String, String> revisions() {
        return Invariants.NODES.stream().collect(Collectors.toMap(node -> node, deployment::revision));
    }

    private void assertNothingRejected() {
        assertThat(deployment.rejected()).isEmpty();
        assertThat(deployment.events()).noneMatch(event -> event.startsWith("RevisionRejected"));
    }

    private List<String> nodes() {
        return deployment.client().nodes().list().getItems().stream()
                .map(node -> node.getMetadata().getName())
                .toList();
    }

    private void cordon(String name, boolean isCordoned) {
        deployment.client().nodes().withName(name).edit((Node node) -> node.edit()
                .editOrNewSpec()
                .withUnschedulable(isCordoned)
                .endSpec()
                .build());
    }

    private void patch(String json) {
        deployment.patch(json.replace('\'', '"'));
    }
}
