package com.wso2.apim.operator.controlplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.wso2.apim.operator.api.v1alpha1.ApiManagerCluster;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Two resources on one database. */
@OnControlPlane
class SharedDatabaseTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void isWarnedOfInBothUntilOneIsGone(Deployment deployment) throws IOException {
        deployment.run("minimal");
        assertThat(warnings(deployment, "apim")).isEmpty();

        for (var object : deployment.load("minimal", "cr.yaml")) {
            object.getMetadata().setName("other");
            deployment.create(object);
        }

        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(warnings(deployment, "apim"))
                    .hasSize(2)
                    .allMatch(warning -> warning.contains(deployment.namespace() + "/other"));
            assertThat(warnings(deployment, "other"))
                    .hasSize(2)
                    .allMatch(warning -> warning.contains(deployment.namespace() + "/apim"));
        });
        deployment
                .client()
                .resources(ApiManagerCluster.class)
                .inNamespace(deployment.namespace())
                .withName("other")
                .delete();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(warnings(deployment, "apim")).isEmpty());
    }

    private static List<String> warnings(Deployment deployment, String name) {
        return Optional.ofNullable(deployment
                        .client()
                        .resources(ApiManagerCluster.class)
                        .inNamespace(deployment.namespace())
                        .withName(name)
                        .get()
                        .getStatus())
                .map(status -> status.warnings().stream()
                        .filter(warning -> warning.contains("names the same database"))
                        .toList())
                .orElse(List.of());
    }
}
