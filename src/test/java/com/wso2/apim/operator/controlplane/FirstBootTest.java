package com.wso2.apim.operator.controlplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.wso2.apim.operator.controlplane.PodHistory.What;
import java.io.IOException;
import java.time.Duration;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From kubectl apply to four Ready nodes. */
@OnControlPlane
class FirstBootTest {

    @ParameterizedTest
    @ValueSource(strings = {"minimal", "active-active"})
    void bringsUpEveryExampleInTheOrderOfTheWiring(String example, Deployment deployment) throws IOException {
        deployment.applyExample(example);
        deployment.awaitReady();

        assertThat(deployment.resource().getStatus().observedGeneration())
                .isEqualTo(deployment.resource().getMetadata().getGeneration());
        assertThat(deployment.resource().getStatus().allInOne()).isEqualTo("2/2");
        assertThat(deployment.resource().getStatus().trafficManager()).isEqualTo("2/2");
        assertThat(deployment.names())
                .contains(
                        "ConfigMap/apim-admitted",
                        "Ingress/apim-api",
                        "Ingress/apim-gateway",
                        "NetworkPolicy/apim-aio",
                        "NetworkPolicy/apim-tm",
                        "PodDisruptionBudget/apim-aio",
                        "PodDisruptionBudget/apim-tm",
                        "Secret/apim-admin",
                        "Secret/apim-ca",
                        "Secret/apim-keys",
                        "Service/apim-aio",
                        "Service/apim-aio-headless",
                        "Service/apim-tm",
                        "Service/apim-tm-headless",
                        "ServiceAccount/apim",
                        "StatefulSet/apim-aio",
                        "StatefulSet/apim-tm");

        var created = deployment.history().pods(What.CREATED);
        assertThat(created.get(0)).isEqualTo("apim-aio-0");
        assertThat(created.subList(1, 3)).containsExactlyInAnyOrder("apim-tm-0", "apim-tm-1");
        assertThat(created.subList(3, created.size())).containsExactly("apim-aio-1");
        for (var moment : deployment.history().moments()) {
            if (moment.what() == What.CREATED && moment.pod().startsWith("apim-tm")) {
                assertThat(moment.readyPods()).contains("apim-aio-0");
            }
            if (moment.what() == What.CREATED && moment.pod().equals("apim-aio-1")) {
                assertThat(moment.readyPods()).containsExactly("apim-aio-0", "apim-tm-0", "apim-tm-1");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = "minimal")
    void neverLowersTheReplicasWhenANodeDies(String example, Deployment deployment) throws IOException {
        deployment.applyExample(example);
        deployment.awaitReady();
        var seen = new TreeSet<Integer>();
        try (var watch = deployment
                .client()
                .apps()
                .statefulSets()
                .inNamespace(deployment.namespace())
                .inform()) {
            watch.addEventHandler(new Replicas(seen));
            deployment
                    .client()
                    .pods()
                    .inNamespace(deployment.namespace())
                    .withName("apim-aio-0")
                    .delete();
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> deployment.history().pods(What.CREATED).stream()
                                    .filter("apim-aio-0"::equals)
                                    .count()
                            == 2);
            deployment.awaitReady();
        }

        assertThat(seen).containsExactly(2);
    }
}
