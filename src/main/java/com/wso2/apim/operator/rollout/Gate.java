package com.wso2.apim.operator.rollout;

import com.wso2.apim.operator.model.Cluster;
import com.wso2.apim.operator.model.Node;
import com.wso2.apim.operator.model.Role;
import com.wso2.apim.operator.revision.Revision;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Whether a node may move to its target now and, if not, why not. */
record Gate(Cluster cluster, Map<Role, Revision> targets, Observed observed, Instant now) {

    /**
     * What a node that does not run its target waits for; empty if it may move. A node that serves waits until every other
     * node does, so that one at most is down by our hand. A node that does not serve loses nothing by moving, and may be
     * healed by it, so it waits only for those that moved before it: a change that they do not start with is not to reach
     * more nodes.
     */
    Optional<String> waitsFor(Node node) {
        if (!observed.ready(node)) {
            return availability(movedBefore(node));
        }
        return availability(others(node)).or(() -> turn(node));
    }

    private Optional<String> availability(List<Node> nodes) {
        var down = nodes.stream().filter(node -> !observed.ready(node)).toList();
        if (!down.isEmpty()) {
            return Optional.of(list(down) + " to become Ready");
        }
        var fresh = nodes.stream().filter(node -> !isAvailable(node)).toList();
        return fresh.isEmpty()
                ? Optional.empty()
                : Optional.of("%s to stay Ready for %d seconds".formatted(list(fresh), cluster.minReadySeconds()));
    }

    /** Whether a node has been Ready for long enough, and has not just been told to move. */
    private boolean isAvailable(Node node) {
        return observed.place(node)
                .filter(place -> place.available(now, cluster.minReadySeconds()))
                .filter(place -> !observed.tier(node.role()).tellsToMove(place))
                .isPresent();
    }

    /** Tiers roll one after the other. */
    private Optional<String> turn(Node node) {
        var order = cluster.wiring().rollOrder();
        return order.subList(0, order.indexOf(node.role())).stream()
                .filter(role -> !isSettled(role))
                .findFirst()
                .map(role -> "the %s tier to be done".formatted(role.component()));
    }

    /** Whether a tier has come to rest on its target; one without a target, on what it runs. */
    boolean isSettled(Role role) {
        var nodes = cluster.tier(role).replicas();
        return wanted(role)
                .filter(wanted -> observed.tier(role).isSettledOn(wanted, nodes))
                .isPresent();
    }

    /** The revision that a tier is to run: its target, or, if it is to be left as it is, its own. */
    Optional<String> wanted(Role role) {
        return Optional.ofNullable(targets.get(role)).map(Revision::name).or(() -> observed.tier(role)
                .revision());
    }

    private List<Node> movedBefore(Node node) {
        return others(node).stream()
                .filter(other -> other.role() == node.role() || isHeldUpBy(other.role(), node))
                .filter(this::hasMoved)
                .toList();
    }

    /**
     * Whether a roll of the other tier, while it is under way, holds up a node. Traffic Managers hang in start-up without
     * an all-in-one node: while there is none, none waits for them.
     */
    private boolean isHeldUpBy(Role other, Node node) {
        return observed.tier(other).unfinished()
                && (node.role() != Role.ALL_IN_ONE
                        || observed.tier(Role.ALL_IN_ONE).readyNodes() > 0);
    }

    /** Whether a node runs its target or is on its way to it. */
    private boolean hasMoved(Node node) {
        var tier = observed.tier(node.role());
        var wanted = wanted(node.role());
        var isTold = tier.revision().equals(wanted) && node.ordinal() >= tier.partition();
        return observed.place(node)
                .filter(place -> isTold || place.revision().equals(wanted))
                .isPresent();
    }

    /** The other nodes that the user wants, whether or not they are there yet. */
    private List<Node> others(Node node) {
        return cluster.tiers().stream()
                .flatMap(tier -> tier.nodes().stream())
                .filter(other -> !other.equals(node))
                .toList();
    }

    static String list(Collection<Node> nodes) {
        return nodes.stream().map(Node::toString).collect(Collectors.joining(", "));
    }
}
