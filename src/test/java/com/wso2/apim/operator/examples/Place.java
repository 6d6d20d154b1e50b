package com.wso2.apim.operator.examples;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Where a row of the page says that something stands, or does not. */
enum Place {
    EVERY_NODE("every node", ".*", true),
    ALL_IN_ONE("all-in-one", "apim-aio-.*", true),
    ALL_IN_ONE_0("all-in-one 0", "apim-aio-0.*", true),
    ALL_IN_ONE_1("all-in-one 1", "apim-aio-1.*", true),
    TRAFFIC_MANAGERS("Traffic Managers", "apim-tm-.*", true),
    TRAFFIC_MANAGER_0("Traffic Manager 0", "apim-tm-0.*", true),
    TRAFFIC_MANAGER_1("Traffic Manager 1", "apim-tm-1.*", true),
    NO_ALL_IN_ONE("no all-in-one", "apim-aio-.*", false),
    NO_TRAFFIC_MANAGER("no Traffic Manager", "apim-tm-.*", false),
    NOWHERE("nowhere", ".*", false),
    OBJECTS("objects", "", true);

    private final String word;
    private final Pattern files;
    private final boolean isThere;

    Place(String word, String files, boolean isThere) {
        this.word = word;
        this.files = Pattern.compile(files);
        this.isThere = isThere;
    }

    static Place of(String word) {
        return Stream.of(values())
                .filter(place -> place.word.equals(word))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no place: " + word));
    }

    /** What is wrong with a claim about this place. */
    Stream<String> lies(Output output, String subject, String value) {
        if (this == OBJECTS) {
            return object(output.objects(), subject, value);
        }
        if (!isThere && !value.isEmpty()) {
            return Stream.of("no value can stand where there is no key");
        }
        var trees = output.files().entrySet().stream()
                .filter(file -> files.matcher(file.getKey()).matches())
                .toList();
        return trees.isEmpty()
                ? Stream.of("there is no such node")
                : trees.stream().flatMap(file -> tree(file.getKey(), file.getValue(), subject, value));
    }

    private Stream<String> object(Map<String, JsonNode> objects, String subject, String value) {
        var words = subject.split(" ", 2);
        if (!objects.containsKey(words[0])) {
            return Stream.of("there is no " + words[0]);
        }
        return words.length == 1 ? Stream.empty() : tree(words[0], objects.get(words[0]), words[1], value);
    }

    private Stream<String> tree(String name, JsonNode tree, String path, String value) {
        var found = Output.find(tree, path);
        if (!isThere) {
            return found.stream().allMatch(JsonNode::isMissingNode)
                    ? Stream.empty()
                    : Stream.of("%s has %s".formatted(name, path));
        }
        if (found.isEmpty() || found.stream().anyMatch(JsonNode::isMissingNode)) {
            return Stream.of("%s has no %s".formatted(name, path));
        }
        var others = differing(found, value);
        return others.isEmpty() ? Stream.empty() : Stream.of("%s says %s = %s".formatted(name, path, others));
    }

    private static List<String> differing(List<JsonNode> found, String value) {
        return found.stream()
                .map(JsonNode::toString)
                .filter(text -> !value.isEmpty() && !text.equals(Output.value(value)))
                .toList();
    }
}
