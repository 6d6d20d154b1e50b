package com.wso2.apim.operator.controlplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.wso2.apim.operator.controlplane.PodHistory.What;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The operator as it is shipped: its own process, its settings, its rights. */
@OnControlPlane
class PackagedOperatorIT {

    private static final int TERMINATED = 143;

    @Test
    void worksSurvivesItsDeathsAtRestAndInMidRollAndHandsTheLeaseOver(ControlPlane controlPlane)
            throws IOException, InterruptedException {
        var kubeconfig = controlPlane.operatorKubeconfig();
        try (var deployment = new Deployment(controlPlane, false);
                var invariants = new Invariants(deployment)) {
            try (var operator = new OperatorProcess(kubeconfig, deployment.namespace()).awaitReady()) {
                deployment.run("minimal");
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

                deployment.patch("{\"spec\": {\"database\": {\"apim\": {\"pool\": {\"maxActive\": 81}}}}}");
                await().atMost(Duration.ofSeconds(90))
                        .until(() -> deployment.history().pods(What.CREATED).contains("apim-tm-0"));
                operator.kill();
            }
            try (var operator = new OperatorProcess(kubeconfig, deployment.namespace()).awaitReady()) {
                deployment.awaitReady();
                deployment.awaitQuiet();
                invariants.created("apim-tm-1", "apim-tm-0", "apim-aio-1", "apim-aio-0");
                invariants.holdAtRest();
                invariants.everyFileHolds("maxActive = \"81\"");
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
