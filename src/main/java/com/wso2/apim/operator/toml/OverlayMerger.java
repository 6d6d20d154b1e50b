package com.wso2.apim.operator.toml;

import com.wso2.apim.operator.model.Cluster;
import com.wso2.apim.operator.model.Node;
import com.wso2.apim.operator.model.Overlay;
import com.wso2.apim.operator.model.Problem;
import com.wso2.apim.operator.toml.OverlayProblem.Found;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Merges the user's own TOML into the tree of one node, and says what cannot or should not be merged. */
final class OverlayMerger {

    private final Cluster cluster;
    private final Node node;
    private final Map<String, Object> own;
    private final List<Problem> problems = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private Optional<Overlay> lastOfGateway = Optional.empty();

    OverlayMerger(Cluster cluster, Node node) {
        this.cluster = cluster;
        this.node = node;
        this.own = ServerFile.own(cluster, node);
    }

    Rendered render() {
        var tree = own;
        for (var overlay : cluster.overlays()) {
            if (overlay.roles().contains(node.role())) {
                tree = merge(tree, overlay);
            }
        }
        if (problems.isEmpty()) {
            gateway(tree);
        }
        return problems.isEmpty()
                ? new Rendered(TomlWriter.write(tree), List.of(), List.copyOf(warnings))
                : new Rendered("", List.copyOf(problems), List.copyOf(warnings));
    }

    private Map<String, Object> merge(Map<String, Object> tree, Overlay overlay) {
        var parsed = UserToml.parse(overlay);
        if (!parsed.problems().isEmpty()) {
            problems.addAll(parsed.problems());
            return tree;
        }
        var guard = new WiringGuard(cluster, node, own, overlay);
        var given = guard.without(parsed.tree());
        problems.addAll(guard.refusals());
        warn(overlay, guard.notes());
        if (GatewayRules.isAbout(given)) {
            lastOfGateway = Optional.of(overlay);
        }
        warn(overlay, new UnknownKeys(cluster.version(), overlay.roles(), own).warnings(given));
        try {
            var merged = TreeMerge.merge(tree, given);
            var rules = new ValueRules(cluster.tier(node.role()), overlay.field(), path -> isSet(merged, path));
            problems.addAll(rules.problems(given));
            return merged;
        } catch (Found found) {
            problems.add(found.at(overlay.field()));
            return tree;
        }
    }

    /** Told of the overlay that had the last word: one may well put right what another leaves open. */
    private void gateway(Map<String, Object> tree) {
        lastOfGateway.ifPresent(overlay -> {
            var rules = new GatewayRules(cluster, node.role(), tree);
            problems.addAll(rules.problems(overlay.field()));
            if (problems.isEmpty()) {
                warn(overlay, rules.warnings());
            }
        });
    }

    /** The server has a value by default for many a key that it reads; which, its templates do not tell. */
    private boolean isSet(Map<String, Object> merged, KeyPath path) {
        return TreeMerge.find(merged, path).isPresent()
                || KeyCatalogue.of(cluster.version().toString(), node.role()).knows(path);
    }

    private void warn(Overlay overlay, List<String> notes) {
        notes.forEach(note -> warnings.add(overlay.field() + ": " + note));
    }
}
