package com.wso2.apim.operator.toml;

import com.wso2.apim.operator.api.v1alpha1.ProductVersion;
import com.wso2.apim.operator.model.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Warns of keys that no server of their tiers reads, and names the one that was probably meant. */
final class UnknownKeys {

    /** More of them say nothing new, and each costs a search. */
    private static final int MOST = 20;

    private final String version;
    private final Set<Role> roles;
    private final List<KeyCatalogue> catalogues;
    private final Map<String, Object> own;

    /**
     * Warnings for one overlay.
     *
     * @param roles tiers that the overlay is for; it is enough if one of them knows a key
     * @param own what the operator writes, which is known
     */
    UnknownKeys(ProductVersion version, Set<Role> roles, Map<String, Object> own) {
        this.version = version.toString();
        this.roles = roles;
        this.catalogues = roles.stream()
                .sorted()
                .map(role -> KeyCatalogue.of(version.toString(), role))
                .toList();
        this.own = own;
    }

    List<String> warnings(Map<String, Object> tree) {
        var unknown = new ArrayList<KeyPath>();
        collect(KeyPath.ROOT, tree, Optional.of(own), unknown);
        var distinct = unknown.stream().distinct().toList();
        if (distinct.isEmpty()) {
            return List.of();
        }
        var closest =
                new ClosestKey(catalogues.stream().flatMap(KeyCatalogue::keys).distinct());
        var warnings = new ArrayList<String>();
        distinct.stream().limit(MOST).map(path -> warning(path, closest)).forEach(warnings::add);
        if (distinct.size() > MOST) {
            warnings.add("%d more keys are unknown to version %s".formatted(distinct.size() - MOST, version));
        }
        return warnings;
    }

    private void collect(KeyPath path, Object value, Optional<?> ours, List<KeyPath> unknown) {
        if (value instanceof Map<?, ?> table && !table.isEmpty()) {
            UserValue.asTable(value)
                    .forEach((key, inner) -> collect(path.child(key), inner, inside(ours, key), unknown));
        } else if (value instanceof List<?> list && !list.isEmpty() && UserValue.isTables(value)) {
            list.forEach(element -> collect(path.element(), element, Optional.empty(), unknown));
        } else if (ours.isEmpty() && catalogues.stream().noneMatch(catalogue -> catalogue.knows(path))) {
            unknown.add(path);
        }
    }

    private static Optional<?> inside(Optional<?> ours, String key) {
        return ours.flatMap(
                table -> table instanceof Map<?, ?> known ? Optional.ofNullable(known.get(key)) : Optional.empty());
    }

    private String warning(KeyPath path, ClosestKey closest) {
        var elsewhere = catalogues.get(0).versions(path);
        var who = "version " + version + (roles.equals(Set.of(Role.TRAFFIC_MANAGER)) ? " of the Traffic Manager" : "");
        if (elsewhere.contains(version)) {
            return "%s is a key of the all-in-one nodes only: Traffic Managers ignore it".formatted(path);
        }
        if (!elsewhere.isEmpty()) {
            return "%s is unknown to %s, which ignores it; these know it: %s"
                    .formatted(path, who, String.join(", ", elsewhere));
        }
        return "%s is unknown to %s, which ignores it%s"
                .formatted(
                        path,
                        who,
                        closest.to(path).map(meant -> correction(path, meant)).orElse(""));
    }

    private static String correction(KeyPath path, KeyPath meant) {
        if (!meant.toString().equals(path.toString())) {
            return ": did you mean %s?".formatted(meant);
        }
        return (meant.isInsideList() ? ": write [[%s]]" : ": write [%s]").formatted(meant.parent());
    }
}
