package com.wso2.apim.operator.controlplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Service;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How clients reach a running deployment is changed without its nodes taking notice. */
@OnControlPlane
class ExposureTest {

    private static final String NGINX = "nginx.ingress.kubernetes.io/";
    private static final String TRAEFIK = "traefik.ingress.kubernetes.io/service.";

    @Test
    void changesWithoutARestartAndComesToRest(Deployment deployment) throws IOException {
        deployment.run("minimal");

        expose(
                deployment,
                "{'ingress': {'className': 'public', 'tls': {'issuerRef': {'name': 'own'}}, 'annotations': {'a.com/b': 'c'}}}");
        assertThat(deployment.ingress("apim-api")).satisfies(ingress -> {
            assertThat(ingress.getSpec().getIngressClassName()).isEqualTo("public");
            assertThat(ingress.getSpec().getTls().get(0).getSecretName()).isEqualTo("apim-api-tls");
            assertThat(ingress.getMetadata().getAnnotations())
                    .containsKeys("cert-manager.io/issuer", "a.com/b", NGINX + "affinity");
        });

        expose(
                deployment,
                "{'ingress': {'controller': 'Traefik', 'tls': {'issuerRef': null, 'secretRef': {'name': 'wildcard'}}}, 'service': {}}");
        assertThat(deployment.ingress("apim-api")).satisfies(ingress -> {
            assertThat(ingress.getSpec().getTls().get(0).getSecretName()).isEqualTo("wildcard");
            assertThat(ingress.getMetadata().getAnnotations().keySet())
                    .containsExactlyInAnyOrder("a.com/b", "traefik.ingress.kubernetes.io/router.tls");
        });
        assertThat(service(deployment, "apim-api").getMetadata().getAnnotations())
                .containsKeys(TRAEFIK + "sticky.cookie", TRAEFIK + "serversscheme");
        assertThat(service(deployment, "apim-gateway").getMetadata().getAnnotations())
                .containsOnlyKeys(TRAEFIK + "serversscheme");
        assertThat(service(deployment, "apim-streams").getSpec().getType()).isEqualTo("LoadBalancer");
        deployment.awaitQuiet();
        expose(deployment, "{'ingress': {'className': 'private'}}");
        assertThat(deployment.ingress("apim-gateway").getSpec().getIngressClassName())
                .isEqualTo("private");

        for (var type : List.of("NodePort", "ClusterIP", "LoadBalancer")) {
            expose(deployment, "{'service': {'type': '%s', 'annotations': {'a.com/b': '%s'}}}".formatted(type, type));
            assertThat(service(deployment, "apim-streams")).satisfies(service -> {
                assertThat(service.getSpec().getType()).isEqualTo(type);
                assertThat(service.getMetadata().getAnnotations()).isEqualTo(Map.of("a.com/b", type));
            });
        }

        expose(deployment, "{'type': 'None', 'ingress': null, 'service': null}");
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(deployment.names())
                .noneMatch(name -> name.startsWith("Ingress/"))
                .doesNotContain("Service/apim-api", "Service/apim-gateway", "Service/apim-streams")
                .contains("Service/apim-aio"));
        assertThat(deployment.history().moments()).isEmpty();
    }

    /** Ready for the new generation: the pass that says so has applied everything before. */
    private static void expose(Deployment deployment, String exposure) {
        deployment.patch("{'spec': {'exposure': %s}}".formatted(exposure).replace('\'', '"'));
        deployment.awaitReady();
    }

    private static Service service(Deployment deployment, String name) {
        return deployment
                .client()
                .services()
                .inNamespace(deployment.namespace())
                .withName(name)
                .get();
    }
}
