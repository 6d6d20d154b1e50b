package com.wso2.apim.operator.controlplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The operator as it is shipped: its own process, its settings, its rights. */
@OnControlPlane
class PackagedOperatorIT {

    private static final int TERMINATED = 143;

    @Test
    void worksSurvivesItsDeathWithoutAWriteAndHandsTheLeaseOver(ControlPlane controlPlane)
            throws IOException, InterruptedException {
        var kubeconfig = controlPlane.operatorKubeconfig();
        try (var deployment = new Deployment(controlPlane, false)) {
            try (var operator = new OperatorProcess(kubeconfig, deployment.namespace()).awaitReady()) {
                deployment.applyExample("minimal");
                deployment.awaitReady();
                deployment.awaitQuiet();
                assertThat(operator.get("/q/metrics"))
                        .contains("reconciliations_success_total{controller_name=\"apimanagercluster\"");
                operator.kill();
            }
            var before = deployment.audit().writes();
            var passes = deployment.audit().passes();

            try (var operator = new OperatorProcess(kubeconfig, deployment.namespace()).awaitReady()) {
                await().atMost(Duration.ofSeconds(60))
                        .until(() -> deployment.audit().passes() >= passes + 3);
                assertThat(deployment.audit().writes()).isEqualTo(before);
                assertThat(deployment.audit().forbidden()).isEmpty();

                assertThat(operator.terminate()).isEqualTo(TERMINATED);
                assertThat(operator.log())
                        .contains("The lease is released")
                        .doesNotContain("ERROR")
                        .doesNotContain("Exception");
            }
            deployment.client().resource(deployment.resource()).delete();
        }
    }
}
