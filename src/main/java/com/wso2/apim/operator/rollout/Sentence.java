package com.wso2.apim.operator.rollout;

import com.wso2.apim.operator.model.Cluster;
import com.wso2.apim.operator.model.Node;
import com.wso2.apim.operator.model.Role;
import com.wso2.apim.operator.revision.Revision;
import com.wso2.apim.operator.rollout.Plan.Phase;
import com.wso2.apim.operator.rollout.Plan.TierPlan;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What happens now and what it waits for, in one sentence. */
record Sentence(
        Cluster cluster, Map<Role, Revision> targets, Observed observed, Map<Role, TierPlan> tiers, Phase phase) {

    String text() {
        return switch (phase) {
            case SETTLED -> "all %d nodes are Ready".formatted(wanted().count());
            case DEGRADED -> "waiting for %s to become Ready again".formatted(list(notReady()));
            case BOOTING -> booting();
            case ROLLING -> rolling();
        };
    }

    private String booting() {
        var starting = tiers.entrySet().stream()
                .flatMap(tier -> IntStream.range(0, tier.getValue().replicas())
                        .mapToObj(ordinal -> new Node(tier.getKey(), ordinal)))
                .filter(node -> !observed.ready(node))
                .toList();
        if (starting.isEmpty()) {
            return "all %d nodes are Ready, waiting for the StatefulSets to say so".formatted(wanted().count());
        }
        var seeds = cluster.wiring().bootOrder().get(0);
        return list(starting) + " starting" + (starting.equals(seeds) ? ": seeds the databases, alone" : "");
    }

    private String rolling() {
        return cluster.wiring().rollOrder().stream()
                .map(this::rolling)
                .flatMap(Optional::stream)
                .findFirst()
                .orElseGet(() -> notReady().isEmpty()
                        ? "all nodes run their revision, waiting for the StatefulSets to say so"
                        : "waiting for %s to become Ready".formatted(list(notReady())));
    }

    private Optional<String> rolling(Role role) {
        var plan = Optional.ofNullable(tiers.get(role));
        var moving = plan.stream()
                .flatMap(tier -> observed.tier(role).places().stream()
                        .filter(place -> place.ordinal() >= tier.partition())
                        .filter(place ->
                                !place.ready() || !place.runs(tier.revision().name())))
                .map(place -> new Node(role, place.ordinal()))
                .toList();
        if (!moving.isEmpty()) {
            return plan.map(tier -> "%s moving to revision %s"
                    .formatted(list(moving), tier.revision().name()));
        }
        return plan.filter(tier -> !observed.tier(role).allRun(tier.revision().name()))
                .map(tier -> "revision %s waits for %s"
                        .formatted(
                                tier.revision().name(),
                                notReady().isEmpty()
                                        ? "the nodes moved last to stay Ready for %d seconds"
                                                .formatted(cluster.minReadySeconds())
                                        : list(notReady()) + " to become Ready"));
    }

    private Stream<Node> wanted() {
        return cluster.tiers().stream().flatMap(tier -> tier.nodes().stream());
    }

    private List<Node> notReady() {
        return wanted().filter(node -> !observed.ready(node)).toList();
    }

    private static String list(List<Node> nodes) {
        return nodes.stream().map(Node::toString).collect(Collectors.joining(", "));
    }
}
