package com.wso2.apim.operator.rollout;

import com.wso2.apim.operator.api.v1alpha1.ApiManagerClusterStatus.Roll;
import com.wso2.apim.operator.model.Cluster;
import com.wso2.apim.operator.model.Node;
import com.wso2.apim.operator.model.Role;
import com.wso2.apim.operator.revision.Revision;
import com.wso2.apim.operator.rollout.ObservedTier.Place;
import com.wso2.apim.operator.rollout.Plan.Phase;
import com.wso2.apim.operator.rollout.Plan.TierPlan;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * WHAT MAY CHANGE NOW: a pure function of what the deployment is to be, what it is, and the time. It remembers nothing:
 * the replicas of the StatefulSets are the state of every boot, the revisions of the pods that of every roll.
 */
public final class Rollout {

    private final Cluster cluster;
    private final Map<Role, Revision> targets;
    private final Map<Role, String> settledBefore;
    private final Observed observed;
    private final Set<String> stored;
    private final Gate gate;
    private final Suspension suspension;
    private final Pause pause;
    private final Turn turn;
    private final boolean isRollback;

    /**
     * A rollout.
     *
     * @param targets the revision that each tier is to run; a tier without one is left alone
     * @param settledBefore the revision that every node of a tier ran last
     * @param stored names of the revisions in the cluster
     * @param turn whether it is the turn of this deployment
     * @param isRollback whether the targets are what nodes go back to
     */
    public Rollout(
            Cluster cluster,
            Map<Role, Revision> targets,
            Map<Role, String> settledBefore,
            Observed observed,
            Set<String> stored,
            Turn turn,
            boolean isRollback) {
        this.cluster = cluster;
        this.targets = targets;
        this.settledBefore = settledBefore;
        this.observed = observed;
        this.stored = stored;
        this.gate = new Gate(cluster, targets, observed, turn.now());
        this.suspension = new Suspension(cluster, observed);
        this.pause = new Pause(cluster, observed, hasBooted());
        this.turn = turn;
        this.isRollback = isRollback;
    }

    /** The plan. */
    public Plan plan() {
        var tiers = new EnumMap<Role, TierPlan>(Role.class);
        targets.forEach((role, target) -> tiers.put(role, tier(role, target)));
        var settled = new EnumMap<Role, String>(Role.class);
        settled.putAll(settledBefore);
        targets.forEach((role, target) -> {
            if (gate.isSettled(role)) {
                settled.put(role, target.name());
            }
        });
        var roll = roll(tiers);
        var phase = phase(settled, tiers, roll);
        var begins = isHeldByTurn() && roll.filter(Rollout::isRolling).isPresent();
        var sentence = begins ? "its turn to roll has come" : sentence(tiers, phase, settled);
        return new Plan(tiers, keep(phase), settled, phase, sentence, roll, begins);
    }

    private String sentence(Map<Role, TierPlan> tiers, Phase phase, Map<Role, String> settled) {
        return switch (phase) {
            case SUSPENDING, SUSPENDED -> suspension.text();
            case PAUSED -> pause.text(tiers);
            case WAITING -> "waits for its turn: " + turn.waitsFor().orElseThrow();
            default ->
                new Sentence(cluster, observed, gate, tiers, phase, settled.size() < Role.values().length).text();
        };
    }

