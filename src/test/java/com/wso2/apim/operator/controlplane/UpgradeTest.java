package com.wso2.apim.operator.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import com.wso2.apim.operator.controlplane.PodHistory.Moment;
import com.wso2.apim.operator.controlplane.PodHistory.What;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another version of the product: the commands of {@code docs/upgrade.md}, and what comes of haste. */
@OnControlPlane
class UpgradeTest {

    private static final Path PAGE = Path.of("docs", "upgrade.md");

    @TempDir
    private Path directory;

    private ControlPlane controlPlane;
    private Deployment deployment;

    @BeforeEach
    void run(ControlPlane controlPlane, Deployment deployment) throws IOException {
        this.controlPlane = controlPlane;
        this.deployment = deployment;
        deployment.run("minimal");
        for (var object : deployment.load("minimal", "cr.yaml")) {
            Files.writeString(directory.resolve("apim.yaml"), Serialization.asYaml(object));
        }
    }

    @Test
    void followsThePageThereAndBack() throws IOException {
        var keys = deployment.secret("apim-keys").getData();
        commands("Stop the nodes");
        assertThat(deployment.pods()).isEmpty();
        commands("Change the version");
        assertThat(deployment.pods()).isEmpty();
        deployment.history().clear();
        commands("Start the nodes");

        deployment.awaitReady();
        var created = deployment.history().pods(What.CREATED);
        assertThat(created).hasSize(4).startsWith("apim-aio-0").endsWith("apim-aio-1");
        assertThatEveryNodeIsOf("4.6.0");
        assertThat(deployment.secret("apim-keys").getData()).isEqualTo(keys);

        commands("If it fails");
        deployment.awaitReady();
        assertThatEveryNodeIsOf("4.5.0");
        assertThat(deployment.secret("apim-keys").getData()).isEqualTo(keys);
    }

    @Test
    void startsNoNodeBeforeTheLastOneOfTheVersionBeforeIsGone() {
        deployment.patch("{\"spec\": {\"suspend\": true}}");
        deployment.patch("{\"spec\": {\"version\": \"4.6.0\"}}");
        deployment.patch("{\"spec\": {\"suspend\": false}}");
        // It may have seen nothing of the suspension, and then asks for it.
        if (deployment
                .awaitCondition("Ready", condition -> !condition.reason().equals("AllNodesReady"))
                .message()
                .contains("keep suspend: true")) {
            deployment.patch("{\"spec\": {\"suspend\": true}}");
            deployment.awaitCondition(
                    "Reconciling", condition -> condition.reason().equals("Suspended"));
            deployment.patch("{\"spec\": {\"suspend\": false}}");
        }
        deployment.awaitReady();

        assertThatEveryNodeIsOf("4.6.0");
        var moments = deployment.history().moments();
        var first = moments.stream()
                .filter(moment -> moment.what() == What.CREATED)
                .findFirst()
                .orElseThrow();
        assertThat(moments.subList(0, moments.indexOf(first)))
                .filteredOn(moment -> moment.what() == What.DELETED)
                .extracting(Moment::pod)
                .containsExactlyInAnyOrder("apim-aio-0", "apim-aio-1", "apim-tm-0", "apim-tm-1");
    }

    private void assertThatEveryNodeIsOf(String version) {
        assertThat(deployment.pods()).hasSize(4).allSatisfy(pod -> assertThat(
                        pod.getSpec().getContainers().get(0).getImage())
                .endsWith(":" + version));
    }

    /** Runs what a section of the page says. */
    private void commands(String section) throws IOException {
        controlPlane.shell(directory, new DocumentedCommands(PAGE, deployment).of(section));
    }
}
