package com.wso2.apim.operator.standin;

import com.wso2.apim.operator.support.ConfigMapper;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** A deployment.toml as the server's own mapper reads it, every value by its dotted path; list elements as {@code path[0]}. */
record ServerFile(Map<String, String> values) {

    private static final Pattern ENTITY = Pattern.compile("&(?!(amp|lt|gt|quot|apos|#\\d+);)");

    /** Throws what the mapper throws. */
    static ServerFile read(String toml, String version) {
        var mapper = version.startsWith("4.7") ? ConfigMapper.NEW : ConfigMapper.OLD;
        var values = new TreeMap<String, String>();
        mapper.read(toml).forEach((path, value) -> flatten(path, value, values));
        return new ServerFile(values);
    }

    private static void flatten(String path, Object value, Map<String, String> values) {
        if (value instanceof Map<?, ?> table) {
            table.forEach((key, below) -> flatten(path + "." + key, below, values));
        } else if (value instanceof Collection<?> list) {
            int i = 0;
            for (var element : list) {
                flatten(path + "[" + i++ + "]", element, values);
            }
        } else {
            values.put(path, String.valueOf(value));
        }
    }

    boolean has(String path) {
        return values.containsKey(path);
    }

    /** A value without which the server does not start. */
    String get(String path) {
        var value = values.get(path);
        if (value == null) {
            throw new IllegalStateException("Configuration with key " + path + " doesn't exist");
        }
        return value;
    }

    /** A value that the server reads out of XML, into which the mapper writes it as it is. */
    String ofXml(String path) {
        var value = get(path);
        if (value.contains("<") || ENTITY.matcher(value).find()) {
            throw new IllegalStateException(path + " is no text of XML");
        }
        return value.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&apos;", "'")
                .replace("&amp;", "&");
    }
}
