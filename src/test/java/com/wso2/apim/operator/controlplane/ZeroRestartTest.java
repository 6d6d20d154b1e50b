package com.wso2.apim.operator.controlplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.wso2.apim.operator.controlplane.PodHistory.What;
import com.wso2.apim.operator.inputs.Settings;
import com.wso2.apim.operator.support.SettingsBuilder;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Another operator takes over a deployment that runs. */
@OnControlPlane
class ZeroRestartTest {

    private static final String LABEL = "app.kubernetes.io/part-of";
    private static final String VALUE = "wso2-api-manager";
    private static final String OTHER_VALUE = "api-manager-wso2";
    private static final String ANOTHER_ROUND = "{\"spec\": {\"cacheInvalidation\": {\"enabled\": false}}}";
    private static final List<String> ROLL = List.of("apim-tm-1", "apim-tm-0", "apim-aio-1", "apim-aio-0");

    private static final Settings UPGRADED = SettingsBuilder.from(Deployment.SETTINGS)
            .allInOneImage("registry.example.com/am:{version}")
            .jdbcDriversImage("registry.example.com/apim-operator:0.2.0")
            .build();

    private Deployment deployment;

    @BeforeEach
    void run(Deployment deployment) throws IOException {
        this.deployment = deployment;
        deployment.run("minimal");
        deployment.stopOperator();
    }

    @Test
    void isWhatABuildWithAnotherDefaultLabelCauses() {
        deployment.startOtherBuild(VALUE, OTHER_VALUE);
        var pending = deployment.awaitCondition(
                "UpdatePending", condition -> condition.status().equals("True"));
        deployment.awaitQuiet();

        assertThat(pending.message())
                .startsWith("this operator renders differently: all-in-one: pod label app.kubernetes.io/part-of; "
                        + "traffic-manager: pod label app.kubernetes.io/part-of; ");
        assertThat(deployment.history().moments()).isEmpty();
        assertThat(deployment.pods()).allMatch(pod -> label(pod).equals(VALUE));
        assertThat(deployment.names()).contains("Service/apim-aio", "StatefulSet/apim-aio", "ConfigMap/apim-admitted");
        assertThat(ours()).isNotEmpty().allMatch(object -> label(object).equals(OTHER_VALUE));
        assertThat(deployment.condition("Ready").orElseThrow().status()).isEqualTo("True");
        assertThat(deployment.condition("Reconciling").orElseThrow().status()).isEqualTo("False");
        assertThat(deployment.audit().forbidden()).isEmpty();

        deployment.patch(ANOTHER_ROUND);
        deployment.awaitReady();
        assertThat(deployment.history().pods(What.CREATED)).isEqualTo(ROLL);
        assertThat(deployment.pods()).allMatch(pod -> label(pod).equals(OTHER_VALUE));
        assertThat(deployment.condition("UpdatePending").orElseThrow().status()).isEqualTo("False");
    }

    @Test
    void isWhatAnotherImageOfTheOperatorAndOtherDefaultImagesCause() {
        deployment.startOperator(UPGRADED);
        var pending = deployment.awaitCondition(
                "UpdatePending", condition -> condition.status().equals("True"));
        deployment.patch("{\"spec\": {\"exposure\": {\"ingress\": {\"className\": \"nginx\"}}}}");
        deployment.awaitReady();
        deployment.awaitQuiet();

        assertThat(pending.message())
                .startsWith("this operator renders differently: all-in-one: image, image of container jdbc-driver; "
                        + "traffic-manager: image of container jdbc-driver; ");
        assertThat(deployment.events()).contains("OperatorUpdate: " + pending.message());
        assertThat(deployment.history().moments()).isEmpty();

        // Not even a node that is lost comes back on anything else.
        var lost = deployment.pod("apim-aio-1");
        deployment.client().resource(lost).delete();
        await().atMost(Duration.ofSeconds(30))
                .until(() -> deployment.history().pods(What.READY).contains("apim-aio-1"));
        assertThat(deployment.pod("apim-aio-1").getMetadata().getAnnotations())
                .isEqualTo(lost.getMetadata().getAnnotations());
        assertThat(images(deployment.pod("apim-aio-1"))).isEqualTo(images(lost));
        deployment.history().clear();

        deployment.patch("{\"spec\": {\"rollout\": {\"operatorUpdates\": \"Automatic\"}}}");
        deployment.awaitReady();
        assertThat(deployment.history().pods(What.CREATED)).isEqualTo(ROLL);
        assertThat(images(deployment.pod("apim-aio-0")))
                .containsExactly("registry.example.com/apim-operator:0.2.0", "registry.example.com/am:4.5.0");
        assertThat(deployment.condition("UpdatePending").orElseThrow().status()).isEqualTo("False");
    }

    @Test
    void isNotWhatAPasswordCausesThatWasChangedWhileNoOperatorRan() {
        deployment.createOrReplaceSecret("apim-db", Map.of("username", "apim", "password", "another-password"));
        deployment.startOperator(UPGRADED);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> deployment.history().pods(What.READY).size() == 4);
        deployment.awaitReady();

        assertThat(deployment.history().pods(What.CREATED)).isEqualTo(ROLL);
        assertThat(deployment.pods()).allMatch(pod -> images(pod).contains("registry.example.com/apim-operator:0.2.0"));
        assertThat(deployment.condition("UpdatePending").orElseThrow().status()).isEqualTo("False");
    }

    private static List<String> images(Pod pod) {
        return Stream.concat(pod.getSpec().getInitContainers().stream(), pod.getSpec().getContainers().stream())
                .map(Container::getImage)
                .toList();
    }

    private List<HasMetadata> ours() {
        return deployment.objects().stream()
                .filter(object -> object.getMetadata().getLabels() != null
                        && object.getMetadata().getLabels().containsKey(LABEL))
                .toList();
    }

    private static String label(HasMetadata object) {
        return object.getMetadata().getLabels().get(LABEL);
    }
}
