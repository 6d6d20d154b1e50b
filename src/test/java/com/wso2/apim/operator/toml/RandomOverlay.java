package com.wso2.apim.operator.toml;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Overlays of any shape, and the many ways in which people write the same tree. */
final class RandomOverlay {

    private static final List<String> STRINGS = List.of(
            "",
            "plain",
            "with \"quotes\" and \\",
            "it's",
            "two\nlines",
            "tab\t",
            "é日😀",
            "# no comment",
            "[x]",
            "a = b",
            "${carbon.home}",
            "&amp;",
            "=",
            "'''",
            "\"\"\"");

    private final Random random;

    RandomOverlay(Random random) {
        this.random = random;
    }

    Map<String, Object> tree() {
        return table("t", 3);
    }

    private Map<String, Object> table(String prefix, int depth) {
        var table = new LinkedHashMap<String, Object>();
        IntStream.rangeClosed(0, random.nextInt(4))
                .forEach(i -> table.put(
                        random.nextInt(5) == 0 ? prefix + "." + i + " x" : prefix + i, value(prefix + i, depth)));
        return table;
    }

    private Object value(String prefix, int depth) {
        return switch (random.nextInt(depth > 0 ? 8 : 5)) {
            case 0 -> number();
            case 1 -> random.nextBoolean();
            case 2 -> random.nextInt(1000) / 8.0;
            case 3 -> string();
            case 4 ->
                list(List.<Supplier<Object>>of(this::string, this::number, random::nextBoolean)
                        .get(random.nextInt(3)));
            case 5 -> list(() -> table("e", depth - 1));
            default -> table(prefix + "_", depth - 1);
        };
    }

    /** Of at most 18 digits. */
    private long number() {
        return random.nextLong() / 10;
    }

    private String string() {
        return STRINGS.get(random.nextInt(STRINGS.size()));
    }

    private List<Object> list(Supplier<Object> element) {
        return Stream.generate(element).limit(1L + random.nextInt(3)).toList();
    }

    /** The tree, with every top-level table and key as a fragment of its own, some of them twice. */
    static String text(Map<String, Object> tree, Random random) {
        var fragments = new ArrayList<String>();
        tree.forEach((key, value) -> {
            var fragment = TomlWriter.write(Map.of(key, value));
            if (value instanceof Map<?, ?> || value instanceof List<?> list && list.get(0) instanceof Map<?, ?>) {
                var isRepeatable = !fragment.contains("[[");
                fragments.add(isRepeatable && random.nextBoolean() ? fragment + "\n" + fragment : fragment);
            } else {
                fragments.add(0, fragment);
            }
        });
        var text = String.join("\n# next\n", fragments);
        return random.nextBoolean() ? text.replace("\n", "\r\n") : "\uFEFF" + text;
    }
}
