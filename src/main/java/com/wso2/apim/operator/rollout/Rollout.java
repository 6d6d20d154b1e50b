package com.wso2.apim.operator.rollout;

import com.wso2.apim.operator.model.Cluster;
import com.wso2.apim.operator.model.Node;
import com.wso2.apim.operator.model.Role;
import com.wso2.apim.operator.revision.Revision;
import com.wso2.apim.operator.rollout.ObservedTier.Place;
import com.wso2.apim.operator.rollout.Plan.Phase;
import com.wso2.apim.operator.rollout.Plan.TierPlan;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

/**
 * WHAT MAY CHANGE NOW: a pure function of what the deployment is to be, what it is, and the time. It remembers nothing:
 * replicas and partition of the StatefulSets are the state of every boot and of every roll.
 */
public final class Rollout {

    private final Cluster cluster;
    private final Map<Role, Revision> targets;
    private final Map<Role, String> settledBefore;
    private final Observed observed;
    private final Instant now;
    private final Set<String> stored;

    /**
     * A rollout.
     *
     * @param targets the revision that each tier is to run; a tier without one is left alone
     * @param settledBefore the revision that every node of a tier ran last
     * @param stored names of the revisions in the cluster
     */
    public Rollout(
            Cluster cluster,
            Map<Role, Revision> targets,
            Map<Role, String> settledBefore,
            Observed observed,
            Set<String> stored,
            Instant now) {
        this.cluster = cluster;
        this.targets = targets;
        this.settledBefore = settledBefore;
        this.observed = observed;
        this.stored = stored;
        this.now = now;
    }

    /** The plan. */
    public Plan plan() {
        var tiers = new EnumMap<Role, TierPlan>(Role.class);
        targets.forEach((role, target) -> tiers.put(role, tier(role, target)));
        var settled = new EnumMap<Role, String>(Role.class);
        settled.putAll(settledBefore);
        targets.forEach((role, target) -> {
            if (isSettled(role)) {
                settled.put(role, target.name());
            }
        });
        var phase = phase(settled);
        return new Plan(tiers, keep(), settled, phase, new Sentence(cluster, targets, observed, tiers, phase).text());
    }

    private TierPlan tier(Role role, Revision target) {
        var tier = observed.tier(role);
        var wanted = Math.min(cluster.tier(role).replicas(), target.nodes());
        var replicas = Math.min(wanted, Math.max(tier.replicas(), booted(role)));
        return new TierPlan(target, replicas, Math.min(partition(role, tier, target), replicas));
    }

    /** Nodes of a tier that the boot order has reached: a step is reached when all nodes of those before are Ready. */
    private int booted(Role role) {
        var reached = 0;
        for (var step : cluster.wiring().bootOrder()) {
            reached += (int) step.stream().filter(node -> node.role() == role).count();
            if (!step.stream().allMatch(observed::ready)) {
                break;
            }
        }
        return reached;
    }

    /**
     * A new template with partition = replicas moves nobody; then the partition falls one place at a time. A pod below it
     * comes back on the revision that it had, even if it is evicted. A tier of which no node ever was Ready has nothing to
     * protect.
     */
    private int partition(Role role, ObservedTier tier, Revision target) {
        if (tier.revision().isEmpty() || (tier.readyNodes() == 0 && !settledBefore.containsKey(role))) {
            return 0;
        }
        if (tier.allRun(target.name())) {
            return 0;
        }
        var isNew = !tier.revision().get().equals(target.name());
        var partition = isNew ? tier.replicas() : Math.min(tier.partition(), tier.replicas());
        var next = next(tier, target);
        return next.isPresent() && next.getAsInt() < partition && mayMove(new Node(role, next.getAsInt()))
                ? next.getAsInt()
                : partition;
    }

    /** The highest place that does not run the target. */
    private static OptionalInt next(ObservedTier tier, Revision target) {
        return tier.places().stream()
                .filter(place -> !place.runs(target.name()))
                .mapToInt(Place::ordinal)
                .max();
    }

