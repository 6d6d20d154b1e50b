package com.wso2.apim.operator.controlplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Annotations by which a cloud finds the role of the nodes. */
@OnControlPlane
class ServiceAccountTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Test
    void hasTheUsersAnnotationsFromNowOnAndNoPodRestarts(Deployment deployment) throws IOException {
        deployment.run("minimal");

        annotate(deployment, "{\"example.com/role\": \"apim\", \"example.com/zone\": \"a\"}");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(annotations(deployment))
                .isEqualTo(Map.of("example.com/role", "apim", "example.com/zone", "a")));

        annotate(deployment, "{\"example.com/role\": \"gateway\", \"example.com/zone\": null}");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(annotations(deployment))
                .isEqualTo(Map.of("example.com/role", "gateway")));

        deployment.awaitQuiet();
        assertThat(deployment.history().moments()).isEmpty();
    }

    /** Some controllers write their own notes there. */
    @Test
    void leavesOtherAnnotationsAlone(Deployment deployment) throws IOException {
        deployment.run("minimal");
        deployment
                .client()
                .serviceAccounts()
                .inNamespace(deployment.namespace())
                .withName("apim")
                .edit(account -> account.edit()
                        .editMetadata()
                        .addToAnnotations("example.com/note", "kept")
                        .endMetadata()
                        .build());

        annotate(deployment, "{\"example.com/role\": \"apim\"}");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(annotations(deployment))
                .isEqualTo(Map.of("example.com/note", "kept", "example.com/role", "apim")));
        deployment.awaitQuiet();
    }

    private static void annotate(Deployment deployment, String annotations) {
        deployment.patch("{\"spec\": {\"serviceAccount\": {\"annotations\": %s}}}".formatted(annotations));
    }

    private static Map<String, String> annotations(Deployment deployment) {
        return Optional.ofNullable(deployment
                        .client()
                        .serviceAccounts()
                        .inNamespace(deployment.namespace())
                        .withName("apim")
                        .get()
                        .getMetadata()
                        .getAnnotations())
                .orElse(Map.of());
    }
}
