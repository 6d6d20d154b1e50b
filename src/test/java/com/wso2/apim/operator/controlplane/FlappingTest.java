package com.wso2.apim.operator.controlplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.wso2.apim.operator.controlplane.PodHistory.What;
import com.wso2.apim.operator.inputs.Settings;
import com.wso2.apim.operator.support.SettingsBuilder;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Nodes that are Ready, then not, then Ready again. To be trusted, a node has to stay Ready for some seconds here. */
@OnControlPlane
class FlappingTest {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int STAY_READY_SECONDS = 4;
    private static final Duration DEADLINE = Duration.ofSeconds(900);
    private static final int FLAPS = 4;

    private Deployment deployment;

    @BeforeEach
    void run(Deployment deployment) throws IOException {
        this.deployment = deployment;
        deployment.run("minimal");
        deployment.stopOperator();
        deployment.startOperator(patient());
    }

    /** One deployment: a change that waits for a node that flaps, a roll that is held up by one, and flaps after it. */
    @Test
    void holdUpRollsWithoutBeingTakenForAFailureOfTheChange() {
        try (var invariants = new Invariants(deployment)) {
            keepTheOthersWhereTheyAre(invariants);
            deployment.history().clear();
            holdUpARollThatGoesOnOnceTheyStayReady(invariants);
            deployment.history().clear();
            areNotJudgedAgainOnceTheyHaveProvedThemselves(invariants);
        }
    }

    /** The other nodes are not to be moved for a change while their neighbour comes and goes. */
    private void keepTheOthersWhereTheyAre(Invariants invariants) {
        deployment.hold("apim-aio-1", true);
        awaitSentence("waiting for all-in-one 1 to become Ready again");
        deployment.patch("{\"spec\": {\"trafficManager\": {\"env\": [{\"name\": \"TEAM\", \"value\": \"x\"}]}}}");
        awaitSentence("waits for all-in-one 1 to become Ready");
        deployment.hold("apim-aio-1", false);
        awaitSentence("waits for all-in-one 1 to stay Ready for %d seconds".formatted(STAY_READY_SECONDS));
        deployment.hold("apim-aio-1", true);
        awaitSentence("waits for all-in-one 1 to become Ready");
        deployment.awaitQuiet();
        assertThat(deployment.history().pods(What.CREATED)).isEmpty();

        deployment.hold("apim-aio-1", false);
        comeToRest();
        invariants.created("apim-tm-1", "apim-tm-0");
        invariants.holdAtRest();
    }

    private void holdUpARollThatGoesOnOnceTheyStayReady(Invariants invariants) {
        deployment.patch("{\"spec\": {\"database\": {\"apim\": {\"pool\": {\"maxActive\": 81}}}}}");
        await().atMost(PATIENCE)
                .until(() ->
                        deployment.history().pods(What.CREATED).equals(List.of("apim-tm-1")) && isReady("apim-tm-1"));
        for (int i = 0; i < FLAPS; i++) {
            deployment.hold("apim-tm-1", true);
            awaitSentence("traffic-manager 1 moving to revision");
            deployment.hold("apim-tm-1", false);
            awaitSentence("waits for traffic-manager 1 to stay Ready for %d seconds".formatted(STAY_READY_SECONDS));
        }
        invariants.created("apim-tm-1");
        comeToRest();

        invariants.created("apim-tm-1", "apim-tm-0", "apim-aio-1", "apim-aio-0");
        invariants.holdAtRest();
        assertThat(deployment.rejected()).isEmpty();
    }

    /** The deadline of every pod is over, as the operator's clock has it. */
    private void areNotJudgedAgainOnceTheyHaveProvedThemselves(Invariants invariants) {
        deployment.stopOperator();
        deployment.startOperator(patient(), Clock.offset(Clock.systemUTC(), DEADLINE));
        var before = told();
        for (int i = 0; i < FLAPS; i++) {
            deployment.hold("apim-tm-0", true);
            awaitSentence("waiting for traffic-manager 0 to become Ready again");
            deployment.hold("apim-tm-0", false);
            deployment.awaitReady();
        }
        deployment.awaitQuiet();

        invariants.created();
        invariants.holdAtRest();
        assertThat(deployment.rejected()).isEmpty();
        assertThat(told()).as("one series").isLessThanOrEqualTo(before + 1);
    }

    private void comeToRest() {
        deployment.awaitReady();
        deployment.awaitQuiet();
    }

    private long told() {
        return deployment.events().stream()
                .filter(event -> event.startsWith("NodeNotReady"))
                .count();
    }

    private void awaitSentence(String text) {
        await(text)
                .atMost(PATIENCE)
                .until(
                        () -> deployment.condition("Reconciling").orElseThrow().message(),
                        sentence -> sentence.contains(text));
    }

    private boolean isReady(String pod) {
        return PodHistory.isReady(deployment.pod(pod));
    }

    private static Settings patient() {
        return SettingsBuilder.from(Deployment.SETTINGS)
                .minReadySeconds(STAY_READY_SECONDS)
                .build();
    }
}