    private boolean mayMove(Node node) {
        if (!moved().allMatch(this::isAvailable)) {
            return false;
        }
        // A node that does not serve loses nothing by moving, and may be healed by it.
        return !observed.ready(node)
                || (others(node).allMatch(this::isAvailable) && isItsTurn(node.role()) && gatewayRemains(node));
    }

    /** Nodes that run their target already, or were told to. */
    private Stream<Node> moved() {
        return nodes().filter(node -> Optional.ofNullable(targets.get(node.role()))
                .filter(target -> runsOrIsToldTo(node, target))
                .isPresent());
    }

    private boolean runsOrIsToldTo(Node node, Revision target) {
        var tier = observed.tier(node.role());
        return tier.places().get(node.ordinal()).runs(target.name())
                || (tier.revision().filter(target.name()::equals).isPresent() && node.ordinal() >= tier.partition());
    }

    private boolean isItsTurn(Role role) {
        var order = cluster.wiring().rollOrder();
        return order.subList(0, order.indexOf(role)).stream().allMatch(this::runsItsTarget);
    }

    /** No all-in-one node is taken down, and no Traffic Manager restarted, while no other all-in-one node is there. */
    private boolean gatewayRemains(Node node) {
        var isOnlyOne = node.role() == Role.ALL_IN_ONE && cluster.allInOne().replicas() == 1;
        return isOnlyOne || others(node).anyMatch(other -> other.role() == Role.ALL_IN_ONE && observed.ready(other));
    }

    private Stream<Node> nodes() {
        return Stream.of(Role.values())
                .flatMap(role -> observed.tier(role).places().stream().map(place -> new Node(role, place.ordinal())));
    }

    private Stream<Node> others(Node node) {
        return nodes().filter(other -> !other.equals(node));
    }

    private boolean isAvailable(Node node) {
        return observed.place(node)
                .filter(place -> place.available(now, cluster.minReadySeconds()))
                .isPresent();
    }

    private boolean runsItsTarget(Role role) {
        return Optional.ofNullable(targets.get(role))
                .filter(target -> observed.tier(role).allRun(target.name()))
                .isPresent();
    }

    private boolean isSettled(Role role) {
        var tier = observed.tier(role);
        return tier.replicas() == cluster.tier(role).replicas()
                && tier.readyNodes() == tier.replicas()
                && tier.revision().equals(Optional.of(targets.get(role).name()))
                && runsItsTarget(role)
                && !tier.unfinished();
    }

    private Phase phase(Map<Role, String> settled) {
        var isAtTarget = targets.size() == Role.values().length
                && targets.entrySet().stream()
                        .allMatch(target -> observed.tier(target.getKey())
                                        .revision()
                                        .equals(Optional.of(target.getValue().name()))
                                && runsItsTarget(target.getKey()));
        if (isAtTarget && Stream.of(Role.values()).allMatch(this::isSettled)) {
            return Phase.SETTLED;
        }
        var isComplete = Stream.of(Role.values())
                .allMatch(role ->
                        observed.tier(role).replicas() == cluster.tier(role).replicas());
        if (!isComplete || settled.size() < Role.values().length) {
            return Phase.BOOTING;
        }
        return isAtTarget || targets.isEmpty() ? Phase.DEGRADED : Phase.ROLLING;
    }

    /**
     * While a tier is not settled its StatefulSet may bring a pod back on any revision that it had; which one, only its own
     * history tells. So everything is kept until there is one revision again.
     */
    private Set<String> keep() {
        var keep = new HashSet<String>();
        for (var role : Role.values()) {
            var target = Optional.ofNullable(targets.get(role));
            if (target.isPresent() && isSettled(role)) {
                keep.add(target.get().name());
            } else {
                stored.stream()
                        .filter(name -> name.startsWith(cluster.names().revision(role, "")))
                        .forEach(keep::add);
                target.map(Revision::name).ifPresent(keep::add);
            }
        }
        return keep;
    }
}
