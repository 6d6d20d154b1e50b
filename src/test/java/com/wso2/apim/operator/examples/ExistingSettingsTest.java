package com.wso2.apim.operator.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import com.wso2.apim.operator.model.Problem;
import com.wso2.apim.operator.revision.Admission;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The old files of the example, pasted as they are: what the operator says to them, and what became of each of their keys. */
class ExistingSettingsTest {

    private static final String NAME = "existing-settings";
    private static final Path EXAMPLE = Path.of("examples", NAME);
    private static final TomlMapper TOML = new TomlMapper();

    /** The table of the secure vault: what it held is in Secrets now. */
    private static final String SECURE_VAULT = "secrets.";

    @Test
    void areRefusedAsTheyStandInTheseWords() throws IOException {
        ExamplesTest.assertThatFile(
                EXAMPLE.resolve("expected/refused.txt"),
                refusals().stream().map(line -> line + "\n").collect(Collectors.joining()));
    }

    @ParameterizedTest
    @CsvSource({"all-in-one, allInOne, apim-aio-0", "traffic-manager, trafficManager, apim-tm-0"})
    void areInTheNewFilesOrNamedAsTheOperatorsOwnOrRefused(String before, String part, String after)
            throws IOException {
        var rendered = leaves(EXAMPLE.resolve("expected").resolve(after + ".toml"));
        var named = Stream.concat(
                        refusals().stream(), pasted().warnings().stream().filter(ExistingSettingsTest::isEqual))
                .map(line -> line.split(": ", 2))
                .filter(line -> line[0].equals("spec.config." + part))
                .map(line -> line[1].split(" ", 2)[0])
                .toList();

        assertThat(leaves(EXAMPLE.resolve("before").resolve(before + ".toml")))
                .hasSizeGreaterThan(30)
                .allSatisfy((key, value) -> {
                    if (!named.contains(key) && !key.startsWith(SECURE_VAULT)) {
                        assertThat(rendered).containsEntry(key, value);
                    }
                });
    }

    private static boolean isEqual(String warning) {
        return warning.endsWith(" is what the operator sets anyway: it can be left out");
    }

    private static List<String> refusals() throws IOException {
        return pasted().problems().stream().map(Problem::toString).toList();
    }

    /** The example with the old files as they are in the place of what became of them. */
    private static Admission pasted() throws IOException {
        var config = new TreeMap<String, String>();
        config.put("common", null);
        config.put("allInOne", Files.readString(EXAMPLE.resolve("before/all-in-one.toml")));
        config.put("trafficManager", Files.readString(EXAMPLE.resolve("before/traffic-manager.toml")));
        var change = new ObjectMapper().writeValueAsString(Map.of("spec", Map.of("config", config)));
        return Admission.of(Example.simulation(NAME, change).inputs());
    }

    /** Texts by key; lists, and tables in them, as one text. */
    private static Map<String, String> leaves(Path file) throws IOException {
        var leaves = new TreeMap<String, String>();
        add("", TOML.readTree(Files.readString(file)), leaves);
        return leaves;
    }

    private static void add(String prefix, JsonNode table, Map<String, String> leaves) {
        table.properties().forEach(entry -> {
            if (entry.getValue().isObject()) {
                add(prefix + entry.getKey() + ".", entry.getValue(), leaves);
            } else {
                var value = entry.getValue();
                leaves.put(prefix + entry.getKey(), value.isValueNode() ? value.asText() : value.toString());
            }
        });
    }
}
