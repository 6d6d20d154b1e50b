package com.wso2.apim.operator.toml;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Values of the user's TOML as the writer takes them; what the server's parser would refuse is a mistake. */
final class UserValue {

    /** Deeper than any table of the product, and shallow enough for every recursion over it. */
    private static final int DEEPEST = 24;

    /** The server stumbles over quotes inside a key and over letters beyond ASCII (seen with its mapper). */
    private static final Pattern KEY = Pattern.compile("[ -&(-~]+");

    private static final Pattern TEMPLATE = Pattern.compile("\\{[{%#]");

    private UserValue() {}

    /** Something that the server could not read. */
    static final class Mistake extends RuntimeException {

        Mistake(String message) {
            super(message);
        }
    }

    /** A table with all that is below it. */
    static Map<String, Object> table(JsonNode node) {
        return table(node, 1);
    }

    static boolean isTables(Object value) {
        return value instanceof List<?> list && list.stream().allMatch(element -> element instanceof Map<?, ?>);
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> asTable(Object value) {
        return (Map<String, Object>) value;
    }

    private static Map<String, Object> table(JsonNode node, int depth) {
        if (depth > DEEPEST) {
            throw new Mistake("tables or lists are nested more than %d times".formatted(DEEPEST));
        }
        var table = new LinkedHashMap<String, Object>();
        node.properties().forEach(entry -> table.put(key(entry.getKey()), value(entry.getValue(), depth)));
        return table;
    }

    private static String key(String key) {
        if (!KEY.matcher(key).matches() || TEMPLATE.matcher(key).find()) {
            throw new Mistake("the server cannot read the key \"%s\": keys have printable ASCII characters without '"
                    .formatted(key));
        }
        return key;
    }

    private static Object value(JsonNode node, int depth) {
        return switch (node.getNodeType()) {
            case OBJECT -> table(node, depth + 1);
            case ARRAY -> list(node, depth + 1);
            case STRING -> node.textValue();
            case BOOLEAN -> node.booleanValue();
            case NUMBER -> number(node);
            default ->
                throw new Mistake(
                        "the server prints dates and times in another form than they are written in: put the value in quotes");
        };
    }

    private static Object number(JsonNode node) {
        if (node.isIntegralNumber()) {
            if (!node.canConvertToLong()) {
                throw new Mistake("the server cannot read a number as large as that: put it in quotes");
            }
            return node.longValue();
        }
        var number = node.doubleValue();
        if (Double.isNaN(number) || Double.isInfinite(number)) {
            throw new Mistake("the server cannot use inf, nan or a number of that size");
        }
        return number;
    }

    private static List<Object> list(JsonNode node, int depth) {
        if (depth > DEEPEST) {
            throw new Mistake("tables or lists are nested more than %d times".formatted(DEEPEST));
        }
        var list = new ArrayList<Object>();
        node.forEach(element -> list.add(value(element, depth)));
        if (list.stream().map(UserValue::kind).distinct().count() > 1) {
            throw new Mistake("the server refuses a list of values of different types: make all of them of one type");
        }
        if (list.stream()
                .anyMatch(inner -> inner instanceof List<?> && isTables(inner) && !((List<?>) inner).isEmpty())) {
            throw new Mistake("a list inside a list cannot hold tables");
        }
        return list;
    }

    private static Class<?> kind(Object value) {
        if (value instanceof Map<?, ?>) {
            return Map.class;
        }
        return value instanceof List<?> ? List.class : value.getClass();
    }
}
