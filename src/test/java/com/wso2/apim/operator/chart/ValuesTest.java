package com.wso2.apim.operator.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What values.yaml and its schema promise to whoever reads them. */
class ValuesTest {

    private static final Path VALUES = Path.of(Helm.CHART, "values.yaml");
    private static final Path SCHEMA = Path.of(Helm.CHART, "values.schema.json");

    @Test
    void theSchemaDescribesEveryValueAndNoOther() throws IOException {
        var inSchema = new TreeMap<String, JsonNode>();
        addProperties(new ObjectMapper().readTree(SCHEMA.toFile()), "", inSchema);
        inSchema.remove("/global");
        var inValues = new TreeSet<String>();
        addKeys(new YAMLMapper().readTree(VALUES.toFile()), "", inValues);

        assertThat(inSchema.keySet()).isEqualTo(inValues);
        assertThat(inSchema)
                .allSatisfy((path, value) ->
                        assertThat(value.path("description").asText()).as(path).endsWith("."));
    }

    @Test
    void theSchemaIsStrictWhereItNamesKeys() throws IOException {
        assertThat(new ObjectMapper().readTree(SCHEMA.toFile()).findParents("properties"))
                .allSatisfy(object -> assertThat(object.path("additionalProperties"))
                        .as(object.path("description").asText())
                        .isEqualTo(BooleanNode.FALSE));
    }

    @Test
    void aCommentStandsAboveEveryValue() throws IOException {
        var lines = Files.readAllLines(VALUES);
        for (var line = 1; line < lines.size(); line++) {
            var isStandardResource = lines.get(line).matches("    (cpu|memory): .*|  (requests|limits):");
            if (!lines.get(line).isBlank() && !lines.get(line).strip().startsWith("#") && !isStandardResource) {
                assertThat(lines.get(line - 1).strip()).as(lines.get(line)).startsWith("#");
            }
        }
    }

    private static void addProperties(JsonNode schema, String path, TreeMap<String, JsonNode> found) {
        schema.path("properties").properties().forEach(property -> {
            var child = path + "/" + property.getKey();
            found.put(child, property.getValue());
            addProperties(property.getValue(), child, found);
        });
    }

    private static void addKeys(JsonNode values, String path, TreeSet<String> found) {
        values.properties().forEach(value -> {
            var child = path + "/" + value.getKey();
            found.add(child);
            if (!path.equals("/resources")) {
                addKeys(value.getValue(), child, found);
            }
        });
    }
}
