package com.wso2.apim.operator.controlplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.wso2.apim.operator.api.v1alpha1.ApiManagerCluster;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.BackendTLSPolicy;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Exposure by Gateway API, whose kinds come and go while the operator runs, and no change of it restarts a pod. The kinds are
 * the cluster's, so each test removes them.
 */
@OnControlPlane
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GatewayApiTest {

    private static final String MODULE = "sigs.k8s.io/gateway-api";
    private static final List<String> FILES =
            List.of("gateway.networking.k8s.io_httproutes.yaml", "gateway.networking.k8s.io_backendtlspolicies.yaml");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String ATTACHED = """
            {"spec": {"exposure": {"type": "GatewayAPI", "gatewayAPI": {"parentRefs": [
              {"name": "public", "namespace": "gateways", "sectionName": "portals"}, {"name": "inside"}]}}}}
            """;
    private static final String NOT_EXPOSED = """
            {"spec": {"exposure": {"type": "None", "gatewayAPI": null}}}
            """;

    private KubernetesClient admin;
    private Deployment deployment;
    private ApiManagerCluster before;

    @BeforeAll
    void deploy(ControlPlane controlPlane) throws IOException {
        admin = controlPlane.client();
        deployment = new Deployment(controlPlane);
        deployment.run("minimal");
        before = deployment.resource();
    }

    @AfterEach
    void putBack() {
        removeCrds();
        deployment.restore(before);
        deployment.awaitReady();
        assertThat(deployment.history().moments()).as("of pods").isEmpty();
    }

    @AfterAll
    void end() {
        deployment.close();
    }

    @Test
    void freezesUntilTheKindsArriveAndThenNeedsNoRestart(ControlPlane controlPlane) throws IOException {
        deployment.patch(ATTACHED);
        var unresolved = deployment.awaitCondition(
                "ReferencesResolved", condition -> condition.status().equals("False"));
        assertThat(unresolved.message())
                .isEqualTo("spec.exposure.type: the cluster does not serve HTTPRoute and BackendTLSPolicy of "
                        + "gateway.networking.k8s.io/v1: install the CRDs of Gateway API 1.4 or later, or choose another "
                        + "type");
        assertThat(deployment.names()).contains("Ingress/apim-api", "Ingress/apim-gateway");

        install(controlPlane, "experimental");
        deployment.awaitReady();
        assertThat(routes()).containsExactly("apim-api", "apim-gateway");
        assertThat(policies()).containsExactly("apim-aio");
        assertThat(deployment.names())
                .contains("ConfigMap/apim-backend-ca")
                .noneMatch(name -> name.startsWith("Ingress/"));
        assertThat(deployment.audit().forbidden()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"standard, false", "experimental, true"})
    void keepsASessionWhereTheFieldIsServedAndWarnsElsewhere(
            String channel, boolean keepsSessions, ControlPlane controlPlane) throws IOException {
        install(controlPlane, channel);
        deployment.patch(ATTACHED);
        deployment.awaitReady();

        // Schemas are published a moment after the kinds are served.
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(route("apim-api").getSpec().getRules())
                    .allMatch(rule -> (rule.getSessionPersistence() != null) == keepsSessions);
            assertThat(deployment.resource().getStatus().warnings().stream()
                            .anyMatch(warning -> warning.contains("no field sessionPersistence")))
                    .isEqualTo(!keepsSessions);
        });
        assertThat(route("apim-gateway").getSpec().getRules()).allMatch(rule -> rule.getSessionPersistence() == null);
    }

    @Test
    void isNotWrittenToAtRestAndRepairedAfterDrift(ControlPlane controlPlane) throws IOException {
        install(controlPlane, "experimental");
        deployment.patch(ATTACHED);
        deployment.awaitReady();
        deployment.awaitQuiet();
        var wanted = route("apim-gateway").getSpec();

        admin.resources(HTTPRoute.class)
                .inNamespace(deployment.namespace())
                .withName("apim-gateway")
                .edit(route -> route.edit()
                        .editSpec()
                        .withHostnames("elsewhere.example.com")
                        .endSpec()
                        .build());
        admin.resource(object(HTTPRoute.class, "apim-api")).delete();
        admin.resource(object(BackendTLSPolicy.class, "apim-aio")).delete();

        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(route("apim-gateway").getSpec()).isEqualTo(wanted);
            assertThat(routes()).containsExactly("apim-api", "apim-gateway");
            assertThat(policies()).containsExactly("apim-aio");
        });
        deployment.awaitReady();
    }

    @Test
    void goesWhenItIsNotAskedForAnyMore(ControlPlane controlPlane) throws IOException {
        install(controlPlane, "standard");
        deployment.patch(ATTACHED);
        deployment.awaitReady();

        deployment.patch(NOT_EXPOSED);
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(routes()).isEmpty();
            assertThat(policies()).isEmpty();
            assertThat(deployment.names()).doesNotContain("ConfigMap/apim-backend-ca");
        });
        deployment.awaitReady();
    }

    @Test
    void leavesTheKindsAloneThatVanishWhileTheDeploymentIsSwitchedAway(ControlPlane controlPlane) throws IOException {
        install(controlPlane, "standard");
        deployment.patch(ATTACHED);
        deployment.awaitReady();

        removeCrds();
        deployment.awaitCondition(
                "ReferencesResolved", condition -> condition.status().equals("False"));
        deployment.patch(NOT_EXPOSED);
        deployment.awaitReady();
        assertThat(deployment.names()).doesNotContain("ConfigMap/apim-backend-ca");
    }

    @Test
    void namesARouteOfSomebodyElseAndLeavesItAlone(ControlPlane controlPlane) throws IOException {
        install(controlPlane, "standard");
        deployment.create("""
                {"apiVersion": "gateway.networking.k8s.io/v1", "kind": "HTTPRoute", "metadata": {"name": "apim-api"},
                 "spec": {"hostnames": ["somebody.example.com"]}}
                """);
        deployment.patch(ATTACHED);

        var taken = deployment.awaitCondition(
                "ReferencesResolved", condition -> condition.status().equals("False"));
        assertThat(taken.reason()).isEqualTo("NameTaken");
        assertThat(taken.message())
                .startsWith("HTTPRoute/apim-api: exists and does not belong to this ApiManagerCluster");
        assertThat(route("apim-api").getSpec().getHostnames()).containsExactly("somebody.example.com");
        assertThat(routes()).containsExactly("apim-api");
    }

    private void install(ControlPlane controlPlane, String channel) throws IOException {
        var directory = controlPlane.module(MODULE).resolve(Path.of("config", "crd", channel));
        for (var file : FILES) {
            controlPlane.apply(directory.resolve(file));
        }
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> routes().isEmpty() && policies().isEmpty());
    }

    private void removeCrds() {
        var crds = admin.apiextensions().v1().customResourceDefinitions();
        Stream.of("httproutes", "backendtlspolicies")
                .map(plural -> crds.withName(plural + ".gateway.networking.k8s.io"))
                .forEach(crd -> {
                    crd.delete();
                    await().atMost(PATIENCE).until(() -> crd.get() == null);
                });
        // The API server publishes what it serves a moment later than it serves it.
        await().atMost(PATIENCE).until(() -> !admin.raw("/openapi/v3").contains("gateway.networking.k8s.io/v1"));
    }

    private HTTPRoute route(String name) {
        return object(HTTPRoute.class, name);
    }

    private <T extends HasMetadata> T object(Class<T> kind, String name) {
        return admin.resources(kind)
                .inNamespace(deployment.namespace())
                .withName(name)
                .get();
    }

    private List<String> routes() {
        return names(HTTPRoute.class);
    }

    private List<String> policies() {
        return names(BackendTLSPolicy.class);
    }

    private List<String> names(Class<? extends HasMetadata> kind) {
        return admin.resources(kind).inNamespace(deployment.namespace()).list().getItems().stream()
                .map(object -> object.getMetadata().getName())
                .sorted()
                .toList();
    }
}
