package com.wso2.apim.operator.controlplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.wso2.apim.operator.controlplane.PodHistory.Moment;
import com.wso2.apim.operator.controlplane.PodHistory.What;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Somebody who changes his mind ten times in a row, faster than nodes start or about as fast. */
@OnControlPlane
class ManyEditsTest {

    private static final int EDITS = 10;

    private Deployment deployment;

    @Test
    void endOnTheLastWithoutARestartTooManyOrAStormOfEvents(Deployment deployment) throws IOException {
        this.deployment = deployment;
        deployment.run("minimal");
        try (var invariants = new Invariants(deployment)) {
            edit(invariants, 80, Duration.ZERO);
            deployment.history().clear();
            edit(invariants, 100, Duration.ofMillis(700));
        }
    }

    private void edit(Invariants invariants, int connections, Duration pause) {
        var before = toldOf(deployment);
        for (int i = 1; i <= EDITS; i++) {
            deployment.patch("{\"spec\": {\"database\": {\"apim\": {\"pool\": {\"maxActive\": %d}}}}}"
                    .formatted(connections + i));
            await().pollDelay(pause).until(() -> true);
        }
        deployment.awaitReady();
        deployment.awaitQuiet();

        invariants.holdAtRest();
        invariants.everyFileHolds("maxActive = \"%d\"".formatted(connections + EDITS));
        var created = deployment.history().moments().stream()
                .filter(moment -> moment.what() == What.CREATED)
                .toList();
        // Nodes that serve are not touched by what is overtaken: only the first one may have moved for it.
        assertThat(created.stream().map(Moment::pod).dropWhile("apim-tm-1"::equals))
                .containsExactly("apim-tm-0", "apim-aio-1", "apim-aio-0");
        assertThat(created.stream().map(moment -> moment.pod() + moment.revision()))
                .as("nobody starts twice on the same")
                .doesNotHaveDuplicates();
        // What each edit would restart is told, what happens by it is not.
        assertThat(toldOf(deployment) - before).isLessThanOrEqualTo(EDITS + 4);
    }

    /** How often something was told, repeats included. */
    private static int toldOf(Deployment deployment) {
        return deployment.recorded().mapToInt(event -> count(event)).sum();
    }

    private static int count(Event event) {
        return event.getSeries() == null ? 1 : event.getSeries().getCount();
    }
}
