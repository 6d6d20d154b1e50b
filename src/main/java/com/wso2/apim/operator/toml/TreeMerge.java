package com.wso2.apim.operator.toml;

import com.wso2.apim.operator.toml.OverlayProblem.Found;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Merges one tree of tables over another, by structure; neither is changed. */
final class TreeMerge {

    /** What tells the tables of one list apart; uri_path, so that nobody loses the health check's own permission. */
    private static final List<String> NATURAL_KEYS = List.of("id", "name", "uri_path");

    private TreeMerge() {}

    /**
     * Tables merge, and so do lists of tables that have names; everything else replaces.
     *
     * @throws Found where one has a table and the other a value
     */
    static Map<String, Object> merge(Map<String, Object> base, Map<String, Object> over) {
        return tables(KeyPath.ROOT, base, over);
    }

    /** What stands at a place of a tree, below tables only. */
    static Optional<Object> find(Map<String, Object> tree, KeyPath path) {
        Optional<Object> found = Optional.of(tree);
        for (var key : path.segments()) {
            found = found.filter(Map.class::isInstance)
                    .map(table -> UserValue.asTable(table).get(key));
        }
        return found;
    }

    private static Map<String, Object> tables(KeyPath path, Map<String, Object> base, Map<String, Object> over) {
        var merged = new LinkedHashMap<>(base);
        over.forEach((key, value) -> merged.merge(key, value, (ours, given) -> value(path.child(key), ours, given)));
        return merged;
    }

    private static Object value(KeyPath path, Object ours, Object given) {
        if (ours instanceof Map<?, ?> && given instanceof Map<?, ?>) {
            return tables(path, UserValue.asTable(ours), UserValue.asTable(given));
        }
        if (isNonEmptyTables(ours) && given instanceof Map<?, ?>) {
            throw new Found(OverlayProblem.TABLE_FOR_A_LIST, path);
        }
        if (ours instanceof Map<?, ?>) {
            throw new Found(OverlayProblem.VALUE_FOR_A_TABLE, path);
        }
        if (given instanceof Map<?, ?>) {
            throw new Found(OverlayProblem.TABLE_FOR_A_VALUE, path);
        }
        if (isNonEmptyTables(ours) && !UserValue.isTables(given)) {
            throw new Found(OverlayProblem.TABLE_FOR_A_LIST, path);
        }
        return isNonEmptyTables(ours) ? lists(path, (List<?>) ours, (List<?>) given) : given;
    }

    private static boolean isNonEmptyTables(Object value) {
        return UserValue.isTables(value) && !((List<?>) value).isEmpty();
    }

    private static List<?> lists(KeyPath path, List<?> ours, List<?> given) {
        if (!given.stream().allMatch(TreeMerge::isNamed) || !ours.stream().allMatch(TreeMerge::isNamed)) {
            return given;
        }
        var merged = new ArrayList<Map<String, Object>>();
        ours.forEach(table -> merged.add(UserValue.asTable(table)));
        for (var element : given) {
            var table = UserValue.asTable(element);
            var same = merged.stream().filter(one -> isSame(one, table)).findFirst();
            same.map(merged::indexOf)
                    .ifPresentOrElse(
                            index -> merged.set(index, tables(path.element(), merged.get(index), table)),
                            () -> merged.add(table));
        }
        return merged;
    }

    private static boolean isNamed(Object table) {
        return NATURAL_KEYS.stream().anyMatch(UserValue.asTable(table)::containsKey);
    }

    /** Whether two tables have the same name, by the first key for it that both have. */
    private static boolean isSame(Map<String, Object> one, Map<String, Object> other) {
        return NATURAL_KEYS.stream()
                .filter(key -> one.containsKey(key) && other.containsKey(key))
                .findFirst()
                .flatMap(key -> Optional.of(one.get(key).equals(other.get(key))))
                .orElse(false);
    }
}
