package com.wso2.apim.operator.revision;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.wso2.apim.operator.model.Cluster;
import com.wso2.apim.operator.model.Names;
import com.wso2.apim.operator.model.Problem;
import com.wso2.apim.operator.model.Resolver;
import com.wso2.apim.operator.model.Role;
import com.wso2.apim.operator.support.AdmittedResource;
import com.wso2.apim.operator.support.Installation;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of the user's own part of the pods. */
class PodShapeTest {

    private static final Path TABLES = Path.of("src/test/resources/pod-template");
    private static final ObjectMapper YAML = new YAMLMapper();
    private static final ObjectMapper JSON = new ObjectMapper();

    /** A row of merges.yaml. */
    record Merge(String name, JsonNode given, String at, JsonNode gives) {

        @Override
        public String toString() {
            return name;
        }
    }

    /** A row of refusals.yaml. */
    record Refusal(JsonNode given, List<String> says) {

        @Override
        public String toString() {
            return given.toString();
        }
    }

    @ParameterizedTest
    @MethodSource
    void merges(Merge merge) throws IOException {
        var cluster = cluster("allInOne", merge.given());

        assertThat(PodShape.problems(cluster)).isEmpty();
        var there = JSON.readTree(Hash.canonical(template(cluster, Role.ALL_IN_ONE)))
                .at(merge.at());
        var expected = merge.gives().isNull() ? MissingNode.getInstance() : merge.gives();
        assertThat(there).isEqualTo(JSON.readTree(expected.isMissingNode() ? "" : Hash.canonical(expected)));
    }

    private static List<Merge> merges() throws IOException {
        return YAML.readValue(Files.readString(TABLES.resolve("merges.yaml")), new TypeReference<>() {});
    }

    @ParameterizedTest
    @MethodSource
    void refuses(Refusal refusal) {
        assertThat(PodShape.problems(cluster("allInOne", refusal.given())))
                .extracting(Problem::toString)
                .containsExactlyElementsOf(refusal.says().stream()
                        .map(says -> "spec.allInOne.podTemplate." + says)
                        .toList());
    }

    private static List<Refusal> refuses() throws IOException {
        return YAML.readValue(Files.readString(TABLES.resolve("refusals.yaml")), new TypeReference<>() {});
    }

    /** Whatever a user may leave out or set to null, the operator can start the pod from it. */
    @ParameterizedTest
    @EnumSource
    void leavesATemplateAloneThatSaysNothing(Role role) {
        var without = cluster("allInOne", JSON.createObjectNode());

        assertThat(template(without, role))
                .isEqualTo(new PodTemplate(without, without.tier(role), "revision", "environment", "stores").own());
    }

    @Test
    void concernsTheTierThatItIsWrittenFor() throws IOException {
        var cluster = cluster("trafficManager", YAML.readTree("{spec: {priorityClassName: important}}"));

        assertThat(template(cluster, Role.TRAFFIC_MANAGER).getSpec().getPriorityClassName())
                .isEqualTo("important");
        assertThat(template(cluster, Role.ALL_IN_ONE).getSpec().getPriorityClassName())
                .isNull();
    }

    @Test
    void makesAnotherRevisionOfItsTierOnly() throws IOException {
        var before = cluster("allInOne", JSON.createObjectNode());
        var after = cluster("allInOne", YAML.readTree("{metadata: {annotations: {a: b}}}"));

        assertThat(revision(after, Role.ALL_IN_ONE).name())
                .isNotEqualTo(revision(before, Role.ALL_IN_ONE).name());
        assertThat(revision(after, Role.TRAFFIC_MANAGER)).isEqualTo(revision(before, Role.TRAFFIC_MANAGER));
    }

    @Test
    void isStoredWithItsRevision() throws IOException {
        var revision = revision(
                cluster("allInOne", YAML.readTree("{spec: {containers: [{name: logs, image: 'logs:1'}]}}")),
                Role.ALL_IN_ONE);

        assertThat(Hash.parse(revision.data().get("pod-template.json"), PodTemplateSpec.class))
                .isEqualTo(revision.template());
        assertThat(revision.data().get("pod-template.json")).contains("logs:1");
    }

    /** Otherwise a retained Secret that a sidecar mounts would be taken for one that the servers mount, and be replaced. */
    @Test
    void bringsNoSecretOfTheUsersIntoTheRevision() throws IOException {
        var given = YAML.readTree("""
                {spec: {containers: [{name: logs, image: 'logs:1', envFrom: [{secretRef: {name: logs}}]}],
                volumes: [{name: keys, secret: {secretName: apim-keys}}]}}""");

        assertThat(revision(cluster("allInOne", given), Role.ALL_IN_ONE).secrets())
                .containsExactlyInAnyOrder("environment", "stores");
    }

    private static Revision revision(Cluster cluster, Role role) {
        return Revision.of(cluster, role, Map.of(), "environment", "stores");
    }

    private static PodTemplateSpec template(Cluster cluster, Role role) {
        return new PodTemplate(cluster, cluster.tier(role), "revision", "environment", "stores").build();
    }

    private static Cluster cluster(String tier, JsonNode podTemplate) {
        var change = Optional.of(podTemplate)
                .map(template ->
                        "{spec: {%s: {env: [{name: ZONE, value: a}], podTemplate: %s}}}".formatted(tier, template))
                .orElseThrow();
        var resource = AdmittedResource.of(
                Path.of("src/test/resources/reference/cr.yaml"), "{spec: {version: 4.5.0}}", change);
        return Resolver.resolve(new Names("wso2", "apim"), resource.getSpec(), Installation.SETTINGS)
                .cluster()
                .orElseThrow();
    }
}