    private TierPlan tier(Role role, Revision target) {
        var wanted = Math.min(cluster.tier(role).replicas(), target.nodes());
        var replicas = suspension.isWanted()
                ? suspension.replicas(role)
                : Math.min(wanted, Math.max(observed.tier(role).replicas(), booted(role)));
        return new TierPlan(target, replicas, Math.min(partition(role, target), replicas));
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
     * The partition lies above the highest place that does not run the target, or, if that one may move, above the next
     * such place. A new template with partition = replicas moves nobody; then the partition falls one place at a time; and it
     * rises again before a Ready node that was told to move, has not moved yet, and no longer may. A pod below it comes back
     * on an older revision, even if it is evicted. A tier of which no node ever was Ready has nothing to protect.
     */
    private int partition(Role role, Revision target) {
        var tier = observed.tier(role);
        if (tier.readyNodes() == 0 && !settledBefore.containsKey(role)) {
            return 0;
        }
        var staying = tier.places().stream()
                .filter(place -> !place.runs(target.name()))
                .sorted(Comparator.comparing(Place::ordinal).reversed())
                .toList();
        var mayFirstMove = staying.stream().limit(1).allMatch(place -> mayMove(role, place, target));
        return staying.stream()
                .skip(mayFirstMove ? 1 : 0)
                .findFirst()
                .map(place -> place.ordinal() + 1)
                .orElse(0);
    }

    private boolean mayMove(Role role, Place place, Revision target) {
        var tier = observed.tier(role);
        var isMoving = !place.ready()
                && tier.revision().equals(Optional.of(target.name()))
                && place.ordinal() >= tier.partition();
        var isHeld = suspension.isWanted() || pause.isInForce() || isHeldByTurn();
        return isMoving
                || !isHeld && gate.waitsFor(new Node(role, place.ordinal())).isEmpty();
    }

    /** A way back is not held, and where a tier does not serve, waiting would make an outage longer. */
    private boolean isHeldByTurn() {
        var isDown =
                Stream.of(Role.values()).anyMatch(role -> observed.tier(role).readyNodes() == 0);
        return hasBooted() && !isRollback && !isDown && turn.isHolding();
    }

    private boolean hasBooted() {
        return settledBefore.size() == Role.values().length;
    }

    /** A deployment that is paused, once it has come to rest, gives its turn away. */
    private Optional<Roll> roll(Map<Role, TierPlan> tiers) {
        var isResting = pause.isHolding(tiers) && all(this::tellsNobodyToMove);
        if (suspension.isWanted() || !hasBooted() || all(this::hasRolled) || isResting) {
            return Optional.empty();
        }
        if (turn.isTaken()) {
            return Optional.of(turn.taken());
        }
        if (pause.isInForce()
                || !turn.isWaiting() && targets.entrySet().stream().noneMatch(this::isToMove)) {
            return Optional.empty();
        }
        var mayRoll = !isHeldByTurn() || turn.waitsFor().isEmpty();
        return Optional.of(mayRoll ? turn.taken() : turn.waiting());
    }

    /** Whom a StatefulSet still tells to move may be on its way out by now, although nobody has heard of it. */
    private boolean tellsNobodyToMove(Role role) {
        return observed.tier(role).places().stream().noneMatch(observed.tier(role)::tellsToMove);
    }

    private boolean isToMove(Map.Entry<Role, Revision> target) {
        return observed.tier(target.getKey()).places().stream()
                .anyMatch(place ->
                        place.runsOtherThan(Optional.of(target.getValue().name())));
    }

    private static boolean isRolling(Roll roll) {
        return roll.state() == Roll.State.ROLLING;
    }

    private Phase phase(Map<Role, String> settled, Map<Role, TierPlan> tiers, Optional<Roll> roll) {
        if (suspension.isWanted()) {
            return suspension.isComplete() ? Phase.SUSPENDED : Phase.SUSPENDING;
        }
        if (all(gate::isSettled)) {
            return Phase.SETTLED;
        }
        var isComplete =
                all(role -> observed.tier(role).replicas() >= cluster.tier(role).replicas());
        if (!isComplete || settled.size() < Role.values().length) {
            return Phase.BOOTING;
        }
        if (all(this::hasRolled)) {
            return Phase.DEGRADED;
        }
        if (roll.filter(change -> !isRolling(change)).isPresent()) {
            return isEveryNodeReady() ? Phase.WAITING : Phase.DEGRADED;
        }
        return pause.isHolding(tiers) ? Phase.PAUSED : Phase.ROLLING;
    }

    private boolean isEveryNodeReady() {
        return cluster.tiers().stream().flatMap(tier -> tier.nodes().stream()).allMatch(observed::ready);
    }

    /** Whether no change is on its way through a tier. */
    private boolean hasRolled(Role role) {
        var tier = observed.tier(role);
        return tier.replicas() == cluster.tier(role).replicas()
                && !tier.unfinished()
                && gate.wanted(role).equals(tier.revision())
                && tier.places().stream().noneMatch(place -> place.runsOtherThan(tier.revision()));
    }

    private static boolean all(Predicate<Role> condition) {
        return Stream.of(Role.values()).allMatch(condition);
    }

    /**
     * While a tier is not settled its StatefulSet may bring a pod back on any revision that it had; which one, only its own
     * history tells. So everything is kept until there is one revision again. Without any node there is nothing to bring back.
     */
    private Set<String> keep(Phase phase) {
        var keep = new HashSet<String>();
        if (phase == Phase.SUSPENDED && targets.size() == Role.values().length) {
            targets.values().forEach(target -> keep.add(target.name()));
            keep.addAll(settledBefore.values());
            return keep;
        }
        for (var role : Role.values()) {
            var target = Optional.ofNullable(targets.get(role));
            target.map(Revision::name).ifPresent(keep::add);
            if (target.isEmpty() || !gate.isSettled(role)) {
                stored.stream()
                        .filter(name -> name.startsWith(cluster.names().revision(role, "")))
                        .forEach(keep::add);
            }
        }
        return keep;
    }
}
