package com.wso2.apim.operator.examples;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/**
 * A tree as a server holds it after its start: tables become dotted keys, in lists of tables too, and variables and references
 * are replaced by their values.
 */
final class ReadTree {

    private static final Pattern VARIABLE = Pattern.compile("\\$env\\{([^}]*)}");
    private static final Pattern REFERENCE = Pattern.compile("\\$ref\\{([^}]*)}");

    private ReadTree() {}

    static Map<String, Object> of(JsonNode tree) {
        var values = new TreeMap<String, Object>();
        add("", tree, values);
        values.replaceAll((key, value) -> value instanceof String text
                ? REFERENCE.matcher(text).replaceAll(match -> (String) values.get(match.group(1)))
                : value);
        return values;
    }

    private static void add(String prefix, JsonNode table, Map<String, Object> values) {
        table.properties().forEach(entry -> {
            var key = prefix + (entry.getKey().contains(".") ? "'" + entry.getKey() + "'" : entry.getKey());
            var value = entry.getValue();
            if (value.isObject()) {
                add(key + ".", value, values);
            } else {
                values.put(key, value(value));
            }
        });
    }

    private static Object value(JsonNode value) {
        if (value.isTextual()) {
            return VARIABLE.matcher(value.asText()).replaceAll(match -> System.getenv(match.group(1)));
        }
        return value.isArray()
                ? StreamSupport.stream(value.spliterator(), false)
                        .map(ReadTree::element)
                        .toList()
                : value;
    }

    private static Object element(JsonNode value) {
        if (!value.isObject()) {
            return value(value);
        }
        var values = new TreeMap<String, Object>();
        add("", value, values);
        return values;
    }
}
