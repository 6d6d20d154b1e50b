package com.wso2.apim.operator.controlplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.wso2.apim.operator.api.v1alpha1.ApiManagerClusterStatus.Condition;
import com.wso2.apim.operator.controlplane.PodHistory.What;
import com.wso2.apim.operator.model.Names;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Changes that nodes do not get Ready with. The operator's clock is ahead, so that a deadline is over soon. */
@OnControlPlane
class RollbackTest {

    /** What is left of the deadline, for a pod that will not make it and for one that will. */
    private static final Duration NOT_LONG = Duration.ofSeconds(10);

    private static final Duration LONG_ENOUGH = Duration.ofSeconds(30);
    private static final List<String> NODES = List.of("apim-aio-0", "apim-aio-1", "apim-tm-0", "apim-tm-1");
    private static final String BAD_IMAGE =
            "{'spec': {'trafficManager': {'image': 'registry.example.com/wso2am-tm:does-not-exist'}}}";

    private Deployment deployment;
    private List<String> good;

    @BeforeEach
    void run(Deployment deployment) throws IOException {
        this.deployment = deployment;
        deployment.run("minimal");
        good = revisions();
        restartOperator(NOT_LONG);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            'trafficManager': {'image': 'registry.example.com/wso2am-tm:does-not-exist'} | apim-tm-1 | image registry.example.com/wso2am-tm:does-not-exist cannot be pulled
            'allInOne': {'env': [{'name': 'KUBE_TEST_CRASH', 'value': 'true'}]} | apim-aio-1 | ended with exit code 1
            'allInOne': {'env': [{'name': 'KUBE_TEST_HOLD', 'value': 'true'}]} | apim-aio-1 | its readiness probe does not succeed
            """)
    void areRolledBack(String change, String pod, String cause) {
        patch("{'spec': {%s}}".formatted(change));
        var stalled = awaitRolledBack();

        assertThat(revisions()).isEqualTo(good);
        assertThat(stalled.message()).contains("pod " + pod + " did not become Ready within 900 seconds", cause);
        assertThat(deployment.condition("Reconciling").orElseThrow().status()).isEqualTo("False");
        assertThat(deployment.condition("Available").orElseThrow().status()).isEqualTo("True");
        assertThat(deployment.history().pods(What.CREATED)).containsOnly(pod);
        assertThat(deployment.events())
                .anyMatch(event -> event.startsWith("RevisionRejected: revision " + rejected()))
                .anyMatch(event -> event.equals("RolledBack: all 4 nodes are Ready"));
        assertThat(mark(rejected())).contains(cause);
    }

    @Test
    void areNotTriedAgainByAnotherOperatorButByWhoeverTakesTheMarkAway() {
        patch(BAD_IMAGE);
        deployment.awaitCondition("Stalled", stalled -> stalled.reason().equals("RolledBack"));
        restartOperator(LONG_ENOUGH);
        awaitRolledBack();
        deployment.awaitQuiet();
        assertThat(revisions()).isEqualTo(good);
        assertThat(deployment.history().pods(What.CREATED)).containsExactly("apim-tm-1", "apim-tm-1");

        var rejected = rejected();
        deployment
                .client()
                .configMaps()
                .inNamespace(deployment.namespace())
                .withName(rejected)
                .edit(configMap -> configMap
                        .edit()
                        .editMetadata()
                        .removeFromAnnotations(Names.REJECTED_ANNOTATION)
                        .endMetadata()
                        .build());
        await().atMost(Duration.ofMinutes(2)).until(() -> runs("apim-tm-1", rejected));

        patch("{'spec': {'trafficManager': {'image': 'registry.example.com/wso2am-tm:better'}}}");
        deployment.awaitReady();
        assertThat(deployment.names()).doesNotContain("ConfigMap/" + rejected);
    }

    @Test
    void areLeftToPeopleWhereTheySaySo() {
        patch("{'spec': {'rollout': {'rollback': 'Manual'}}}");
        patch(BAD_IMAGE);
        var stalled = deployment.awaitCondition(
                "Stalled", condition -> condition.reason().equals("DeadlineExceeded"));

        assertThat(stalled.message()).contains("spec.rollout.rollback is Manual");
        assertThat(deployment.condition("Reconciling").orElseThrow().status()).isEqualTo("False");

        patch("{'spec': {'rollout': {'rollback': 'Automatic'}}}");
        awaitRolledBack();
        assertThat(revisions()).isEqualTo(good);
    }

    @Test
    void areNotBlamedForAnOutage() {
        NODES.forEach(pod -> deployment.hold(pod, true));
        await().until(() ->
                deployment.condition("Available").orElseThrow().status().equals("False"));
        patch("{'spec': {'trafficManager': {'env': [{'name': 'KUBE_TEST_HOLD', 'value': 'true'}]}}}");
        var stalled = deployment.awaitCondition(
                "Stalled", condition -> condition.reason().equals("DeadlineExceeded"));

        assertThat(stalled.message()).contains("no all-in-one node is Ready");
    }

    @Test
    void areGivenTheTimeThatTheyHave() {
        restartOperator(LONG_ENOUGH);
        patch("{'spec': {'trafficManager': {'podTemplate': {'metadata': {'annotations': "
                + "{'pod.kube.test/start-delay': '8s'}}}}}}");
        deployment.awaitReady();

        assertThat(revisions()).isNotEqualTo(good);
        assertThat(deployment.condition("Stalled").orElseThrow().status()).isEqualTo("False");
    }

    private void restartOperator(Duration left) {
        deployment.stopOperator();
        deployment.startOperator(
                Clock.offset(Clock.systemUTC(), Duration.ofSeconds(900).minus(left)));
    }

    private Condition awaitRolledBack() {
        deployment.awaitCondition("Ready", ready -> ready.reason().equals("RolledBack"));
        return deployment.awaitCondition("Stalled", stalled -> stalled.reason().equals("RolledBack"));
    }

    private String rejected() {
        return deployment.resource().getStatus().revisions().stream()
                .flatMap(revision -> Stream.ofNullable(revision.rejected()))
                .findFirst()
                .orElseThrow();
    }

    private String mark(String revision) {
        return deployment
                .client()
                .configMaps()
                .inNamespace(deployment.namespace())
                .withName(revision)
                .get()
                .getMetadata()
                .getAnnotations()
                .get(Names.REJECTED_ANNOTATION);
    }

    private boolean runs(String name, String revision) {
        var pod = deployment.pod(name);
        return pod != null && revision.equals(PodHistory.revision(pod));
    }

    private List<String> revisions() {
        return NODES.stream().map(deployment::revision).toList();
    }

    private void patch(String json) {
        deployment.patch(json.replace('\'', '"'));
    }
}
