package com.wso2.apim.operator.revision;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.wso2.apim.operator.model.CanonicalQuantity;
import com.wso2.apim.operator.model.PodOverlay;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.SecurityContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The rule by which the user's part of a pod template is merged into the operator's: maps merge, lists whose entries have a
 * key merge by it, other lists and values replace, and what is removed is absent.
 */
final class PodMerge {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<Map<String, Object>> TREE = new TypeReference<>() {};

    /** What tells the entries of a list apart, by the list's name. */
    private static final Map<String, String> KEYS = Map.of(
            "containers", "name",
            "initContainers", "name",
            "volumes", "name",
            "env", "name",
            "volumeMounts", "mountPath",
            "ports", "containerPort");

    /** As strategic merge patches write it; JSON merge patches, such as those of kubectl apply, drop a null. */
    private static final Map<String, String> DELETION = Map.of("$patch", "delete");

    /** Fields outside the resources of containers that hold a quantity. */
    private static final Set<String> QUANTITIES = Set.of("sizeLimit", "storage", "divisor");

    private static final int HOUR = 3600;

    private final Map<String, Object> restricted;

    /**
     * A merge.
     *
     * @param restricted what a container of the user's gets that says nothing of its own
     */
    PodMerge(SecurityContext restricted) {
        this.restricted = JSON.convertValue(restricted, TREE);
    }

    PodTemplateSpec merged(PodTemplateSpec own, PodOverlay overlay) {
        return JSON.convertValue(merge(JSON.convertValue(own, TREE), overlay.tree()), PodTemplateSpec.class);
    }

    /** The key of a list's entries, if they are merged by one. */
    static Optional<String> key(String list) {
        return Optional.ofNullable(KEYS.get(list));
    }

    /** Whether a value says that there is to be none. */
    static boolean removes(Object value) {
        return value == null || value.equals(DELETION);
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> asMap(Object value) {
        return value instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
    }

    private Map<String, Object> merge(Map<String, Object> own, Map<String, Object> given) {
        var merged = new LinkedHashMap<>(own);
        given.forEach((field, value) -> {
            if (removes(value)) {
                merged.remove(field);
            } else {
                merged.put(field, merge(field, own.get(field), value));
            }
        });
        return merged;
    }

    private Object merge(String field, Object own, Object given) {
        if (given instanceof Map<?, ?>) {
            return merge(own == null ? defaults(field) : asMap(own), asMap(given));
        }
        if (!(given instanceof List<?> list)) {
            return QUANTITIES.contains(field) ? CanonicalQuantity.of(given.toString()) : given;
        }
        return key(field)
                .map(key -> byKey(field, key, own instanceof List<?> ours ? ours : List.of(), list))
                .orElseGet(
                        () -> list.stream().map(entry -> merge("", null, entry)).toList());
    }

    private List<Object> byKey(String list, String key, List<?> own, List<?> given) {
        var merged = new ArrayList<Object>(own);
        for (var entry : given) {
            var value = asMap(entry).get(key);
            var same = own.stream()
                    .filter(ours -> value.equals(asMap(ours).get(key)))
                    .findFirst();
            same.map(own::indexOf)
                    .ifPresentOrElse(
                            index -> merged.set(index, merge(asMap(merged.get(index)), asMap(entry))),
                            () -> merged.add(merge(defaults(list), asMap(entry))));
        }
        return merged;
    }

    /** What the API server would add; it would otherwise be taken for somebody's change again and again. */
    private Map<String, Object> defaults(String field) {
        return switch (field) {
            case "containers", "initContainers" -> Map.of("securityContext", restricted);
            case "ports" -> Map.of("protocol", "TCP");
            case "fieldRef" -> Map.of("apiVersion", "v1");
            case "serviceAccountToken" -> Map.of("expirationSeconds", HOUR);
            default -> Map.of();
        };
    }
}
