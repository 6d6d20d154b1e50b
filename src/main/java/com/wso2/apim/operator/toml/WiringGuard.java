package com.wso2.apim.operator.toml;

import com.wso2.apim.operator.model.Cluster;
import com.wso2.apim.operator.model.Node;
import com.wso2.apim.operator.model.Overlay;
import com.wso2.apim.operator.model.Problem;
import com.wso2.apim.operator.model.Role;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Takes the wiring keys out of a user's tree for one node: equal ones with a note, different ones with a refusal. */
final class WiringGuard {

    private final Cluster cluster;
    private final Node node;
    private final String field;
    private final boolean isForBothTiers;
    private final Map<String, Object> own;
    private final List<Problem> refusals = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    /**
     * A guard for one node; where the other tier gets the same tree, that one judges what only it has.
     *
     * @param own what the operator itself writes for the node
     */
    WiringGuard(Cluster cluster, Node node, Map<String, Object> own, Overlay overlay) {
        this.cluster = cluster;
        this.node = node;
        this.field = overlay.field();
        this.isForBothTiers = overlay.roles().size() > 1;
        this.own = own;
    }

    List<Problem> refusals() {
        return refusals;
    }

    List<String> notes() {
        return notes;
    }

    /** The tree without wiring keys, and without tables that held nothing else. */
    Map<String, Object> without(Map<String, Object> tree) {
        return without(KeyPath.ROOT, tree);
    }

    private Map<String, Object> without(KeyPath path, Map<String, Object> table) {
        var kept = new LinkedHashMap<String, Object>();
        table.forEach((key, value) -> {
            var child = path.child(key);
            if (WiringKeys.contains(child)) {
                judge(child, value);
            } else if (value instanceof Map<?, ?> inner && !inner.isEmpty()) {
                var rest = without(child, UserValue.asTable(value));
                if (!rest.isEmpty()) {
                    kept.put(key, rest);
                }
            } else {
                kept.put(key, value);
            }
        });
        return kept;
    }

    private void judge(KeyPath path, Object given) {
        var ours = ours(own, path);
        if (ours.isPresent() && comparable(ours.get()).equals(comparable(given))
                || WiringKeys.isAdministrator(path, given)) {
            notes.add("%s is what the operator sets anyway: it can be left out".formatted(path));
        } else if (ours.isPresent() || !isForBothTiers || !isOfTheOtherTier(path)) {
            refusals.add(WiringKeys.field(path, node.role())
                    .map(instead -> OverlayProblem.WIRING_WITH_FIELD.at(field, path, words(path), instead))
                    .orElseGet(() -> OverlayProblem.WIRING.at(field, path, words(path))));
        }
    }

    private boolean isOfTheOtherTier(KeyPath path) {
        var other = node.role() == Role.ALL_IN_ONE ? Role.TRAFFIC_MANAGER : Role.ALL_IN_ONE;
        return TreeMerge.find(ServerFile.own(cluster, new Node(other, 0)), path).isPresent();
    }

    /** The same words for every node of the tier, so that they are told once. */
    private String words(KeyPath path) {
        var values = cluster.tier(node.role()).nodes().stream()
                .map(any -> ours(ServerFile.own(cluster, any), path))
                .distinct()
                .toList();
        if (values.size() > 1) {
            return "for each node another value";
        }
        return values.get(0).map(value -> "as " + WiringGuard.text(value)).orElse("which leaves it out");
    }

    private static Optional<Object> ours(Map<String, Object> tree, KeyPath path) {
        return TreeMerge.find(tree, path).or(() -> WiringKeys.byDefault(path));
    }

    private static String text(Object value) {
        if (value instanceof Map<?, ?> table) {
            return table.entrySet().stream()
                    .map(entry -> entry.getKey() + " = " + text(entry.getValue()))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        return value instanceof List<?> list
                ? list.stream().map(WiringGuard::text).collect(Collectors.joining(", ", "[", "]"))
                : value.toString();
    }

    /** Numbers and booleans are the same to the server with and without quotes, and "&" is only valid as an entity. */
    private static Object comparable(Object value) {
        if (value instanceof Map<?, ?> table) {
            return table.entrySet().stream()
                    .collect(Collectors.toMap(Map.Entry::getKey, entry -> comparable(entry.getValue())));
        }
        return value instanceof List<?> list
                ? list.stream().map(WiringGuard::comparable).toList()
                : value.toString().replace("&amp;", "&");
    }
}
