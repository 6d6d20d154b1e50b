package com.wso2.apim.operator.controlplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.wso2.apim.operator.api.v1alpha1.ApiManagerCluster;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A resource that is deleted, by mistake or not. */
@OnControlPlane
class DeletionTest {

    private static final String DELETE = "{\"spec\": {\"retention\": \"Delete\"}}";
    private static final List<String> RETAINED = List.of("Secret/apim-admin", "Secret/apim-ca", "Secret/apim-keys");

    @Test
    void leavesTheKeysBehindAndOneOfTheSameNameUsesThemAgain(Deployment deployment) throws IOException {
        deployment.applyExample("minimal");
        deployment.awaitReady();
        var keys = deployment.secret("apim-keys");
        var admin = deployment.secret("apim-admin");
        var stores = stores(deployment);

        delete(deployment);
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(deployment.names())
                .filteredOn(name -> name.contains("/apim") && !name.endsWith("apim-db"))
                .containsExactlyElementsOf(RETAINED));

        deployment.applyExample("minimal");
        deployment.awaitReady();
        assertThat(deployment.secret("apim-keys").getMetadata().getUid())
                .isEqualTo(keys.getMetadata().getUid());
        assertThat(deployment.secret("apim-keys").getData()).isEqualTo(keys.getData());
        assertThat(deployment.secret("apim-admin").getData()).isEqualTo(admin.getData());
        assertThat(stores(deployment)).isEqualTo(stores);
        assertThat(deployment.resource().getStatus().adopted()).containsExactly("apim-admin", "apim-ca", "apim-keys");
        assertThat(deployment.events())
                .contains(
                        "Adopted: used again, because they were kept for %s/apim: Secrets apim-admin, apim-ca, apim-keys"
                                .formatted(deployment.namespace()));
    }

    @Test
    void takesEverythingAlongIfSoWantedEvenWhileNoOperatorRuns(Deployment deployment) throws IOException {
        deployment.applyExample("minimal");
        deployment.patch(DELETE);
        deployment.awaitReady();
        deployment.awaitQuiet();
        deployment.stopOperator();

        delete(deployment);

        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(deployment.names())
                .filteredOn(name -> name.contains("/apim"))
                .containsExactly("Secret/apim-db"));
    }

    @Test
    void givesTheNextOneOfItsNameNothingOfWhatGoesWithIt(Deployment deployment) throws IOException {
        deployment.applyExample("minimal");
        deployment.patch(DELETE);
        deployment.awaitReady();
        deployment.awaitQuiet();
        var keys = deployment.secret("apim-keys");
        var admin = deployment.secret("apim-admin");

        delete(deployment);
        deployment.applyExample("minimal");

        deployment.awaitReady();
        assertThat(deployment.secret("apim-keys").getData()).isNotEqualTo(keys.getData());
        assertThat(deployment.secret("apim-admin").getData()).isNotEqualTo(admin.getData());
        assertThat(deployment.resource().getStatus().adopted()).isEmpty();
        assertThat(deployment.events()).noneMatch(event -> event.startsWith("Adopted"));
    }

    @Test
    void isDecidedOnByTheRetentionThatWasSetLastAndRestartsNothing(Deployment deployment) throws IOException {
        deployment.run("minimal");
        assertThat(owned(deployment)).isEmpty();

        deployment.patch(DELETE);
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(owned(deployment)).containsExactlyElementsOf(RETAINED));
        deployment.awaitQuiet();
        assertThat(deployment.secret("apim-keys").getMetadata().getOwnerReferences())
                .singleElement()
                .satisfies(owner -> assertThat(owner.getUid())
                        .isEqualTo(deployment.resource().getMetadata().getUid()));

        deployment.patch("{\"spec\": {\"retention\": \"Retain\"}}");
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(owned(deployment)).isEmpty());
        deployment.awaitQuiet();
        assertThat(deployment.history().moments()).isEmpty();

        delete(deployment);
        deployment.awaitGone("StatefulSet/apim-aio");
        assertThat(deployment.names()).containsAll(RETAINED);
    }

    @Test
    void concernsGeneratedValuesTooThatAreNotInUseAnyMore(Deployment deployment) throws IOException {
        deployment.applyExample("minimal");
        deployment.awaitReady();
        deployment.createSecret("own", text(deployment.secret("apim-admin").getData()));
        deployment.patch("{\"spec\": {\"admin\": {\"secretRef\": {\"name\": \"own\"}}}}");
        deployment.awaitReady();

        deployment.patch(DELETE);

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(owned(deployment)).containsExactlyElementsOf(RETAINED));
        assertThat(deployment.secret("own").getMetadata().getOwnerReferences()).isEmpty();
    }

    private static void delete(Deployment deployment) {
        deployment
                .client()
                .resources(ApiManagerCluster.class)
                .inNamespace(deployment.namespace())
                .withName("apim")
                .delete();
    }

    /** Retained Secrets that the cluster would remove with their resource. */
    private static List<String> owned(Deployment deployment) {
        return deployment.objects().stream()
                .filter(object -> RETAINED.contains(
                        object.getKind() + "/" + object.getMetadata().getName()))
                .filter(object -> !object.getMetadata().getOwnerReferences().isEmpty())
                .map(object -> object.getKind() + "/" + object.getMetadata().getName())
                .sorted()
                .toList();
    }

    private static Map<String, String> text(Map<String, String> data) {
        var text = new TreeMap<String, String>();
        data.forEach(
                (key, value) -> text.put(key, new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8)));
        return text;
    }

    private static List<String> stores(Deployment deployment) {
        return deployment.names().stream()
                .filter(name -> name.startsWith("Secret/apim-stores-"))
                .toList();
    }
}
