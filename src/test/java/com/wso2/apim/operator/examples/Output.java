package com.wso2.apim.operator.examples;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What an example gives, to be looked into.
 *
 * @param files deployment.toml of each node, by file
 * @param objects by kind and name, as people see them
 */
record Output(Map<String, JsonNode> files, Map<String, JsonNode> objects) {

    private static final ObjectMapper TOML = new TomlMapper();
    private static final ObjectMapper YAML = new YAMLMapper();
    private static final Pattern PATH = Pattern.compile("(\\.?('[^']+'|[^.'\\[\\]]+)(\\[[0-9]+])?)+");
    private static final Pattern SEGMENT = Pattern.compile("'([^']+)'|\\[([0-9]+)]|([^.'\\[\\]]+)");

    /** What is promised beside an example. */
    static Output expected(String example) {
        var directory = Path.of("examples", example, "expected");
        try (var paths = Files.list(directory)) {
            var texts = new TreeMap<String, String>();
            for (var path : paths.toList()) {
                texts.put(path.getFileName().toString(), Files.readString(path));
            }
            var objects = texts.remove("objects.yaml");
            texts.keySet().removeIf(name -> !name.endsWith(".toml"));
            return of(texts, objects);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What an example gives. */
    static Output of(Example example) {
        return of(example.files(), example.objects());
    }

    /** A value as it is written in TOML. */
    static String value(String toml) {
        return toml("value = " + toml).get("value").toString();
    }

    /** What stands at a path: in each element of a list, where the path does not number them. */
    static List<JsonNode> find(JsonNode tree, String path) {
        if (!PATH.matcher(path).matches()) {
            throw new AssertionError("not a path: " + path);
        }
        var found = List.of(tree);
        for (var segment : SEGMENT.matcher(path).results().toList()) {
            found = found.stream().flatMap(node -> step(node, segment)).toList();
        }
        return found;
    }

    private static Stream<JsonNode> step(JsonNode node, MatchResult segment) {
        if (segment.group(2) != null) {
            return Stream.of(node.path(Integer.parseInt(segment.group(2))));
        }
        var name = segment.group(1) == null ? segment.group(3) : segment.group(1);
        return node.isArray() ? node.valueStream().map(element -> element.path(name)) : Stream.of(node.path(name));
    }

    private static Output of(Map<String, String> files, String objects) {
        var trees = new TreeMap<String, JsonNode>();
        files.forEach((file, text) -> trees.put(file, toml(text)));
        var named = new HashMap<String, JsonNode>();
        try (var documents = YAML.readerFor(JsonNode.class).<JsonNode>readValues(objects)) {
            documents.forEachRemaining(object -> named.put(
                    object.get("kind").asText() + "/"
                            + object.at("/metadata/name").asText(),
                    object));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Output(trees, named);
    }

    private static JsonNode toml(String text) {
        try {
            return TOML.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError("not TOML: " + text, e);
        }
    }
}
