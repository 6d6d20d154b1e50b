package com.wso2.apim.operator.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A resource for databases that know an administrator and keys already. */
@OnControlPlane
class ExistingDatabasesTest {

    @Test
    void areServedWithWhatTheyKnowByAResourceThatCannotMakeAnythingElse(Deployment deployment) throws IOException {
        deployment.run("minimal");
        var keys = deployment.secret("apim-keys");
        var admin = deployment.secret("apim-admin");
        deployment.client().resource(deployment.resource()).delete();
        deployment.awaitGone("StatefulSet/apim-aio");
        deployment
                .client()
                .secrets()
                .inNamespace(deployment.namespace())
                .withField("type", "apim.wso2.com/retained")
                .delete();
        deployment.createSecret(
                "administrator", Map.of("username", text(admin, "username"), "password", text(admin, "password")));
        for (var pair : Map.of("primary", "signing", "internal", "encryption").entrySet()) {
            deployment.createSecret(
                    pair.getValue(),
                    Map.of(
                            "tls.key", text(keys, pair.getKey() + ".key"),
                            "tls.crt", text(keys, pair.getKey() + ".crt")));
        }

        deployment.create(resource(deployment));

        deployment.awaitReady();
        assertThat(deployment.names()).doesNotContain("Secret/apim-admin");
        assertThat(deployment.secret("apim-keys").getData())
                .doesNotContainKeys("primary.key", "internal.key")
                .containsKey("tls.key");
        assertThat(deployment.names())
                .filteredOn(name -> name.startsWith("Secret/apim-env-"))
                .singleElement()
                .satisfies(name -> assertThat(deployment
                                .secret(name.substring("Secret/".length()))
                                .getData())
                        .containsValue(admin.getData().get("password")));
    }

    private static GenericKubernetesResource resource(Deployment deployment) throws IOException {
        var resource = (GenericKubernetesResource)
                deployment.load("minimal", "cr.yaml").get(0);
        Map<String, Object> spec = resource.get("spec");
        spec.put("admin", Map.of("secretRef", Map.of("name", "administrator")));
        spec.put("keystores", Map.of("primary", secret("signing"), "internal", secret("encryption")));
        Map<String, Object> database = resource.get("spec", "database");
        database.put("bootstrap", "Existing");
        return resource;
    }

    private static Map<String, Object> secret(String name) {
        return Map.of("source", "Secret", "secret", Map.of("name", name));
    }

    private static String text(Secret secret, String key) {
        return new String(Base64.getDecoder().decode(secret.getData().get(key)), StandardCharsets.UTF_8);
    }
}
