package com.wso2.apim.operator.controlplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.wso2.apim.operator.controlplane.PodHistory.What;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code suspend}, and an operator that dies on the way. */
@OnControlPlane
class SuspendTest {

    private static final String SUSPEND = "{\"spec\": {\"suspend\": true}}";
    private static final String GO_ON = "{\"spec\": {\"suspend\": false}}";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private Deployment deployment;

    @BeforeEach
    void run(Deployment deployment) throws IOException {
        this.deployment = deployment;
        deployment.run("minimal");
    }

    @Test
    void stopsAllInOneNodesThenTrafficManagersAndBootsInTheOrderOfTheFirstBoot() throws IOException {
        var objects = deployment.names();
        try (var life = new Recording(deployment)) {
            deployment.patch(SUSPEND);
            await().atMost(PATIENCE)
                    .until(() -> deployment.statefulSet("apim-aio").getSpec().getReplicas() == 0);
            // Until the status says it, an operator that starts anew tells it again, in the words of where it then is.
            awaitSuspending();
            deployment.stopOperator();
            deployment.startOperator();
            awaitSuspended();

            // kstatus has no word for what is stopped on purpose, and calls whatever is not Ready InProgress.
            var versions = life.take();
            assertThat(GitOps.judge(versions).get(versions.size() - 1).kstatus())
                    .isEqualTo("InProgress");
        }
        assertThat(deployment.pods()).isEmpty();
        assertThat(deployment.names()).isEqualTo(objects);
        assertThat(deployment.history().pods(What.DELETED).subList(0, 2))
                .containsExactlyInAnyOrder("apim-aio-0", "apim-aio-1");
        assertThat(deployment.condition("Available").orElseThrow().reason()).isEqualTo("Suspended");
        assertThat(deployment.condition("Stalled").orElseThrow().status()).isEqualTo("False");
        assertThat(deployment.events())
                .filteredOn(event -> event.startsWith("Suspended: "))
                .hasSize(1);

        deployment.awaitQuiet();
        deployment.history().clear();
        deployment.patch("{\"spec\": {\"cacheInvalidation\": {\"enabled\": false}}}");
        deployment.awaitCondition(
                "UpdatePending", condition -> condition.reason().equals("Suspended"));
        deployment.patch(GO_ON);
        await().atMost(PATIENCE)
                .until(() -> deployment.history().pods(What.CREATED).contains("apim-aio-0"));
        deployment.stopOperator();
        deployment.startOperator();
        deployment.awaitReady();
        var created = deployment.history().pods(What.CREATED);
        assertThat(created).hasSize(4).startsWith("apim-aio-0").endsWith("apim-aio-1");
    }

    @Test
    void takesAFirstBootUpAgainThatItInterrupted() throws IOException {
        deployment.patch(SUSPEND);
        awaitSuspended();
        deployment.history().clear();
        deployment.patch(GO_ON);
        await().atMost(PATIENCE)
                .until(() -> deployment.history().pods(What.READY).equals(List.of("apim-aio-0")));
        deployment.patch(SUSPEND);
        awaitSuspended();
        assertThat(deployment.pods()).isEmpty();

        deployment.history().clear();
        deployment.patch(GO_ON);
        deployment.awaitReady();
        var created = deployment.history().pods(What.CREATED);
        assertThat(created).hasSize(4).startsWith("apim-aio-0").endsWith("apim-aio-1");
    }

    private void awaitSuspending() {
        deployment.awaitCondition("Ready", condition -> condition.reason().equals("Suspended"));
    }

    private void awaitSuspended() {
        deployment.awaitCondition("Reconciling", condition -> condition.reason().equals("Suspended"));
        assertThat(deployment.condition("Ready").orElseThrow())
                .extracting("status", "reason")
                .containsExactly("False", "Suspended");
    }
}
