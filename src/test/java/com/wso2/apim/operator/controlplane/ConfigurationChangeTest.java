package com.wso2.apim.operator.controlplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.wso2.apim.operator.controlplane.PodHistory.What;
import io.fabric8.kubernetes.api.model.Volume;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a change of the resource does to running nodes. */
@OnControlPlane
class ConfigurationChangeTest {

    private static final String BOTH_TIERS = "{'spec': {'database': {'apim': {'pool': {'maxActive': 80}}}}}";

    private Deployment deployment;

    @BeforeEach
    void run(Deployment deployment) throws IOException {
        this.deployment = deployment;
        deployment.run("minimal");
    }

    @Test
    void rollsTrafficManagersThenAllInOneNodesOneAtATime() {
        patch(BOTH_TIERS);
        deployment.awaitReady();

        assertThat(deployment.history().pods(What.CREATED))
                .containsExactly("apim-tm-1", "apim-tm-0", "apim-aio-1", "apim-aio-0");
        assertThat(deployment.history().moments())
                .allSatisfy(moment -> assertThat(moment.readyPods()).hasSizeGreaterThanOrEqualTo(3));
        assertThat(deployment.history().pods(What.READY))
                .containsExactly("apim-tm-1", "apim-tm-0", "apim-aio-1", "apim-aio-0");
    }

    @Test
    void restartsOnlyTheTierWhoseFilesChange() {
        var trafficManagers = uids("apim-tm-0", "apim-tm-1");
        patch("{'spec': {'cacheInvalidation': {'enabled': false}}}");
        deployment.awaitReady();

        assertThat(deployment.history().pods(What.CREATED)).containsExactly("apim-aio-1", "apim-aio-0");
        assertThat(uids("apim-tm-0", "apim-tm-1")).isEqualTo(trafficManagers);
    }

    @Test
    void restartsNothingWhenNoFileChanges() {
        patch("{'spec': {'exposure': {'ingress': {'className': 'nginx'}}, 'networkPolicy': {'enabled': false}}}");
        await().atMost(Duration.ofSeconds(20)).until(() -> !deployment.names().contains("NetworkPolicy/apim-aio"));
        deployment.awaitReady();

        assertThat(deployment.history().moments()).isEmpty();
        assertThat(deployment.ingress("apim-api").getSpec().getIngressClassName())
                .isEqualTo("nginx");
    }

    @Test
    void bringsANodeThatDiesInMidRollBackOnTheRevisionThatItHad() {
        var old = deployment.revision("apim-tm-0");
        patch("{'spec': {'trafficManager': {'env': [{'name': 'KUBE_TEST_HOLD', 'value': 'true'}]}}}");
        await().atMost(Duration.ofSeconds(30)).until(() -> deployment.runsAnotherThan(old, "apim-tm-1"));

        var lost = deployment.pod("apim-tm-0").getMetadata().getUid();
        deployment
                .client()
                .pods()
                .inNamespace(deployment.namespace())
                .withName("apim-tm-0")
                .delete();
        await().atMost(Duration.ofSeconds(30)).until(() -> deployment.isReadyAgain("apim-tm-0", lost));

        assertThat(deployment.revision("apim-tm-0")).isEqualTo(old);
        assertThat(configMapOf("apim-tm-0")).isEqualTo(old);
        assertThat(deployment
                        .client()
                        .configMaps()
                        .inNamespace(deployment.namespace())
                        .withName(old)
                        .get()
                        .getData())
                .containsKeys("apim-tm-0.toml", "apim-tm-1.toml");
        assertThat(deployment.history().pods(What.CREATED)).doesNotContain("apim-aio-0", "apim-aio-1");
        assertThat(deployment.condition("Ready").orElseThrow().status()).isEqualTo("False");

        patch("{'spec': {'trafficManager': {'env': []}}}");
        deployment.awaitReady();
        assertThat(deployment.revision("apim-tm-1")).isEqualTo(old);
    }

    @Test
    void endsOnTheLastOfSeveralEdits() {
        for (var connections : List.of(81, 82, 83)) {
            patch("{'spec': {'database': {'apim': {'pool': {'maxActive': %d}}}}}".formatted(connections));
        }
        deployment.awaitReady();
        deployment.awaitQuiet();

        var revisions = List.of("apim-aio-0", "apim-aio-1", "apim-tm-0", "apim-tm-1").stream()
                .map(deployment::revision)
                .collect(Collectors.toSet());
        assertThat(revisions).hasSize(2).allSatisfy(revision -> assertThat(deployment
                        .client()
                        .configMaps()
                        .inNamespace(deployment.namespace())
                        .withName(revision)
                        .get()
                        .getData()
                        .toString())
                .contains("maxActive = \"83\""));
        assertThat(deployment.names())
                .filteredOn(name -> name.startsWith("ConfigMap/apim-") && !name.endsWith("admitted"))
                .containsExactlyInAnyOrderElementsOf(
                        revisions.stream().map("ConfigMap/"::concat).toList());
    }

    @Test
    void rollsWhenADatabasePasswordChanges() {
        deployment.createOrReplaceSecret("apim-db", Map.of("username", "apim", "password", "another-password"));
        await().atMost(Duration.ofSeconds(60))
                .until(() -> deployment.history().pods(What.READY).size() == 4);
        deployment.awaitReady();

        assertThat(deployment.history().pods(What.CREATED))
                .containsExactly("apim-tm-1", "apim-tm-0", "apim-aio-1", "apim-aio-0");
    }

    private void patch(String json) {
        deployment.patch(json.replace('\'', '"'));
    }

    private String configMapOf(String pod) {
        return deployment.pod(pod).getSpec().getVolumes().stream()
                .map(Volume::getConfigMap)
                .filter(Objects::nonNull)
                .map(volume -> volume.getName())
                .findFirst()
                .orElseThrow();
    }

    private List<String> uids(String... pods) {
        return List.of(pods).stream()
                .map(pod -> deployment.pod(pod).getMetadata().getUid())
                .toList();
    }
}
