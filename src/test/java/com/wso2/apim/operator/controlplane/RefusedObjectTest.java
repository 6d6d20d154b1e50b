package com.wso2.apim.operator.controlplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.wso2.apim.operator.controlplane.PodHistory.What;
import io.fabric8.kubernetes.api.model.Quantity;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A resource that the schema lets through and from which an object follows that the API server refuses. */
@OnControlPlane
class RefusedObjectTest {

    private static final String BAD =
            "{\"spec\": {\"trafficManager\": {\"resources\": {\"limits\": {\"no such thing\": 1}}}}}";

    @Test
    void isAppliedNotEvenInPartAndSaysWhatTheServerSays(Deployment deployment) throws IOException {
        deployment.applyExample("minimal");
        deployment.awaitReady();
        deployment.awaitQuiet();
        var before = identities(deployment);
        deployment.history().clear();

        deployment.patch(BAD);
        var refused = deployment.awaitCondition(
                "ConfigurationValid", condition -> condition.status().equals("False"));
        assertThat(refused.message())
                .startsWith("StatefulSet/apim-tm: the API server refuses it: ")
                .contains("no such thing");
        assertThat(deployment.condition("Stalled").orElseThrow().status()).isEqualTo("True");
        assertThat(identities(deployment)).isEqualTo(before);

        deployment.patch("{\"spec\": {\"trafficManager\": {\"resources\": null}}}");
        deployment.awaitReady();
        // The spec is what it was, its generation is not, and that is noted with what is admitted.
        assertThat(identities(deployment))
                .filteredOn(identity -> !identity.startsWith("ConfigMap/apim-admitted/"))
                .isEqualTo(before.stream()
                        .filter(identity -> !identity.startsWith("ConfigMap/apim-admitted/"))
                        .toList());
        assertThat(deployment.history().pods(What.CREATED)).isEmpty();
    }

    @Test
    void isNotStartedWithoutKeysThatAQuotaHasNoRoomFor(Deployment deployment) throws IOException {
        deployment.load("minimal", "secrets.yaml").forEach(deployment::create);
        deployment.create("""
                apiVersion: v1
                kind: ResourceQuota
                metadata: {name: few}
                spec: {hard: {secrets: 2}}
                """);
        await().atMost(Duration.ofSeconds(30)).until(() -> "2"
                .equals(deployment
                        .client()
                        .resourceQuotas()
                        .inNamespace(deployment.namespace())
                        .withName("few")
                        .get()
                        .getStatus()
                        .getUsed()
                        .getOrDefault("secrets", new Quantity("0"))
                        .toString()));
        deployment.load("minimal", "cr.yaml").forEach(deployment::create);

        var refused = deployment.awaitCondition(
                "ConfigurationValid", condition -> condition.status().equals("False"));
        assertThat(refused.message())
                .contains(
                        "Secret/apim-keys: the API server refuses it: secrets \"apim-keys\" is forbidden: exceeded quota: few");
        assertThat(deployment.names()).noneMatch(name -> name.startsWith("StatefulSet"));

        deployment.client().resourceQuotas().inNamespace(deployment.namespace()).delete();
        deployment.awaitReady();
    }

    private static List<String> identities(Deployment deployment) {
        return deployment.objects().stream()
                .map(object -> object.getKind() + "/" + object.getMetadata().getName() + "/"
                        + object.getMetadata().getResourceVersion())
                .toList();
    }
}
