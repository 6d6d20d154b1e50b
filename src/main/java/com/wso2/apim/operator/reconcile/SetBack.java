package com.wso2.apim.operator.reconcile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.wso2.apim.operator.model.Names;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** In which fields an object is not as it was applied, and by whose hand; never a value. */
record SetBack(HasMetadata actual, HasMetadata desired) {

    private static final int MOST_FIELDS = 3;

    String sentence() {
        var fields = fields();
        var names = fields.stream()
                .limit(MOST_FIELDS)
                .map(path -> String.join(".", path))
                .collect(Collectors.joining(", "));
        return "%s was set to something else by %s each of the three times that it was applied: it is left as it is, and tried again every ten minutes; have objects with the label %s=%s left alone there"
                .formatted(
                        names.isEmpty() ? "a field" : names, manager(fields), Names.MANAGED_BY_LABEL, Names.OPERATOR);
    }

    /** Paths of what is desired and is otherwise. */
    private List<List<String>> fields() {
        var found = new ArrayList<List<String>>();
        differ(List.of(), meant(desired), tree(actual), found);
        return found;
    }

    private static void differ(List<String> path, JsonNode desired, JsonNode actual, List<List<String>> found) {
        if (desired.isObject() && actual.isObject()) {
            desired.properties()
                    .forEach(field ->
                            differ(child(path, field.getKey()), field.getValue(), actual.path(field.getKey()), found));
        } else if (desired.isArray() && actual.isArray() && desired.size() == actual.size()) {
            for (int i = 0; i < desired.size(); i++) {
                differ(child(path, Integer.toString(i)), desired.get(i), actual.get(i), found);
            }
        } else if (!desired.equals(actual)
                && !(desired.isNumber() && desired.asText().equals(actual.asText()))) {
            found.add(path);
        }
    }

    /** Whoever the API server knows to have written one of the fields; a rule of admission leaves no name. */
    private String manager(List<List<String>> fields) {
        var managers = Optional.ofNullable(actual.getMetadata().getManagedFields()).orElse(List.of()).stream()
                .filter(entry -> !Names.OPERATOR.equals(entry.getManager()))
                .filter(entry -> fields.stream().anyMatch(field -> owns(tree(entry.getFieldsV1()), field)))
                .map(entry -> entry.getManager())
                .distinct()
                .collect(Collectors.joining(", "));
        return managers.isEmpty()
                ? "somebody without a name there, such as a webhook or policy of admission,"
                : managers;
    }

    /** Entries of lists have names of their own there: a field is looked for as far as the first of them. */
    private static boolean owns(JsonNode owned, List<String> field) {
        var at = owned;
        for (var name : field) {
            if (name.chars().allMatch(Character::isDigit)) {
                return true;
            }
            at = at.path("f:" + name);
            if (at.isMissingNode()) {
                return false;
            }
        }
        return true;
    }

    private static List<String> child(List<String> path, String name) {
        var child = new ArrayList<>(path);
        child.add(name);
        return child;
    }

    /** An object without the version that a client may have put into it. */
    static JsonNode meant(HasMetadata desired) {
        var tree = tree(desired);
        if (tree.path("metadata") instanceof ObjectNode metadata) {
            metadata.remove("resourceVersion");
        }
        return tree;
    }

    private static JsonNode tree(Object object) {
        return Serialization.unmarshal(Serialization.asJson(object), JsonNode.class);
    }
}
