package com.wso2.apim.operator.controlplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What somebody else does to the objects of a deployment. */
@OnControlPlane
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DriftTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Deployment deployment;

    @BeforeAll
    void run(ControlPlane controlPlane) throws IOException {
        deployment = new Deployment(controlPlane);
        deployment.applyExample("active-active");
        deployment.awaitReady();
        deployment.awaitQuiet();
    }

    @AfterAll
    void end() {
        deployment.close();
    }

    static Stream<Arguments> changes() {
        return Stream.of(
                Arguments.of("Service", "apim-tm", "[{'op':'replace','path':'/spec/ports/0/port','value':1234}]"),
                Arguments.of("Service", "apim-aio", "[{'op':'remove','path':'/spec/ports/1'}]"),
                Arguments.of(
                        "ServiceAccount",
                        "apim",
                        "[{'op':'replace','path':'/automountServiceAccountToken','value':true}]"),
                Arguments.of("NetworkPolicy", "apim-aio", "[{'op':'replace','path':'/spec/ingress','value':[{}]}]"),
                Arguments.of(
                        "PodDisruptionBudget",
                        "apim-aio",
                        "[{'op':'replace','path':'/spec/maxUnavailable','value':2}]"),
                Arguments.of(
                        "Ingress",
                        "apim-gateway",
                        "[{'op':'replace','path':'/spec/rules/0/host','value':'elsewhere.example.com'}]"),
                Arguments.of("ConfigMap", "apim-admitted", "[{'op':'replace','path':'/data/spec.json','value':'{}'}]"),
                Arguments.of("Secret", "apim-admin", "[{'op':'remove','path':'/metadata/labels'}]"),
                Arguments.of(
                        "StatefulSet",
                        "apim-tm",
                        "[{'op':'replace','path':'/spec/template/spec/terminationGracePeriodSeconds','value':7}]"),
                Arguments.of("StatefulSet", "apim-tm", "[{'op':'replace','path':'/spec/replicas','value':1}]"),
                Arguments.of(
                        "StatefulSet",
                        "apim-aio",
                        "[{'op':'replace','path':'/spec/updateStrategy/rollingUpdate/partition','value':2}]"));
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @MethodSource("changes")
    void isTakenBack(String kind, String name, String patch) {
        var before = wanted(kind, name);
        var changed = deployment
                .client()
                .resource(object(kind, name))
                .patch(PatchContext.of(PatchType.JSON), patch.replace('\'', '"'));
        assertThat(wanted(changed)).isNotEqualTo(before);

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(wanted(kind, name)).isEqualTo(before));
        deployment.awaitReady();
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "Service, apim-aio",
        "ServiceAccount, apim",
        "NetworkPolicy, apim-tm",
        "PodDisruptionBudget, apim-tm",
        "Ingress, apim-api",
        "ConfigMap, apim-admitted",
        "ConfigMap, apim-aio-",
        "Secret, apim-env-",
        "Secret, apim-admin",
        "Secret, apim-keys",
        "StatefulSet, apim-tm"
    })
    void bringsBackWhatWasDeleted(String kind, String name) {
        var lost = object(kind, name);
        var before = wanted(kind, name);
        deployment.client().resource(lost).delete();

        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            assertThat(names(kind)).contains(lost.getMetadata().getName());
            assertThat(object(kind, name).getMetadata().getUid())
                    .isNotEqualTo(lost.getMetadata().getUid());
        });
        assertThat(wanted(kind, name)).isEqualTo(before);
        deployment.awaitReady();
    }

    private Stream<String> names(String kind) {
        return deployment.objects().stream()
                .filter(object -> object.getKind().equals(kind))
                .map(object -> object.getMetadata().getName());
    }

    /** The object of a name, or, if that ends with a hyphen, the one that is named so with a digest. */
    private HasMetadata object(String kind, String name) {
        return deployment.objects().stream()
                .filter(object -> object.getKind().equals(kind))
                .filter(object -> name.endsWith("-")
                        ? object.getMetadata().getName().matches(name + "[0-9a-f]{10}")
                        : object.getMetadata().getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private JsonNode wanted(String kind, String name) {
        return wanted(object(kind, name));
    }

    /** An object without what the API server keeps count of. */
    private static JsonNode wanted(HasMetadata object) {
        ObjectNode tree = JSON.valueToTree(object);
        tree.remove("status");
        var metadata = (ObjectNode) tree.get("metadata");
        Stream.of("resourceVersion", "generation", "managedFields", "uid", "creationTimestamp")
                .forEach(metadata::remove);
        // The address that the API server gave to a Service.
        if (tree.at("/spec") instanceof ObjectNode spec) {
            spec.remove("clusterIPs");
            spec.remove("clusterIP");
        }
        return tree;
    }
}
