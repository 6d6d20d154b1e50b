package com.wso2.apim.operator.rollout;

import com.wso2.apim.operator.model.Cluster;
import com.wso2.apim.operator.model.Node;
import com.wso2.apim.operator.model.Role;
import com.wso2.apim.operator.rollout.ObservedTier.Place;
import com.wso2.apim.operator.rollout.Plan.TierPlan;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Nodes stay on what they run: a new template gets a partition above them, and that is all that there is to it. What was told
 * to move, and is on its way, goes on.
 *
 * @param hasBooted whether the first boot is over, which is not held
 */
record Pause(Cluster cluster, Observed observed, boolean hasBooted) {

    /** Whether no node is to be restarted for a change. */
    boolean isInForce() {
        return hasBooted && cluster.operation().paused();
    }

    /** Whether every node serves, none moves, and some are not on their target. */
    boolean isHolding(Map<Role, TierPlan> tiers) {
        return isInForce()
                && cluster.tiers().stream()
                        .flatMap(tier -> tier.nodes().stream())
                        .allMatch(observed::ready)
                && tiers.entrySet().stream().noneMatch(tier -> isMoving(tier.getKey(), tier.getValue()))
                && tiers.entrySet().stream().anyMatch(tier -> !staying(tier.getKey(), tier.getValue())
                        .isEmpty());
    }

    private boolean isMoving(Role role, TierPlan plan) {
        var tier = observed.tier(role);
        return IntStream.range(plan.partition(), tier.places().size())
                .mapToObj(ordinal -> tier.places().get(ordinal))
                .anyMatch(place -> !place.runs(plan.revision().name()));
    }

    private List<Node> staying(Role role, TierPlan plan) {
        return observed.tier(role).places().stream()
                .filter(place -> !place.runs(plan.revision().name()))
                .map(Place::ordinal)
                .map(ordinal -> new Node(role, ordinal))
                .toList();
    }

    String text(Map<Role, TierPlan> tiers) {
        var held = cluster.wiring().rollOrder().stream()
                .filter(tiers::containsKey)
                .filter(role -> !staying(role, tiers.get(role)).isEmpty())
                .map(role -> "%s for revision %s"
                        .formatted(
                                Gate.list(staying(role, tiers.get(role))),
                                tiers.get(role).revision().name()))
                .collect(Collectors.joining(", "));
        return "not restarted, because spec.rollout.paused is true: " + held;
    }
}
