package com.wso2.apim.operator.controlplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Secret;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/**
 * An operator that dies hard directly after one of its writes, and another that starts: no step depends on what the first one
 * knew. Where each operator dies after its first write, every state that a write leaves behind is one that an operator starts
 * from.
 */
@OnControlPlane
class OperatorDeathTest {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    /** As long as this nothing is written at the end: longer than the operator waits before it looks again. */
    private static final Duration AT_REST = Deployment.RESYNC.multipliedBy(2);

    private static final int MOST_LIVES = 120;

    /** One deployment for all three: each begins where the one before has come to rest. */
    @Test
    void afterEachOfItsWritesBreaksNoBootNoRollAndNoWayBack(Deployment deployment) throws IOException {
        deployment.stopOperator();
        try (var invariants = new Invariants(deployment)) {
            keepsAFirstBootInOrder(deployment, invariants);
            deployment.history().clear();
            movesEveryNodeOnceInARoll(deployment, invariants);
            deployment.history().clear();
            rejectsOnceAndForAllOnAWayBack(deployment, invariants);
        }
    }

    private static void keepsAFirstBootInOrder(Deployment deployment, Invariants invariants) throws IOException {
        deployment.applyExample("minimal");
        var keys = new FirstSeen(deployment, "apim-keys");
        var lives = dieAfterEachWrite(deployment, Clock.systemUTC(), () -> isReady(deployment), keys::look);

        // Writes of one step go out together: a life ends with up to four of them.
        assertThat(lives).as("lives of a first boot").isGreaterThan(12);
        assertThat(deployment.condition("Ready").orElseThrow().status()).isEqualTo("True");
        assertThat(deployment.secret("apim-keys").getData())
                .isEqualTo(keys.secret.orElseThrow().getData());
        invariants.holdInFirstBoot();
        invariants.holdAtRest();
    }

    private static void movesEveryNodeOnceInARoll(Deployment deployment, Invariants invariants) {
        deployment.patch("{\"spec\": {\"database\": {\"apim\": {\"pool\": {\"maxActive\": 81}}}}}");
        var lives = dieAfterEachWrite(deployment, Clock.systemUTC(), () -> isReady(deployment), () -> {});

        assertThat(lives).as("lives of a roll").isGreaterThan(8);
        assertThat(deployment.condition("Ready").orElseThrow().status()).isEqualTo("True");
        invariants.created("apim-tm-1", "apim-tm-0", "apim-aio-1", "apim-aio-0");
        invariants.holdAtRest();
        invariants.everyFileHolds("maxActive = \"81\"");
    }

    private static void rejectsOnceAndForAllOnAWayBack(Deployment deployment, Invariants invariants) {
        var late = Clock.offset(Clock.systemUTC(), Duration.ofSeconds(890));
        deployment.patch(
                "{\"spec\": {\"trafficManager\": {\"env\": [{\"name\": \"KUBE_TEST_CRASH\", \"value\": \"true\"}]}}}");
        dieAfterEachWrite(deployment, late, () -> isRolledBack(deployment), () -> {});

        assertThat(deployment.condition("Ready").orElseThrow().reason()).isEqualTo("RolledBack");
        invariants.created("apim-tm-1", "apim-tm-1");
        invariants.holdAtRest(deployment.rejected().toArray(String[]::new));
    }

    /** Lives of the operator until one has nothing to write any more; returns how many ended early. */
    private static int dieAfterEachWrite(
            Deployment deployment, Clock clock, Callable<Boolean> isOver, Runnable meanwhile) {
        for (int lives = 0; lives < MOST_LIVES; lives++) {
            var death = Death.afterWrites(1);
            deployment.startOperator(List.of(death), clock);
            await().atMost(PATIENCE).until(() -> death.hasHappened() || isOver.call());
            var hasDied = death.happensWithin(AT_REST);
            meanwhile.run();
            deployment.stopOperator();
            if (!hasDied) {
                return lives;
            }
        }
        throw new AssertionError("still something to write after " + MOST_LIVES + " lives: "
                + deployment.audit().writes());
    }

    private static boolean isReady(Deployment deployment) {
        return deployment
                .currentCondition("Ready")
                .filter(ready -> ready.status().equals("True"))
                .isPresent();
    }

    private static boolean isRolledBack(Deployment deployment) {
        return deployment
                .condition("Ready")
                .filter(ready -> ready.reason().equals("RolledBack"))
                .isPresent();
    }

    /** A Secret as it was when it was seen first. */
    private static final class FirstSeen {

        private final Deployment deployment;
        private final String name;
        private Optional<Secret> secret = Optional.empty();

        FirstSeen(Deployment deployment, String name) {
            this.deployment = deployment;
            this.name = name;
        }

        void look() {
            secret = secret.or(() -> Optional.ofNullable(deployment.secret(name)));
        }
    }
}
