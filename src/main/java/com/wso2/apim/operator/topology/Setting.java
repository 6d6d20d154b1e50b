package com.wso2.apim.operator.topology;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * One string of a deployment.toml.
 *
 * @param key as the file has it: {@code [apim.throttling] event_duplicate_url}; each element of a list has the list's
 * @param place which tables of their arrays it stands in, counted in an order that does not depend on the file's
 */
record Setting(String key, List<Integer> place, String value) {

    private static final TomlMapper TOML = new TomlMapper();
    private static final Comparator<Setting> ORDER = Comparator.comparing(Setting::key)
            .thenComparing(setting -> setting.place().toString())
            .thenComparing(Setting::value);

    /** Every string of a file; the order of its tables, keys and list elements makes no difference. */
    static List<Setting> read(String toml) throws JsonProcessingException {
        return table("", "", TOML.readTree(toml));
    }

    private static List<Setting> table(String path, String header, JsonNode table) {
        return table.properties().stream()
                .flatMap(entry -> value(path, header, entry.getKey(), entry.getValue()))
                .sorted(ORDER)
                .toList();
    }

    private static Stream<Setting> value(String path, String header, String key, JsonNode value) {
        var child = path.isEmpty() ? key : path + "." + key;
        if (value.isObject()) {
            return table(child, "[" + child + "] ", value).stream();
        }
        if (value.isArray()) {
            var elements = new ArrayList<JsonNode>();
            value.forEach(elements::add);
            return Stream.concat(
                    elements.stream()
                            .filter(element -> !element.isObject())
                            .flatMap(element -> value(path, header, key, element)),
                    tables(child, elements.stream().filter(JsonNode::isObject).toList()));
        }
        return value.isTextual() ? Stream.of(new Setting(header + key, List.of(), value.textValue())) : Stream.empty();
    }

    private static Stream<Setting> tables(String path, List<JsonNode> tables) {
        var read = tables.stream()
                .map(table -> table(path, "[[" + path + "]] ", table))
                .sorted(Comparator.comparing(List::toString))
                .toList();
        return Stream.iterate(0, i -> i < read.size(), i -> i + 1)
                .flatMap(i -> read.get(i).stream().map(setting -> setting.in(i)));
    }

    private Setting in(int table) {
        return new Setting(key, Stream.concat(Stream.of(table), place.stream()).toList(), value);
    }
}
