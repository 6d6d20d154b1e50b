package com.wso2.apim.operator.rollout;

import com.wso2.apim.operator.model.Cluster;
import com.wso2.apim.operator.model.Node;
import com.wso2.apim.operator.model.Role;
import com.wso2.apim.operator.rollout.Plan.Phase;
import com.wso2.apim.operator.rollout.Plan.TierPlan;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What happens now and what it waits for, in one sentence. */
record Sentence(
        Cluster cluster, Observed observed, Gate gate, Map<Role, TierPlan> tiers, Phase phase, boolean isFirstBoot) {

    String text() {
        return switch (phase) {
            case SETTLED -> "all %d nodes are Ready".formatted(wanted().size());
            case DEGRADED -> "waiting for %s to become Ready again".formatted(Gate.list(notReady(wanted())));
            case BOOTING -> booting();
            case ROLLING -> rolling();
            default -> throw new IllegalStateException("no sentence for " + phase);
        };
    }

    private String booting() {
        var planned = tiers.entrySet().stream()
                .flatMap(tier -> nodes(tier.getKey(), 0, tier.getValue().replicas()))
                .toList();
        var starting = notReady(planned);
        if (starting.isEmpty()) {
            return rolling();
        }
        var seeds = isFirstBoot && planned.equals(cluster.wiring().bootOrder().get(0));
        var later = cluster.wiring().bootOrder().stream()
                .flatMap(List::stream)
                .filter(node -> !planned.contains(node))
                .toList();
        return "waiting for %s to become Ready".formatted(Gate.list(starting))
                + (seeds ? ", alone, because it seeds the databases" : "")
                + (later.isEmpty() ? "" : "; next: " + Gate.list(later));
    }

    private String rolling() {
        var leaving = observed.nodes()
                .filter(node -> node.ordinal() >= cluster.tier(node.role()).replicas())
                .toList();
        var removal = leaving.isEmpty() ? Stream.<String>empty() : Stream.of("removing " + Gate.list(leaving));
        var change = inRollOrder(this::moving).or(() -> inRollOrder(this::held));
        var text = Stream.concat(removal, change.stream()).collect(Collectors.joining("; "));
        return text.isEmpty() ? ending() : text;
    }

    private Optional<String> inRollOrder(Function<Role, Optional<String>> text) {
        return cluster.wiring().rollOrder().stream()
                .filter(tiers::containsKey)
                .map(text)
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** Nodes that were told to move and are not there yet. */
    private Optional<String> moving(Role role) {
        var plan = tiers.get(role);
        var tier = observed.tier(role);
        var moving = nodes(role, plan.partition(), Math.min(plan.replicas(), tier.replicas()))
                .filter(node -> runsOther(node) || (tier.unfinished() && !observed.ready(node)))
                .toList();
        return moving.isEmpty()
                ? Optional.empty()
                : Optional.of("%s moving to revision %s"
                        .formatted(Gate.list(moving), plan.revision().name()));
    }

    /** The next node that is to move, and may not yet. */
    private Optional<String> held(Role role) {
        var plan = tiers.get(role);
        var below = nodes(role, 0, plan.partition())
                .filter(node -> !runsItsTarget(node))
                .toList();
        return below.stream().reduce((lower, higher) -> higher).flatMap(next -> gate.waitsFor(next)
                .map(reason -> "revision %s waits for %s%s"
                        .formatted(plan.revision().name(), reason, isStuckBehind(next, below) ? behind(next) : "")));
    }

    /** A StatefulSet moves its highest place first: a lower one cannot be healed before that has moved. */
    private boolean isStuckBehind(Node next, List<Node> below) {
        return observed.ready(next) && !notReady(below).isEmpty();
    }

    private static String behind(Node next) {
        return ": %s has to move first, and is the last of its tier that serves".formatted(next);
    }

    private String ending() {
        var notReady = notReady(wanted());
        return notReady.isEmpty()
                ? "all nodes are Ready on their revision, waiting for the StatefulSets to report it"
                : "waiting for %s to become Ready".formatted(Gate.list(notReady));
    }

    private boolean runsItsTarget(Node node) {
        return observed.place(node)
                .filter(place -> place.runs(tiers.get(node.role()).revision().name()))
                .isPresent();
    }

    private boolean runsOther(Node node) {
        return observed.place(node)
                .filter(place -> place.runsOtherThan(
                        Optional.of(tiers.get(node.role()).revision().name())))
                .isPresent();
    }

    private List<Node> wanted() {
        return cluster.tiers().stream().flatMap(tier -> tier.nodes().stream()).toList();
    }

    private List<Node> notReady(List<Node> nodes) {
        return nodes.stream().filter(node -> !observed.ready(node)).toList();
    }

    private static Stream<Node> nodes(Role role, int from, int to) {
        return IntStream.range(from, to).mapToObj(ordinal -> new Node(role, ordinal));
    }
}
