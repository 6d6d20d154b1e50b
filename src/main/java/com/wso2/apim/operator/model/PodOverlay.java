package com.wso2.apim.operator.model;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The user's own part of a tier's pods.
 *
 * @param tree a pod template as people write one; {@code null} stands for what is to be removed
 */
public record PodOverlay(Map<String, Object> tree) {

    /** A port that a container declares. */
    public record DeclaredPort(int number, String protocol) {}

    /** Whether nothing is to be changed. */
    public boolean isEmpty() {
        return tree.isEmpty();
    }

    /** Ports that its containers declare, each once: whoever declares one wants to be reached there. */
    public List<DeclaredPort> ports() {
        return Stream.of("initContainers", "containers")
                .flatMap(kind -> elements(tree.get("spec"), kind))
                .flatMap(container -> elements(container, "ports"))
                .flatMap(PodOverlay::declared)
                .distinct()
                .toList();
    }

    private static Stream<?> elements(Object parent, String list) {
        return parent instanceof Map<?, ?> map && map.get(list) instanceof List<?> found ? found.stream() : Stream.of();
    }

    private static Stream<DeclaredPort> declared(Object port) {
        return port instanceof Map<?, ?> map && map.get("containerPort") instanceof Number number
                ? Stream.of(new DeclaredPort(
                        number.intValue(), map.get("protocol") instanceof String protocol ? protocol : "TCP"))
                : Stream.of();
    }
}
