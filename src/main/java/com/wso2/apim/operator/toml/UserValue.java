package com.wso2.apim.operator.toml;

import com.fasterxml.jackson.databind.JsonNode;
import com.wso2.apim.operator.toml.OverlayProblem.Found;
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

    private UserValue() {}

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
            throw new Found(OverlayProblem.NESTED_TOO_DEEP, DEEPEST);
        }
        var table = new LinkedHashMap<String, Object>();
        node.properties().forEach(entry -> table.put(key(entry.getKey()), value(entry.getValue(), depth)));
        return table;
    }

    private static String key(String key) {
        if (!KEY.matcher(key).matches() || Obstacle.TEMPLATE.matcher(key).find()) {
            throw new Found(OverlayProblem.KEY_NOT_READABLE, key);
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
            default -> throw new Found(OverlayProblem.DATE);
        };
    }

    private static Object number(JsonNode node) {
        if (node.isIntegralNumber()) {
            if (!node.canConvertToLong()) {
                throw new Found(OverlayProblem.NUMBER_TOO_LARGE);
            }
            return node.longValue();
        }
        var number = node.doubleValue();
        if (Double.isNaN(number) || Double.isInfinite(number)) {
            throw new Found(OverlayProblem.NO_NUMBER);
        }
        return number;
    }

    private static List<Object> list(JsonNode node, int depth) {
        if (depth > DEEPEST) {
            throw new Found(OverlayProblem.NESTED_TOO_DEEP, DEEPEST);
        }
        var list = new ArrayList<Object>();
        node.forEach(element -> list.add(value(element, depth)));
        if (list.stream().map(UserValue::kind).distinct().count() > 1) {
            throw new Found(OverlayProblem.MIXED_LIST);
        }
        if (list.stream()
                .anyMatch(inner -> inner instanceof List<?> && isTables(inner) && !((List<?>) inner).isEmpty())) {
            throw new Found(OverlayProblem.TABLES_IN_NESTED_LIST);
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
