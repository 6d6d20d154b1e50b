package com.wso2.apim.operator.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import com.wso2.apim.operator.controlplane.PodHistory.What;
import com.wso2.apim.operator.model.Names;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The user's own TOML in a running deployment. */
@OnControlPlane
class ConfigOverlayTest {

    @Test
    void reachesTheNodesOfItsTierAndWarnsOfWhatTheServerDoesNotRead(Deployment deployment) throws IOException {
        deployment.run("minimal");
        deployment.patch("""
                {"spec": {"config": {"allInOne": "[apim.analytics]\\nenable = true\\n\\n[apim.idp]\\nserver_url = \\"https://idp.example.com:9443\\"\\n\\n[apim.throtling]\\nenable_unlimited_tier = false\\n"}}}
                """);
        deployment.awaitReady();

        assertThat(deployment.history().pods(What.CREATED)).containsExactly("apim-aio-1", "apim-aio-0");
        assertThat(files(deployment, "apim-aio-"))
                .isNotEmpty()
                .allMatch(file -> file.contains("https://idp.example.com:9443"));
        assertThat(files(deployment, "apim-tm-")).isNotEmpty().noneMatch(file -> file.contains("idp.example.com"));
        assertThat(deployment.resource().getStatus().warnings())
                .anyMatch(warning -> warning.contains("apim.throtling.enable_unlimited_tier")
                        && warning.contains("apim.throttling.enable_unlimited_tier"));
    }

    @Test
    void isRefusedWhereItWouldRewireTheNodes(Deployment deployment) throws IOException {
        deployment.run("minimal");
        deployment.patch("{\"spec\": {\"config\": {\"common\": \"[server]\\noffset = 3\\n\"}}}");
        var refused = deployment.awaitCondition(
                "ConfigurationValid", condition -> condition.status().equals("False"));

        assertThat(refused.message()).startsWith("spec.config.common: ").contains("server.offset");
        deployment.awaitQuiet();
        assertThat(deployment.history().moments()).isEmpty();
        assertThat(deployment.condition("Available").orElseThrow().status()).isEqualTo("True");
    }

    /** Of the revisions that pods run; those from before are kept for a while. */
    private static List<String> files(Deployment deployment, String prefix) {
        var running = deployment.pods().stream()
                .map(pod -> pod.getMetadata().getAnnotations().get(Names.REVISION_ANNOTATION))
                .filter(revision -> revision.startsWith(prefix))
                .toList();
        return deployment.objects().stream()
                .filter(ConfigMap.class::isInstance)
                .map(ConfigMap.class::cast)
                .filter(configMap -> running.contains(configMap.getMetadata().getName()))
                .flatMap(configMap -> configMap.getData().entrySet().stream())
                .filter(file -> file.getKey().endsWith(".toml"))
                .map(file -> file.getValue())
                .toList();
    }
}
