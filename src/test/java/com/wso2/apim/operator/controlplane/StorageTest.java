package com.wso2.apim.operator.controlplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.wso2.apim.operator.api.v1alpha1.ApiManagerCluster;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Quantity;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A volume for each node, which it finds again. */
@OnControlPlane
class StorageTest {

    private final List<PersistentVolume> volumes = new ArrayList<>();
    private Deployment deployment;

    @BeforeEach
    void start(Deployment deployment) {
        this.deployment = deployment;
    }

    @AfterEach
    void removeVolumes() {
        volumes.forEach(volume -> deployment.client().resource(volume).delete());
    }

    @Test
    void isClaimedForEachNodeAndOutlivesTheResource() throws IOException {
        volume("0");
        volume("1");
        deployment.load("minimal", "secrets.yaml").forEach(deployment::create);
        deployment.create(resource());
        deployment.awaitReady();

        assertThat(claims())
                .extracting(claim -> claim.getMetadata().getName())
                .containsExactlyInAnyOrder("storage-apim-aio-0", "storage-apim-aio-1");
        assertThat(claims())
                .extracting(claim -> claim.getSpec().getVolumeName())
                .doesNotContainNull()
                .doesNotHaveDuplicates();
        assertThat(claims()).allSatisfy(claim -> {
            assertThat(claim.getMetadata().getLabels())
                    .containsEntry("app.kubernetes.io/instance", "apim")
                    .doesNotContainKey("app.kubernetes.io/version");
            assertThat(claim.getSpec().getAccessModes()).containsExactly("ReadWriteOnce");
        });
        deployment.awaitQuiet();

        var before = claims();
        deployment
                .client()
                .resources(ApiManagerCluster.class)
                .inNamespace(deployment.namespace())
                .withName("apim")
                .delete();
        deployment.awaitGone("StatefulSet/apim-aio");
        await().atMost(Duration.ofSeconds(60)).until(() -> deployment.pods().isEmpty());
        deployment.create(resource());
        deployment.awaitReady();
        assertThat(claims())
                .extracting(claim -> claim.getMetadata().getUid())
                .containsExactlyInAnyOrderElementsOf(before.stream()
                        .map(claim -> claim.getMetadata().getUid())
                        .toList());
    }

    @Test
    void goesWithAResourceOfWhichNothingIsToStay() throws IOException {
        volume("0");
        volume("1");
        deployment.load("minimal", "secrets.yaml").forEach(deployment::create);
        deployment.create(resource());
        deployment.awaitReady();
        deployment.awaitQuiet();
        deployment.history().clear();
        assertThat(claims())
                .extracting(claim -> claim.getMetadata().getOwnerReferences())
                .containsOnly(List.of());

        retain("Delete");
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(claims()).hasSize(2).allSatisfy(claim -> assertThat(
                                claim.getMetadata().getOwnerReferences())
                        .hasSize(1)));
        retain("Retain");
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(claims())
                .extracting(claim -> claim.getMetadata().getOwnerReferences())
                .containsOnly(List.of()));
        retain("Delete");
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(claims())
                .allSatisfy(claim ->
                        assertThat(claim.getMetadata().getOwnerReferences()).hasSize(1)));
        assertThat(deployment.history().moments()).isEmpty();

        deployment
                .client()
                .resources(ApiManagerCluster.class)
                .inNamespace(deployment.namespace())
                .withName("apim")
                .delete();
        await().atMost(Duration.ofSeconds(60)).until(() -> claims().isEmpty());
    }

    private void retain(String retention) {
        deployment.patch("{\"spec\": {\"retention\": \"%s\"}}".formatted(retention));
    }

    private GenericKubernetesResource resource() throws IOException {
        var resource = (GenericKubernetesResource)
                deployment.load("minimal", "cr.yaml").get(0);
        Map<String, Object> spec = resource.get("spec");
        spec.put("allInOne", Map.of("storage", Map.of("size", "1024Mi", "className", deployment.namespace())));
        return resource;
    }

    private void volume(String name) {
        volumes.add(deployment
                .client()
                .resource(new PersistentVolumeBuilder()
                        .withNewMetadata()
                        .withName(deployment.namespace() + "-" + name)
                        .endMetadata()
                        .withNewSpec()
                        .withStorageClassName(deployment.namespace())
                        .withAccessModes("ReadWriteOnce")
                        .addToCapacity("storage", new Quantity("1Gi"))
                        .withNewHostPath()
                        .withPath("/nowhere")
                        .endHostPath()
                        .endSpec()
                        .build())
                .create());
    }

    private List<PersistentVolumeClaim> claims() {
        return deployment
                .client()
                .persistentVolumeClaims()
                .inNamespace(deployment.namespace())
                .list()
                .getItems();
    }
}
