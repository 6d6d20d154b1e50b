package com.wso2.apim.operator.toml;

import static com.wso2.apim.operator.support.Trees.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import com.wso2.apim.operator.model.Cluster;
import com.wso2.apim.operator.model.Names;
import com.wso2.apim.operator.model.Node;
import com.wso2.apim.operator.model.Problem;
import com.wso2.apim.operator.model.Resolver;
import com.wso2.apim.operator.model.Role;
import com.wso2.apim.operator.support.AdmittedResource;
import com.wso2.apim.operator.support.ConfigMapper;
import com.wso2.apim.operator.support.Installation;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The user's own TOML: what is merged, what is refused and in which words. */
class OverlayTest {

    private static final Path RESOURCE = Path.of("src/test/resources/reference/cr.yaml");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TomlMapper TOML = new TomlMapper();
    private static final List<OverlayCase> CASES = OverlayCase.all();
    private static final int OVERLAYS = 60;
    private static final String VARIABLES =
            "{spec: {allInOne: {env: [{name: CHOREO_TOKEN, valueFrom: {secretKeyRef: {name: choreo, key: token}}}]}}}";

    @Test
    void areManyAndAreWhatPeoplePaste() {
        assertThat(CASES).hasSizeGreaterThanOrEqualTo(OVERLAYS).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isMergedOrRefusedInWords(OverlayCase given) throws JsonProcessingException {
        var with = cluster(given.version(), overlay(given.part(), given.toml()));

        assertThat(rendered(with)
                        .flatMap(node -> node.problems().stream())
                        .map(Problem::toString)
                        .distinct())
                .containsExactlyElementsOf(given.problems());
        assertThat(rendered(with).flatMap(node -> node.warnings().stream()).distinct())
                .containsExactlyElementsOf(given.warnings());
        if (given.problems().isEmpty()) {
            assertMerged(given, with);
        }
    }

    private static void assertMerged(OverlayCase given, Cluster with) throws JsonProcessingException {
        var without = cluster(given.version());
        for (var node : nodes(with).toList()) {
            var expected = parsed(ServerFile.render(without, node).text());
            if (isFor(given.part(), node.role())) {
                for (var value : given.values()) {
                    var parts = value.split(" = ", 2);
                    put(expected, JsonPointer.compile(parts[0]), JSON.readTree(parts[1]));
                }
            }
            var text = ServerFile.render(with, node).text();
            assertThat(parsed(text)).as(node + "\n" + text).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @MethodSource("accepted")
    void isTakenByTheServersOwnReader(ConfigMapper mapper, OverlayCase given) {
        var with = cluster(given.version(), overlay(given.part(), given.toml()));

        nodes(with)
                .filter(node -> node.ordinal() == 0 && isFor(given.part(), node.role()))
                .map(node -> ServerFile.render(with, node).text())
                .forEach(
                        text -> assertThatCode(() -> mapper.read(text)).as(text).doesNotThrowAnyException());
    }

    @Test
    void changesNothingIfThereIsNone() {
        var without = cluster("4.5.0");
        var blank = cluster("4.5.0", overlay("common", " \n\t\n"), overlay("allInOne", "# nothing yet\n"));

        nodes(without).forEach(node -> assertThat(ServerFile.render(blank, node))
                .isEqualTo(ServerFile.render(without, node)));
    }

    @Test
    void ofATierIsMergedAfterThatOfBoth() throws JsonProcessingException {
        var cluster = cluster(
                "4.5.0",
                overlay("common", "[tenant_mgt]\nenable_email_domain = true\ntenant_idle_timeout = 30\n"),
                overlay("trafficManager", "[tenant_mgt]\ntenant_idle_timeout = 60\n"));

        nodes(cluster).forEach(node -> assertThat(
                        parsed(ServerFile.render(cluster, node).text())
                                .at("/tenant_mgt")
                                .toString())
                .isEqualTo("{\"enable_email_domain\":true,\"tenant_idle_timeout\":%d}"
                        .formatted(node.role() == Role.ALL_IN_ONE ? 30 : 60)));
    }

    @Test
    void neverComesBackWithAPasswordInAMessage() {
        var text = "[super_admin]\npassword = 'hunter2'\n[database.apim_db]\npassword = \"hunter2\"\n";
        var broken = "[a]\npassword = 'hunter2's'\n";

        assertThat(Stream.of(text, broken)
                        .flatMap(toml -> rendered(cluster("4.5.0", overlay("common", toml))))
                        .flatMap(node -> node.problems().stream()))
                .hasSizeGreaterThan(2)
                .allSatisfy(problem -> assertThat(problem.toString()).doesNotContain("hunter2"));
    }

    @Test
    void ofAnySizeAndDepthIsAnswered() {
        var deep = "a" + ".a".repeat(20_000) + " = 1\n";
        var open = "a = " + "[".repeat(60_000);
        var many = IntStream.range(0, 3_000)
                .mapToObj(i -> "unknown_key_%d = 1\n".formatted(i))
                .reduce("[apim.throttling]\n", String::concat);

        assertThat(rendered(cluster("4.5.0", overlay("common", deep))))
                .allMatch(node -> node.problems().size() == 1);
        assertThat(rendered(cluster("4.5.0", overlay("common", open))))
                .allMatch(node -> node.problems().size() == 1);
        assertThat(rendered(cluster("4.5.0", overlay("allInOne", many))).limit(1))
                .allMatch(node -> node.warnings().size() == 21);
    }

    @ParameterizedTest
    @EnumSource
    void losesNothingOfATreeOfAnyShape(ConfigMapper mapper) {
        IntStream.range(0, 100).forEach(seed -> {
            var tree = new RandomOverlay(new Random(seed)).tree();
            var cluster = cluster("4.5.0", overlay("allInOne", RandomOverlay.text(tree, new Random(seed))));
            var node = new Node(Role.ALL_IN_ONE, 0);
            var rendered = ServerFile.render(cluster, node);

            assertThat(rendered.problems()).isEmpty();
            var expected = new LinkedHashMap<>(ServerFile.own(cluster, node));
            expected.putAll(tree);
            var read = json(mapper.tree(rendered.text()));
            json(expected).properties().forEach(table -> assertThat(read.get(table.getKey()))
                    .as(table.getKey())
                    .isEqualTo(table.getValue()));
            assertThat(read.size()).isEqualTo(expected.size());
            assertThat(ServerFile.render(cluster, node)).isEqualTo(rendered);
            if (seed % 10 == 0) {
                assertThatCode(() -> mapper.read(rendered.text())).doesNotThrowAnyException();
            }
        });
    }

    private static List<OverlayCase> cases() {
        return CASES;
    }

    private static Stream<Arguments> accepted() {
        return CASES.stream()
                .filter(given -> given.problems().isEmpty())
                .flatMap(given -> Stream.of(ConfigMapper.values()).map(mapper -> Arguments.of(mapper, given)));
    }

    private static boolean isFor(String part, Role role) {
        return part.equals("common") || part.equals("allInOne") == (role == Role.ALL_IN_ONE);
    }

    private static void put(JsonNode tree, JsonPointer pointer, JsonNode value) {
        var parent = tree.at(pointer.head());
        if (parent.isMissingNode()) {
            put(tree, pointer.head(), JSON.createObjectNode());
            parent = tree.at(pointer.head());
        }
        var last = pointer.last();
        if (parent instanceof ArrayNode list) {
            if (last.getMatchingIndex() < list.size()) {
                list.set(last.getMatchingIndex(), value);
            } else {
                list.add(value);
            }
        } else {
            ((ObjectNode) parent).set(last.getMatchingProperty(), value);
        }
    }

    private static Stream<Rendered> rendered(Cluster cluster) {
        return nodes(cluster).map(node -> ServerFile.render(cluster, node));
    }

    private static Stream<Node> nodes(Cluster cluster) {
        return cluster.tiers().stream().flatMap(tier -> tier.nodes().stream());
    }

    private static String overlay(String part, String toml) {
        return JSON.valueToTree(Map.of("spec", Map.of("config", Map.of(part, toml))))
                .toString();
    }

    private static Cluster cluster(String version, String... changes) {
        var all = Stream.concat(Stream.of("{spec: {version: %s}}".formatted(version), VARIABLES), Stream.of(changes));
        var resource = AdmittedResource.of(RESOURCE, all.toArray(String[]::new));
        return Resolver.resolve(new Names("wso2", "apim"), resource.getSpec(), Installation.SETTINGS)
                .cluster()
                .orElseThrow();
    }

    private static JsonNode parsed(String toml) {
        try {
            return json(TOML.readTree(toml));
        } catch (JsonProcessingException e) {
            throw new AssertionError("Jackson refuses\n" + toml, e);
        }
    }
}
