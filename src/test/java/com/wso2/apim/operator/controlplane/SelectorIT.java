package com.wso2.apim.operator.controlplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two packaged operators side by side over one namespace with several resources, each for the resources that its selector names. */
@OnControlPlane
class SelectorIT {

    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final String LABEL = "example.com/operator";

    private final ControlPlane controlPlane;
    private final Deployment deployment;
    private final Path blueKubeconfig;
    private final Path greenKubeconfig;
    private final List<OperatorProcess> operators = new ArrayList<>();

    SelectorIT(ControlPlane controlPlane) throws IOException {
        this.controlPlane = controlPlane;
        this.deployment = new Deployment(controlPlane, false);
        this.blueKubeconfig = controlPlane.operatorKubeconfig();
        this.greenKubeconfig = controlPlane.operatorKubeconfig();
    }

    @Test
    void eachWorksForItsOwnResourcesAndOneTakesOverFromTheOtherWithoutARestart() throws IOException {
        start(blueKubeconfig, "blue");
        start(greenKubeconfig, "green");
        deployment.load("minimal", "secrets.yaml").forEach(controlPlane::apply);
        create("first", Map.of(LABEL, "blue"));
        create("second", Map.of(LABEL, "green"));
        create("third", Map.of());
        awaitReady("first");
        awaitReady("second");

        assertThat(deployment.audit().by(blueKubeconfig).writes())
                .isNotEmpty()
                .allMatch(write -> write.contains("/first"));
        assertThat(deployment.audit().by(greenKubeconfig).writes())
                .isNotEmpty()
                .allMatch(write -> write.contains("/second"));
        assertThat(deployment.resource("third").get().getStatus().conditions()).isNullOrEmpty();

        deployment.awaitQuiet();
        deployment.history().clear();
        var writesOfBlue = deployment.audit().by(blueKubeconfig).writes();
        deployment.resource("first").edit(first -> {
            first.getMetadata().getLabels().put(LABEL, "green");
            return first;
        });
        // Two watches have no order between them: until blue has seen the label, what is missing of the first is its to
        // repair.
        deployment.awaitNoMore(this::requestsOfBlue);
        deployment
                .client()
                .services()
                .inNamespace(deployment.namespace())
                .withName("first-aio")
                .delete();
        await().atMost(PATIENCE).until(() -> deployment.audit().by(greenKubeconfig).writes().stream()
                .anyMatch(write -> write.contains("services/first-aio")));

        assertThat(deployment.audit().by(blueKubeconfig).writes()).isEqualTo(writesOfBlue);
        assertThat(deployment.history().moments()).isEmpty();
    }

    private List<String> requestsOfBlue() {
        try {
            return deployment.audit().by(blueKubeconfig).requests();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterEach
    void end() {
        deployment.close();
        operators.forEach(OperatorProcess::close);
    }

    private void start(Path kubeconfig, String colour) throws IOException {
        var environment = new HashMap<>(OperatorProcess.environment(deployment.namespace()));
        environment.put("APIM_SELECTOR", LABEL + "=" + colour);
        // Their Leases would stand in namespaces of their own.
        environment.put("APIM_LEADER_ELECTION_ENABLED", "false");
        operators.add(new OperatorProcess(kubeconfig, environment).awaitReady());
    }

    private void create(String name, Map<String, String> labels) throws IOException {
        for (HasMetadata object : deployment.load("minimal", "cr.yaml")) {
            object.getMetadata().setName(name);
            object.getMetadata().setLabels(labels);
            controlPlane.apply(object);
        }
    }

    private void awaitReady(String name) {
        await().atMost(PATIENCE).until(() -> Stream.of(deployment.resource(name).get())
                .filter(resource -> resource.getStatus() != null)
                .flatMap(resource -> resource.getStatus().conditions().stream())
                .anyMatch(condition ->
                        condition.type().equals("Ready") && condition.status().equals("True")));
    }
}
