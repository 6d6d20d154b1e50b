package com.wso2.apim.operator.controlplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.wso2.apim.operator.api.v1alpha1.ApiManagerCluster;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A resource that is deleted, by mistake or not. */
@OnControlPlane
class DeletionTest {

    private static final List<String> RETAINED = List.of("Secret/apim-admin", "Secret/apim-ca", "Secret/apim-keys");

    @Test
    void leavesTheKeysBehindAndOneOfTheSameNameUsesThemAgain(Deployment deployment) throws IOException {
        deployment.applyExample("minimal");
        deployment.awaitReady();
        var keys = deployment.secret("apim-keys");
        var admin = deployment.secret("apim-admin");
        var stores = stores(deployment);

        deployment
                .client()
                .resources(ApiManagerCluster.class)
                .inNamespace(deployment.namespace())
                .delete();
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(deployment.names())
                .filteredOn(name -> name.contains("/apim") && !name.endsWith("apim-db"))
                .containsExactlyElementsOf(RETAINED));

        deployment.applyExample("minimal");
        deployment.awaitReady();
        assertThat(deployment.secret("apim-keys").getMetadata().getUid())
                .isEqualTo(keys.getMetadata().getUid());
        assertThat(deployment.secret("apim-keys").getData()).isEqualTo(keys.getData());
        assertThat(deployment.secret("apim-admin").getData()).isEqualTo(admin.getData());
        assertThat(stores(deployment)).isEqualTo(stores);
        assertThat(deployment.events()).contains("Adopted: the keys in Secret apim-keys are used again");
    }

    private static List<String> stores(Deployment deployment) {
        return deployment.names().stream()
                .filter(name -> name.startsWith("Secret/apim-stores-"))
                .toList();
    }
}
