package com.wso2.apim.operator.controlplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.wso2.apim.operator.api.v1alpha1.ApiManagerCluster;
import com.wso2.apim.operator.api.v1alpha1.ApiManagerClusterStatus.Roll;
import com.wso2.apim.operator.controlplane.PodHistory.What;
import com.wso2.apim.operator.inputs.Settings;
import com.wso2.apim.operator.support.SettingsBuilder;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Three resources, of which one may roll at a time, and one Secret whose change is a change of all three. */
@OnControlPlane
class TurnsTest {

    private static final List<String> NAMES = List.of("apim", "beta", "gamma");
    private static final Duration PATIENCE = Duration.ofSeconds(240);

    private Deployment deployment;

    @BeforeEach
    void run(Deployment deployment) throws IOException {
        this.deployment = deployment;
        deployment.stopOperator();
        deployment.startOperator(oneAtATime());
        deployment.applyExample("minimal");
        for (var name : NAMES.subList(1, NAMES.size())) {
            for (var object : deployment.load("minimal", "cr.yaml")) {
                object.getMetadata().setName(name);
                deployment.create(object);
            }
        }
        await().atMost(PATIENCE).until(() -> NAMES.stream().allMatch(this::isReady));
        deployment.awaitQuiet();
        deployment.history().clear();
    }

    @Test
    void rollOneAfterTheOtherAlsoOverARestartOfTheOperator() {
        deployment.patchSecret("apim-db", Map.of("password", "another-stand-in"));
        await().atMost(PATIENCE)
                .until(() -> NAMES.stream().filter(this::isWaiting).count() == 2);
        assertThat(deployment.events().stream().filter(note -> note.startsWith("WaitingForTurn: ")))
                .hasSize(2)
                .allMatch(note -> note.contains("1 of at most 1 resources roll"));
        await().atMost(PATIENCE)
                .until(() -> deployment.history().pods(What.CREATED).size() >= 2);
        deployment.stopOperator();
        deployment.startOperator(oneAtATime());
        await().atMost(PATIENCE)
                .until(() -> deployment.history().pods(What.CREATED).size() >= 12
                        && NAMES.stream().allMatch(this::isReady));

        var blocks = blocks(deployment.history().pods(What.CREATED));
        assertThat(blocks).hasSize(NAMES.size());
        assertThat(new TreeSet<>(blocks)).containsExactlyElementsOf(NAMES);
        assertThat(NAMES)
                .allSatisfy(
                        name -> assertThat(resource(name).getStatus().roll()).isNull());
    }

    /** Resources in the order in which their pods came, each once for pods without another one's between them. */
    private static List<String> blocks(List<String> pods) {
        var blocks = new ArrayList<String>();
        pods.stream().map(pod -> pod.substring(0, pod.indexOf('-'))).forEach(name -> {
            if (blocks.isEmpty() || !blocks.get(blocks.size() - 1).equals(name)) {
                blocks.add(name);
            }
        });
        return blocks;
    }

    private boolean isReady(String name) {
        var resource = resource(name);
        return resource.getStatus() != null
                && resource.getStatus().roll() == null
                && resource.getStatus().conditions().stream()
                        .anyMatch(condition -> condition.type().equals("Ready")
                                && condition.status().equals("True")
                                && condition
                                        .observedGeneration()
                                        .equals(resource.getMetadata().getGeneration()));
    }

    private boolean isWaiting(String name) {
        var roll = resource(name).getStatus().roll();
        return roll != null && roll.state() == Roll.State.WAITING;
    }

    private ApiManagerCluster resource(String name) {
        return deployment.resource(name).get();
    }

    private static Settings oneAtATime() {
        return SettingsBuilder.from(Deployment.SETTINGS).maxRollouts(1).build();
    }
}
