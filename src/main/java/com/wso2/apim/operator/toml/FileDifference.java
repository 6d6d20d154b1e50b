package com.wso2.apim.operator.toml;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/** In which keys two files differ, as {@code [apim.throttling] throttle_decision_endpoints changed}; never a value. */
public final class FileDifference {

    private static final TomlMapper TOML = new TomlMapper();

    private final List<String> words = new ArrayList<>();

    private FileDifference() {}

    /** The keys that were added, removed or changed. */
    public static List<String> between(String before, String after) {
        var difference = new FileDifference();
        try {
            difference.tables("", "", TOML.readTree(before), TOML.readTree(after));
            return List.copyOf(difference.words);
        } catch (JsonProcessingException unreadable) {
            return before.equals(after) ? List.of() : List.of("deployment.toml changed");
        }
    }

    private void tables(String path, String header, JsonNode before, JsonNode after) {
        var keys = new LinkedHashSet<String>();
        before.fieldNames().forEachRemaining(keys::add);
        after.fieldNames().forEachRemaining(keys::add);
        keys.forEach(
                key -> values(path.isEmpty() ? key : path + "." + key, header + key, before.get(key), after.get(key)));
    }

    private void values(String path, String name, JsonNode before, JsonNode after) {
        if (before == null || after == null) {
            words.add(name(path, name, before == null ? after : before) + (before == null ? " added" : " removed"));
        } else if (before.isObject() && after.isObject()) {
            tables(path, "[" + path + "] ", before, after);
        } else if (isTables(before) && isTables(after) && before.size() == after.size()) {
            for (int i = 0; i < before.size(); i++) {
                tables(path, "[[" + path + "]] ", before.get(i), after.get(i));
            }
        } else if (!before.equals(after)) {
            words.add(name(path, name, after) + " changed");
        }
    }

    private static String name(String path, String name, JsonNode value) {
        return value.isObject() ? "[" + path + "]" : isTables(value) ? "[[" + path + "]]" : name;
    }

    private static boolean isTables(JsonNode value) {
        return value.isArray() && !value.isEmpty() && value.get(0).isObject();
    }
}
