package com.wso2.apim.operator.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.wso2.apim.operator.chart.Helm;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.k3s.K3sContainer;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.MountableFile;

/** The image, built from the Dockerfile, and the chart, in a real cluster; only where a Docker daemon answers. */
class K3sIT {

    private static final DockerImageName K3S = DockerImageName.parse("rancher/k3s:v1.34.1-k3s1");
    private static final String IMAGE = "apim-operator:k3s-test";
    private static final Path ARCHIVE = Path.of("target", "k3s-image.tar");

    @Test
    void theChartRunsTheImageAndProductPodsCopyTheirDriverOutOfIt() throws IOException, InterruptedException {
        assumeTrue(
                DockerClientFactory.instance().isDockerAvailable(),
                "Skipped: no Docker daemon answers, and k3s and the image need one");
        run("docker", "build", "--tag", IMAGE, ".");
        run("docker", "save", "--output", ARCHIVE.toString(), IMAGE);
        try (var k3s = new K3sContainer(K3S)) {
            k3s.withCopyFileToContainer(MountableFile.forHostPath(ARCHIVE), "/image.tar");
            k3s.start();
            assertThat(k3s.execInContainer("ctr", "images", "import", "/image.tar")
                            .getExitCode())
                    .isZero();
            var kubeconfig = Files.writeString(Path.of("target", "k3s.kubeconfig"), k3s.getKubeConfigYaml());
            install(kubeconfig);
            assertThatProductPodCopiesItsDriver(kubeconfig);
        }
    }

    private static void install(Path kubeconfig) throws IOException {
        var helm = Helm.find();
        var common = List.of("--namespace", "wso2", "--kubeconfig", kubeconfig.toString());
        helm(
                helm,
                common,
                "install",
                "apim-operator",
                Helm.CHART,
                "--create-namespace",
                "--set",
                "image.tag=k3s-test",
                "--wait",
                "--timeout",
                "5m");
        helm(helm, common, "test", "apim-operator", "--timeout", "5m");
    }

    /** Its init container is the operator's image; the product's own image need not be there for it. */
    private static void assertThatProductPodCopiesItsDriver(Path kubeconfig) throws IOException {
        var config = Config.fromKubeconfig(kubeconfig.toFile());
        try (var client = new KubernetesClientBuilder().withConfig(config).build()) {
            for (var file : List.of("secrets.yaml", "cr.yaml")) {
                try (var objects = Files.newInputStream(Path.of("examples", "minimal", file))) {
                    client.load(objects).inNamespace("wso2").serverSideApply();
                }
            }
            await().atMost(Duration.ofMinutes(5))
                    .until(() ->
                            client
                                    .pods()
                                    .inNamespace("wso2")
                                    .withLabel("apim.wso2.com/cluster")
                                    .list()
                                    .getItems()
                                    .stream()
                                    .flatMap(pod -> pod.getStatus().getInitContainerStatuses().stream())
                                    .filter(container -> container.getName().equals("jdbc-driver"))
                                    .anyMatch(K3sIT::hasSucceeded));
        }
    }

    private static boolean hasSucceeded(ContainerStatus container) {
        var end = container.getState().getTerminated();
        return end != null && end.getExitCode() == 0;
    }

    private static void helm(Helm helm, List<String> common, String... arguments) throws IOException {
        helm.helm(Stream.concat(Stream.of(arguments), common.stream()).toArray(String[]::new))
                .succeeded();
    }

    private static void run(String... command) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor())
                .as(String.join(" ", command))
                .isZero();
    }
}
