package com.wso2.apim.operator.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.wso2.apim.operator.examples.SeedMap.Claim;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The page that says where each step of the vendor's document stands in the output says the truth, and says it all. */
class SeedMapTest {

    private static final String EXAMPLE = "active-active";
    private static final String PAGE = text(Path.of("docs", "seed-map.md"));
    private static final SeedMap MAP = SeedMap.of(PAGE);
    private static final Output EXPECTED = Output.expected(EXAMPLE);
    private static final Map<String, List<String>> DOCUMENT = document();
    private static final JsonNode SCHEMA = schema();
    private static final Pattern FIELD = Pattern.compile("`(spec\\.[A-Za-z.]+)`");

    @ParameterizedTest
    @MethodSource
    void saysWhatTheExampleGives(Claim claim) {
        assertThat(claim.lies(EXPECTED)).as("line %d", claim.line()).isEmpty();
    }

    private static Stream<Claim> saysWhatTheExampleGives() {
        return MAP.claims().stream().filter(claim -> claim.change().isEmpty());
    }

    @ParameterizedTest
    @MethodSource
    void saysWhatAChangeGives(String change) {
        var output = Output.of(Example.changed(EXAMPLE, "{spec: %s}".formatted(change)));

        assertThat(MAP.claims())
                .filteredOn(claim -> claim.change().equals(change))
                .allSatisfy(claim -> assertThat(claim.lies(output))
                        .as("line %d", claim.line())
                        .isEmpty());
    }

    private static Stream<String> saysWhatAChangeGives() {
        return MAP.claims().stream()
                .map(Claim::change)
                .filter(Predicate.not(String::isEmpty))
                .distinct();
    }

    @ParameterizedTest
    @MethodSource
    void takesEveryKeyOfTheDocument(String step) {
        var claims =
                MAP.claims().stream().filter(claim -> claim.step().equals(step)).toList();

        assertThat(claims).isNotEmpty();
        assertThat(claims.stream().map(Claim::key)).containsAll(DOCUMENT.get(step));
    }

    private static Set<String> takesEveryKeyOfTheDocument() {
        return DOCUMENT.keySet();
    }

    /** The page says that nothing else differs. */
    @ParameterizedTest
    @CsvSource({"all-in-one 0, apim-aio-0.toml, apim-aio-1.toml", "Traffic Manager 1, apim-tm-1.toml, apim-tm-0.toml"})
    void namesWhatDiffersBetweenTheNodesOfATier(String place, String file, String other) {
        var differing = leaves("", EXPECTED.files().get(file))
                .filter(path -> !Output.find(EXPECTED.files().get(file), path)
                        .equals(Output.find(EXPECTED.files().get(other), path)));

        assertThat(saysWhatTheExampleGives()
                        .filter(claim -> claim.place().equals(place))
                        .map(Claim::subject))
                .containsExactlyInAnyOrderElementsOf(differing.toList());
    }

    private static Stream<String> leaves(String path, JsonNode node) {
        return node.isObject()
                ? node.properties().stream()
                        .flatMap(entry -> leaves(path + (path.isEmpty() ? "" : ".") + entry.getKey(), entry.getValue()))
                : Stream.of(path);
    }

    @Test
    void namesFieldsThatTheResourceHas() {
        assertThat(FIELD.matcher(PAGE).results().map(match -> match.group(1)).distinct())
                .hasSizeGreaterThan(10)
                .allMatch(SeedMapTest::hasField);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            all-in-one; server.hostnam; ; apim-aio-0.toml has no server.hostnam
            every node; apim.cache_invalidation.enabled; ; apim-tm-0.toml has no apim.cache_invalidation.enabled
            all-in-one; server.hostname; "gw.am.wso2.com"; apim-aio-1.toml says server.hostname = ["api.am.wso2.com"]
            all-in-one; transport.https.properties.proxyPort; "443"; apim-aio-0.toml says transport.https.properties.proxyPort = [443]
            all-in-one; apim.throttling.url_group[2]; ; apim-aio-0.toml has no apim.throttling.url_group[2]
            nowhere; server.node_ip; ; apim-tm-1.toml has server.node_ip
            no Traffic Manager; apim.event_hub; ; apim-tm-0.toml has apim.event_hub
            nowhere; server.offset; 3; no value can stand where there is no key
            objects; StatefulSet/apim-gw; ; there is no StatefulSet/apim-gw
            objects; StatefulSet/apim-aio spec.replica; ; StatefulSet/apim-aio has no spec.replica
            objects; StatefulSet/apim-aio spec.replicas; 3; StatefulSet/apim-aio says spec.replicas = [2]
            """)
    void noticesALie(String place, String subject, String value, String lie) {
        var row = "| It asks for | In | Key or object | Value |\n|---|---|---|---|\n| | %s | `%s` | %s |"
                .formatted(place, subject, value == null ? "" : "`" + value + "`");

        assertThat(SeedMap.of(row).claims()).singleElement().satisfies(claim -> assertThat(claim.lies(EXPECTED))
                .contains(lie));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            | every node | server.hostname | |; not code
            | every node | | |; do not fit
            | | `server.hostname` | |; do not fit
            | – | `server.hostname` | |; do not fit
            | – | | `443` |; do not fit
            | every node | `server.hostname` |; has 3 cells
            """)
    void refusesARowThatClaimsNothingClear(String cells, String message) {
        var row = "| It asks for | In | Key or object | Value |\n|---|---|---|---|\n| x " + cells;

        assertThatThrownBy(() -> SeedMap.of(row)).hasMessageContaining(message);
    }

    private static boolean hasField(String path) {
        return Output.find(SCHEMA, "properties." + path.replace(".", ".properties.")).stream()
                .noneMatch(JsonNode::isMissingNode);
    }

    /** Keys of the document by step. */
    private static Map<String, List<String>> document() {
        var steps = new LinkedHashMap<String, List<String>>();
        List<String> keys = new ArrayList<>();
        for (var line :
                text(Path.of("src/test/resources/seed/keys.txt")).lines().toList()) {
            if (line.startsWith("Step ")) {
                keys = steps.computeIfAbsent(line, step -> new ArrayList<>());
            } else if (!line.startsWith("#")) {
                keys.add(line);
            }
        }
        return steps;
    }

    private static JsonNode schema() {
        try {
            var crd = text(Path.of("crds", "apimanagerclusters.apim.wso2.com-v1.yml"));
            return new YAMLMapper().readTree(crd).at("/spec/versions/0/schema/openAPIV3Schema");
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
