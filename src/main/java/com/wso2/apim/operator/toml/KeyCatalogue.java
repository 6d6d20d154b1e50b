package com.wso2.apim.operator.toml;

import com.wso2.apim.operator.model.Role;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Keys that the server of one version and tier reads. The server itself ignores a key that it does not know, so a typing
 * error would vanish without a word. {@code keys.txt} is made by {@code hack/key-catalogue.py}.
 */
public final class KeyCatalogue {

    private static final String ANY = "*";
    private static final String ELEMENT = "[]";
    private static final String VERSIONS = "# versions ";
    private static final String OWN_DISTRIBUTION = "-tm";
    private static final List<String> LINES = lines();
    private static final Set<String> COLUMNS = columns();
    private static final Entry ROOT = tree();

    private final String column;

    private KeyCatalogue(String column) {
        this.column = column;
    }

    /** A table or key, and the versions that know it as a key; empty where none does. */
    private record Entry(KeyPath path, Set<String> versions, Map<String, Entry> children) {}

    /** The catalogue of a tier; up to 4.4 a Traffic Manager runs the common distribution. */
    public static KeyCatalogue of(String version, Role role) {
        var own = version + OWN_DISTRIBUTION;
        return new KeyCatalogue(role == Role.TRAFFIC_MANAGER && COLUMNS.contains(own) ? own : version);
    }

    /** Whether the server reads a key. */
    boolean knows(KeyPath path) {
        return matches(ROOT, path.segments(), versions -> versions.contains(column));
    }

    /** Versions whose all-in-one server reads a key. */
    List<String> versions(KeyPath path) {
        return COLUMNS.stream()
                .filter(version -> !version.endsWith(OWN_DISTRIBUTION))
                .filter(version -> matches(ROOT, path.segments(), known -> known.contains(version)))
                .toList();
    }

    /** Every key that the server reads, but those that stand for any. */
    Stream<KeyPath> keys() {
        return keys(ROOT)
                .filter(entry -> entry.versions().contains(column))
                .map(Entry::path)
                .filter(path -> path.segments().stream().noneMatch(ANY::equals))
                .filter(path -> !path.last().endsWith(ELEMENT));
    }

    private static Stream<Entry> keys(Entry entry) {
        return Stream.concat(
                Stream.of(entry), entry.children().values().stream().flatMap(KeyCatalogue::keys));
    }

    private static boolean matches(Entry entry, List<String> segments, Predicate<Set<String>> isKnown) {
        if (segments.isEmpty()) {
            // An empty table is as good as what may be in it.
            return isKnown.test(entry.versions()) || keys(entry).anyMatch(below -> isKnown.test(below.versions()));
        }
        if (entry.path().segments().stream()
                        .reduce((first, last) -> last)
                        .filter(ANY::equals)
                        .isPresent()
                && entry.children().isEmpty()) {
            return isKnown.test(entry.versions());
        }
        var first = segments.get(0);
        var rest = segments.subList(1, segments.size());
        return Stream.of(first, first.endsWith(ELEMENT) ? ANY + ELEMENT : first + ELEMENT, ANY)
                // A list of values is one key; a list of tables is not the table.
                .filter(name -> rest.isEmpty() || !name.equals(first + ELEMENT))
                .map(entry.children()::get)
                .filter(Objects::nonNull)
                .anyMatch(child -> matches(child, rest, isKnown));
    }

    private static List<String> lines() {
        try (var reader = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(KeyCatalogue.class.getResourceAsStream("keys.txt")), StandardCharsets.UTF_8))) {
            return reader.lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<String> columns() {
        return LINES.stream()
                .filter(line -> line.startsWith(VERSIONS))
                .findFirst()
                .map(line -> new LinkedHashSet<>(
                        List.of(line.substring(VERSIONS.length()).split(" "))))
                .orElseThrow();
    }

    /** Each line is one deeper than its table by one space. */
    private static Entry tree() {
        var root = new Entry(KeyPath.ROOT, Set.of(), new TreeMap<>());
        var open = new ArrayDeque<>(List.of(root));
        LINES.stream().filter(line -> !line.startsWith("#")).forEach(line -> {
            var name = line.stripLeading();
            var depth = line.length() - name.length();
            while (open.size() > depth + 1) {
                open.pop();
            }
            var parts = name.split(" =", 2);
            var entry = new Entry(
                    open.element().path().child(parts[0]),
                    parts.length == 1 ? Set.of() : versions(parts[1].strip()),
                    new TreeMap<>());
            open.element().children().put(parts[0], entry);
            open.push(entry);
        });
        return root;
    }

    private static Set<String> versions(String given) {
        return given.isEmpty() ? COLUMNS : Set.of(given.split(" "));
    }
}
