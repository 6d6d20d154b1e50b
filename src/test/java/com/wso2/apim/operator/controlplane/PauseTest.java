package com.wso2.apim.operator.controlplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.wso2.apim.operator.controlplane.PodHistory.What;
import com.wso2.apim.operator.inputs.Settings;
import com.wso2.apim.operator.support.SettingsBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code rollout.paused} and {@code rollout.restartedAt}, and what {@code kubectl rollout restart} does beside them. */
@OnControlPlane
class PauseTest {

    private static final String PAUSE = "{'spec': {'rollout': {'paused': true}}}";
    private static final String GO_ON = "{'spec': {'rollout': {'paused': false}}}";
    private static final String[] ONE_ROLL = {"apim-tm-1", "apim-tm-0", "apim-aio-1", "apim-aio-0"};
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private ControlPlane controlPlane;
    private Deployment deployment;

    @BeforeEach
    void run(ControlPlane controlPlane, Deployment deployment) throws IOException {
        this.controlPlane = controlPlane;
        this.deployment = deployment;
        deployment.run("minimal");
    }

    @Test
    void makesOneRollOfSeveralChangesOverARestartAndAnUpgradeOfTheOperator() {
        patch(PAUSE);
        patch("{'spec': {'database': {'apim': {'pool': {'maxActive': 80}}}}}");
        deployment.awaitCondition(
                "UpdatePending", condition -> condition.reason().equals("Paused"));
        deployment.stopOperator();
        deployment.startOperator(upgraded());
        patch(
                "{'spec': {'exposure': {'ingress': {'className': 'nginx'}}, 'database': {'apim': {'pool': {'maxActive': 81}}}}}");
        var pending = deployment.awaitCondition(
                "UpdatePending", condition -> condition.status().equals("True"));
        assertThat(pending.reason()).isEqualTo("Paused");
        assertThat(pending.message()).contains("[database.apim_db.pool_options]");
        deployment.awaitCondition("Ready", condition -> condition.reason().equals("Paused"));
        deployment.awaitQuiet();
        assertThat(deployment.history().moments()).isEmpty();
        assertThat(deployment.ingress("apim-api").getSpec().getIngressClassName())
                .isEqualTo("nginx");

        patch(GO_ON);
        deployment.awaitReady();
        assertThat(deployment.history().pods(What.CREATED)).containsExactly(ONE_ROLL);
    }

    @Test
    void stopsARollAndBringsALostNodeBackOnTheRevisionOfItsPlace() {
        var old = deployment.revision("apim-aio-0");
        patch("{'spec': {'database': {'apim': {'pool': {'maxActive': 80}}}}}");
        await().atMost(PATIENCE)
                .until(() -> deployment.history().pods(What.CREATED).contains("apim-aio-1"));
        patch(PAUSE);
        deployment.awaitCondition("Reconciling", condition -> condition.reason().equals("Paused"));
        assertThat(deployment.condition("Ready").orElseThrow().status()).isEqualTo("False");
        deployment.stopOperator();
        deployment.startOperator();

        var lost = deployment.pod("apim-aio-0").getMetadata().getUid();
        deployment.client().resource(deployment.pod("apim-aio-0")).delete();
        await().atMost(PATIENCE).until(() -> deployment.isReadyAgain("apim-aio-0", lost));
        assertThat(deployment.revision("apim-aio-0")).isEqualTo(old);
        assertThat(deployment.revision("apim-aio-1")).isNotEqualTo(old);

        patch(GO_ON);
        deployment.awaitReady();
        assertThat(deployment.revision("apim-aio-0")).isEqualTo(deployment.revision("apim-aio-1"));
    }

    @Test
    void restartsEveryNodeOnceWhenSomebodyAsks() {
        patch("{'spec': {'rollout': {'restartedAt': '2027-01-31T08:00:00Z'}}}");
        deployment.awaitReady();
        deployment.awaitQuiet();

        assertThat(deployment.history().pods(What.CREATED)).containsExactly(ONE_ROLL);
        assertThat(deployment.history().moments())
                .allSatisfy(moment -> assertThat(moment.readyPods()).hasSizeGreaterThanOrEqualTo(3));
        assertThat(deployment.pod("apim-aio-0").getMetadata().getAnnotations())
                .containsEntry("apim.wso2.com/restarted-at", "2027-01-31T08:00:00Z");
    }

    @Test
    void letsKubectlRestartATierAndRollsOnceForTheNextChange() throws IOException {
        controlPlane.shell(
                Path.of("."),
                "kubectl rollout restart -n %1$s statefulset/apim-aio\nkubectl rollout status -n %1$s statefulset/apim-aio --timeout=90s"
                        .formatted(deployment.namespace()));
        deployment.awaitReady();
        deployment.awaitQuiet();
        assertThat(deployment.history().pods(What.CREATED)).containsExactly("apim-aio-1", "apim-aio-0");
        assertThat(deployment.history().moments())
                .allSatisfy(moment -> assertThat(moment.readyPods()).hasSizeGreaterThanOrEqualTo(3));

        deployment.history().clear();
        patch("{'spec': {'database': {'apim': {'pool': {'maxActive': 80}}}}}");
        deployment.awaitReady();
        assertThat(deployment.history().pods(What.CREATED)).containsExactly(ONE_ROLL);
    }

    private void patch(String json) {
        deployment.patch(json.replace('\'', '"'));
    }

    private static Settings upgraded() {
        return SettingsBuilder.from(Deployment.SETTINGS)
                .jdbcDriversImage("registry.example.com/apim-operator:0.2.0")
                .build();
    }
}
