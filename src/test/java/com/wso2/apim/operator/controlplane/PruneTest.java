package com.wso2.apim.operator.controlplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a resource no longer asks for. */
@OnControlPlane
class PruneTest {

    @Test
    void goes(Deployment deployment) throws IOException {
        deployment.applyExample("minimal");
        deployment.awaitReady();
        deployment.patch("""
                {"spec": {"exposure": {"type": "None"}, "networkPolicy": {"enabled": false}, "trafficManager": {"replicas": 1}}}
                """);
        deployment.awaitReady();

        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(deployment.names())
                .contains("PodDisruptionBudget/apim-aio", "Secret/apim-keys")
                .noneMatch(name -> name.startsWith("Ingress/"))
                .noneMatch(name -> name.startsWith("NetworkPolicy/"))
                .doesNotContain("PodDisruptionBudget/apim-tm"));
        assertThat(deployment.resource().getStatus().trafficManager()).isEqualTo("1/1");
        assertThat(deployment.pod("apim-tm-1")).isNull();
    }

    @Test
    void comesBackWhenItIsAskedForAgain(Deployment deployment) throws IOException {
        deployment.applyExample("minimal");
        deployment.patch("{\"spec\": {\"allInOne\": {\"replicas\": 1}, \"trafficManager\": {\"replicas\": 1}}}");
        deployment.awaitReady();
        deployment.patch("{\"spec\": {\"allInOne\": {\"replicas\": 2}, \"trafficManager\": {\"replicas\": 2}}}");
        deployment.awaitReady();

        assertThat(deployment.resource().getStatus().allInOne()).isEqualTo("2/2");
        assertThat(deployment.resource().getStatus().trafficManager()).isEqualTo("2/2");
        assertThat(deployment.names()).contains("PodDisruptionBudget/apim-aio", "PodDisruptionBudget/apim-tm");
    }
}
