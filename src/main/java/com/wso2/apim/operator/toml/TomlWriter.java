package com.wso2.apim.operator.toml;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Writes a tree of tables as the product's own file is written: {@code [tables]} and {@code [[arrays of tables]]}, parents
 * before children, each table once. No library writes this form: Jackson's writes dotted keys and inline tables, which the
 * server's parser refuses in part.
 */
public final class TomlWriter {

    private static final Pattern BARE_KEY = Pattern.compile("[A-Za-z0-9_-]+");

    private final StringBuilder text = new StringBuilder();

    private TomlWriter() {}

    /**
     * Writes a tree of maps, lists, strings, numbers and booleans in the order of its entries.
     *
     * @throws IllegalArgumentException for a value of another type or a key that TOML cannot hold
     */
    public static String write(Map<String, ?> root) {
        var writer = new TomlWriter();
        writer.body("", root);
        return writer.text.toString();
    }

    private void body(String path, Map<String, ?> table) {
        table.forEach((key, value) -> {
            if (!isTable(value) && !isTables(value)) {
                text.append(key(key)).append(" = ").append(value(value)).append('\n');
            }
        });
        table.forEach((key, value) -> {
            var child = path.isEmpty() ? key(key) : path + "." + key(key);
            if (isTable(value)) {
                table(child, asTable(value));
            } else if (isTables(value)) {
                ((List<?>) value).forEach(element -> {
                    header("[[" + child + "]]");
                    body(child, asTable(element));
                });
            }
        });
    }

    /** A header is left out where it would stand over nothing but further headers. */
    private void table(String path, Map<String, ?> table) {
        if (table.isEmpty() || table.values().stream().anyMatch(value -> !isTable(value) && !isTables(value))) {
            header("[" + path + "]");
        }
        body(path, table);
    }

    private void header(String header) {
        if (!text.isEmpty()) {
            text.append('\n');
        }
        text.append(header).append('\n');
    }

    private static boolean isTable(Object value) {
        return value instanceof Map<?, ?>;
    }

    private static boolean isTables(Object value) {
        return value instanceof List<?> list && !list.isEmpty() && list.stream().allMatch(TomlWriter::isTable);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, ?> asTable(Object value) {
        return (Map<String, ?>) value;
    }

    /** A key that needs quotes is written as a literal string, as the product's own file does. */
    private static String key(String key) {
        if (BARE_KEY.matcher(key).matches()) {
            return key;
        }
        if (key.isEmpty() || key.chars().anyMatch(c -> c == '\'' || c < ' ' || c == 0x7f)) {
            throw new IllegalArgumentException("not a TOML key: " + key);
        }
        return "'" + key + "'";
    }

    private static String value(Object value) {
        if (value instanceof String string) {
            return string(string);
        }
        if (value instanceof Boolean || value instanceof Integer || value instanceof Long || isFinite(value)) {
            return value.toString();
        }
        if (value instanceof List<?> list) {
            return list.stream().map(TomlWriter::value).collect(Collectors.joining(", ", "[", "]"));
        }
        throw new IllegalArgumentException("no TOML value: " + value);
    }

    private static boolean isFinite(Object value) {
        return value instanceof Double number && Double.isFinite(number);
    }

    private static String string(String string) {
        var quoted = new StringBuilder("\"");
        string.codePoints().forEach(c -> {
            switch (c) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                default -> {
                    if (c < ' ' || c == 0x7f) {
                        quoted.append("\\u%04X".formatted(c));
                    } else {
                        quoted.appendCodePoint(c);
                    }
                }
            }
        });
        return quoted.append('"').toString();
    }
}
