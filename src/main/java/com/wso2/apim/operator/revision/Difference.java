package com.wso2.apim.operator.revision;

import com.fasterxml.jackson.databind.JsonNode;
import com.wso2.apim.operator.model.Names;
import com.wso2.apim.operator.model.Role;
import com.wso2.apim.operator.toml.FileDifference;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** In what two revisions of a tier differ, in words; never a value, which may be somebody's secret. */
public final class Difference {

    private static final int MOST_WORDS = 8;

    private final Set<String> words = new LinkedHashSet<>();

    private Difference() {}

    /** A sentence for each tier that differs. */
    static List<String> between(Map<Role, Revision> before, Map<Role, Revision> after) {
        return Stream.of(Role.values())
                .filter(role -> !before.get(role).name().equals(after.get(role).name()))
                .map(role -> role.component() + ": " + words(before.get(role), after.get(role)))
                .toList();
    }

    /** In what two revisions of a tier differ, at most eight things by name. */
    public static String words(Revision before, Revision after) {
        var difference = new Difference();
        difference.fields(List.of(), tree(before), tree(after));
        union(before.files().keySet(), after.files().keySet()).stream()
                .flatMap(file ->
                        FileDifference.between(
                                before.files().getOrDefault(file, ""),
                                after.files().getOrDefault(file, ""))
                                .stream())
                .forEach(difference.words::add);
        var words = difference.words;
        if (words.isEmpty()) {
            return "the name of the revision";
        }
        return words.stream().limit(MOST_WORDS).collect(Collectors.joining(", "))
                + (words.size() > MOST_WORDS ? " and %d more".formatted(words.size() - MOST_WORDS) : "");
    }

    /** The template without the name of its own revision, which differs in any case. */
    private static JsonNode tree(Revision revision) {
        return Hash.parse(revision.stored().replace(revision.name(), ""), JsonNode.class);
    }

    private void fields(List<String> path, JsonNode before, JsonNode after) {
        if (before.isObject() && after.isObject()) {
            var first = entries(before);
            var second = entries(after);
            union(first.keySet(), second.keySet()).forEach(key -> entry(path, key, first, second));
        } else if (isKeyed(before) && isKeyed(after)) {
            var first = byName(before);
            var second = byName(after);
            union(first.keySet(), second.keySet()).forEach(key -> entry(path, key, first, second));
        } else if (!before.equals(after)) {
            words.add(word(path));
        }
    }

    private void entry(List<String> path, String key, Map<String, JsonNode> before, Map<String, JsonNode> after) {
        var child = new ArrayList<>(path);
        child.add(key);
        if (before.containsKey(key) && after.containsKey(key)) {
            fields(child, before.get(key), after.get(key));
        } else {
            words.add(word(child));
        }
    }

    private static String word(List<String> path) {
        var text = String.join(".", path);
        if (text.startsWith("metadata.labels.")) {
            return "pod label " + path.get(2);
        }
        if (text.equals("metadata.annotations." + Names.RESTARTED_ANNOTATION)) {
            return "rollout.restartedAt";
        }
        if (text.startsWith("metadata.annotations.")) {
            return "pod annotation " + path.get(2);
        }
        if (text.matches("spec\\.(initC|c)ontainers\\.[^.]+\\.image")) {
            return path.get(2).equals(Names.CONTAINER) ? "image" : "image of container " + path.get(2);
        }
        if (text.startsWith("spec.containers." + Names.CONTAINER + ".envFrom")) {
            return "Secret with the environment";
        }
        if (text.startsWith("spec.containers." + Names.CONTAINER + ".env.")) {
            return "variable " + path.get(4);
        }
        return text.endsWith(".secret.secretName") ? "Secret with the " + path.get(2) : "pod " + text;
    }

    private static boolean isKeyed(JsonNode list) {
        return list.isArray()
                && list.valueStream().allMatch(element -> key(element).isPresent());
    }

    private static Map<String, JsonNode> byName(JsonNode list) {
        return list.valueStream()
                .collect(Collectors.toMap(
                        element -> key(element).orElseThrow(), element -> element, (a, b) -> b, LinkedHashMap::new));
    }

    /** Several mounts may be of one volume. */
    private static Optional<String> key(JsonNode element) {
        return Stream.of("mountPath", "name")
                .map(element::path)
                .filter(JsonNode::isTextual)
                .map(JsonNode::textValue)
                .findFirst();
    }

    private static Map<String, JsonNode> entries(JsonNode object) {
        return object.properties().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, b) -> b, LinkedHashMap::new));
    }

    private static Set<String> union(Collection<String> first, Collection<String> second) {
        var all = new LinkedHashSet<>(first);
        all.addAll(second);
        return all;
    }
}
