package com.wso2.apim.operator.controlplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A Secret that the resource names and that is not there. */
@OnControlPlane
class MissingSecretTest {

    @Test
    void isNamedWithItsKeyAndNothingIsAppliedUntilItArrives(Deployment deployment) throws IOException {
        deployment.createSecret("apim-db", Map.of("username", "apim"));
        deployment.load("minimal", "cr.yaml").forEach(deployment::create);

        var unresolved = deployment.awaitCondition(
                "ReferencesResolved", condition -> condition.status().equals("False"));
        assertThat(unresolved.message())
                .isEqualTo("spec.database.apim.credentialsSecretRef: Secret 'apim-db' has no key 'password': add it; "
                        + "spec.database.shared.credentialsSecretRef: Secret 'shared-db' does not exist: create it with "
                        + "the keys 'username' and 'password'");
        assertThat(deployment.condition("Stalled").orElseThrow().status()).isEqualTo("True");
        assertThat(deployment.names()).noneMatch(name -> name.contains("/apim") && !name.endsWith("apim-db"));

        deployment.createOrReplaceSecret("apim-db", Map.of("username", "apim", "password", "stand-in"));
        deployment.createSecret("shared-db", Map.of("username", "shared", "password", "stand-in"));
        await().atMost(Duration.ofSeconds(30)).until(() -> deployment
                .condition("Ready")
                .filter(condition -> condition.status().equals("True"))
                .isPresent());
    }

    @Test
    void freezesARunningDeploymentWhichIsStillRepaired(Deployment deployment) throws IOException {
        deployment.applyExample("minimal");
        deployment.awaitReady();
        deployment.awaitQuiet();
        var before = identities(deployment);
        deployment.history().clear();

        deployment.client().resource(deployment.secret("shared-db")).delete();
        deployment.patch(
                "{\"spec\": {\"exposure\": {\"type\": \"None\"}, \"cacheInvalidation\": {\"enabled\": false}}}");
        deployment.awaitCondition(
                "ReferencesResolved", condition -> condition.status().equals("False"));
        assertThat(identities(deployment)).containsAll(withoutSecret(before));
        assertThat(deployment.condition("Ready").orElseThrow().reason()).isEqualTo("ReferenceMissing");
        assertThat(deployment.condition("Available").orElseThrow().status()).isEqualTo("True");

        deployment
                .client()
                .services()
                .inNamespace(deployment.namespace())
                .withName("apim-tm")
                .delete();
        deployment
                .client()
                .apps()
                .statefulSets()
                .inNamespace(deployment.namespace())
                .withName("apim-tm")
                .delete();
        await().atMost(Duration.ofSeconds(30))
                .until(() -> deployment.names().containsAll(List.of("Service/apim-tm", "StatefulSet/apim-tm"))
                        && deployment.resource().getStatus().trafficManager().equals("2/2"));
        assertThat(deployment.history().pods(PodHistory.What.CREATED)).doesNotContain("apim-aio-0", "apim-aio-1");
        assertThat(deployment.names()).contains("Ingress/apim-api");

        deployment.createSecret("shared-db", Map.of("username", "shared", "password", "change-me-shared-db"));
        deployment.awaitReady();
        assertThat(deployment.names()).doesNotContain("Ingress/apim-api");
    }

    private static List<String> identities(Deployment deployment) {
        return deployment.objects().stream().map(object -> identity(object)).toList();
    }

    private static String identity(HasMetadata object) {
        return object.getKind() + "/" + object.getMetadata().getName() + "/"
                + object.getMetadata().getUid();
    }

    private static List<String> withoutSecret(List<String> identities) {
        return identities.stream()
                .filter(identity -> !identity.startsWith("Secret/shared-db"))
                .toList();
    }
}
