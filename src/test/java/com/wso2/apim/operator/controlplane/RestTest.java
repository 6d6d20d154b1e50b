package com.wso2.apim.operator.controlplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A deployment at rest. */
@OnControlPlane
class RestTest {

    @Test
    void isNotWrittenToOverThreeResyncsNorAfterARestartOfTheOperator(Deployment deployment) throws IOException {
        deployment.applyExample("active-active");
        deployment.awaitReady();
        deployment.awaitQuiet();
        var before = deployment.audit().writes();
        var passes = deployment.audit().passes();

        awaitPasses(deployment, passes + 3);
        assertThat(deployment.audit().writes()).isEqualTo(before);

        deployment.stopOperator();
        deployment.startOperator();
        awaitPasses(deployment, passes + 5);
        assertThat(deployment.audit().writes()).isEqualTo(before);
        assertThat(deployment.audit().forbidden()).isEmpty();
    }

    private static void awaitPasses(Deployment deployment, int passes) {
        await().atMost(Duration.ofSeconds(30)).until(() -> deployment.audit().passes() >= passes);
    }
}
