package com.wso2.apim.operator.rollout;

import com.wso2.apim.operator.api.v1alpha1.ApiManagerCluster;
import com.wso2.apim.operator.inputs.Inputs;
import com.wso2.apim.operator.model.Node;
import com.wso2.apim.operator.model.Role;
import com.wso2.apim.operator.rollout.Journal.Promise;
import com.wso2.apim.operator.rollout.Journal.Situation;
import com.wso2.apim.operator.rollout.Manifests.Report;
import com.wso2.apim.operator.rollout.ModelStatefulSet.Spec;
import com.wso2.apim.operator.rollout.Plan.TierPlan;
import com.wso2.apim.operator.support.AdmittedResource;
import com.wso2.apim.operator.support.Installation;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The operator: reads what its informers know, plans, and writes in the order of its steps, unless it dies on the way. */
final class ModelOperator {

    /** Revisions and what is admitted, StatefulSet, StatefulSet. */
    static final int ALL_WRITES = 4;

    /** Longer than any start in the model. */
    private static final ApiManagerCluster RESOURCE = AdmittedResource.of(
            Path.of("examples", "minimal", "cr.yaml"), "spec: {rollout: {progressDeadlineSeconds: 300}}");

    private static final Pattern GARBLED = Pattern.compile("null|  |: *$|(for|to|of) *$|(for|to|of)  ");

    private record Numbers(Map<Role, TierPlan> tiers) {

        @Override
        public String toString() {
            return tiers.values().stream()
                    .map(tier -> "%s replicas %d partition %d"
                            .formatted(tier.revision().name(), tier.replicas(), tier.partition()))
                    .collect(Collectors.joining(", "));
        }
    }

    /** Where a deployment stands among others. */
    interface Line {

        /** Whether it is its turn. */
        Turn turn(Inputs inputs);

        /** A pass has decided; false if another one was faster. */
        boolean take(Turn turn, Plan plan, Observed observed, Progress progress);
    }

    private static final Line ALONE = new Line() {
        @Override
        public Turn turn(Inputs inputs) {
            return Turn.of(inputs);
        }

        @Override
        public boolean take(Turn turn, Plan plan, Observed observed, Progress progress) {
            return true;
        }
    };

    private final ModelDeployment deployment;
    private final Random random;
    private final Journal journal;
    private final Line line;
    private List<Pod> pods = List.of();
    private Map<Role, Report> reports = new EnumMap<>(Role.class);

    ModelOperator(ModelDeployment deployment, Random random, Journal journal) {
        this(deployment, random, journal, ALONE);
    }

    ModelOperator(ModelDeployment deployment, Random random, Journal journal, Line line) {
        this.line = line;
        this.deployment = deployment;
        this.random = random;
        this.journal = journal;
    }

    /** Its informers catch up. What they know of a StatefulSet's spec is never older than its own last write. */
    void catchUp() {
        pods = deployment.manifests();
        for (var role : Role.values()) {
            reports.put(role, deployment.statefulSet(role).report());
        }
    }

    /** One pass, which dies after some writes. */
    Plan pass(Configuration asked, int writes) {
        var statefulSets = new ArrayList<StatefulSet>();
        for (var role : Role.values()) {
            deployment.statefulSet(role).manifest(reports.get(role)).ifPresent(statefulSets::add);
        }
        var inputs = Manifests.inputs(RESOURCE, statefulSets, pods, deployment.now());
        var observed = Observed.of(inputs, Configuration.NAMES);
        var rejections = deployment.rejections();
        var targets = rejections.targets(asked.targets(), deployment.stored());
        // A node that there was none of when the last good revisions were made has no file in them.
        var wanted = asked.withAllInOnes(
                        Math.min(asked.allInOnes(), targets.get(Role.ALL_IN_ONE).nodes()))
                .withTrafficManagers(Math.min(
                        asked.trafficManagers(),
                        targets.get(Role.TRAFFIC_MANAGER).nodes()));
        var turn = line.turn(inputs);
        var plan = new Rollout(
                        wanted.cluster(),
                        targets,
                        Map.copyOf(deployment.settled()),
                        observed,
                        Set.copyOf(deployment.stored()),
                        turn,
                        rejections.isRejected(asked.targets(), deployment.stored()))
                .plan();
        var progress = Progress.of(
                inputs,
                wanted.cluster(),
                targets,
                rejections.good(),
                rejections.canGoBack(deployment.stored()),
                plan.phase());
        check(plan, observed, wanted);
        journal.note("%s: %s; %s; %s", plan.phase(), plan.sentence(), new Numbers(plan.tiers()), progress);
        see(progress, plan, asked);
        if (!line.take(turn, plan, observed, progress)) {
            return plan;
        }
        write(plan, observed, progress, asked, wanted, writes);
        catchUp();
        return plan;
    }

    private void see(Progress progress, Plan plan, Configuration asked) {
        progress.failure()
                .ifPresent(failure -> journal.saw(
                        failure.isRejection()
                                ? Situation.REVISION_REJECTED
                                : Situation.DEADLINE_OVER_AND_NOT_REJECTED));
        if (plan.phase() == Plan.Phase.SETTLED
                && deployment.rejections().isRejected(asked.targets(), deployment.stored())) {
            journal.saw(Situation.ROLLED_BACK);
        }
    }

    /** ConfigMaps in any order, then StatefulSets in any order. */
    private void write(
            Plan plan, Observed observed, Progress progress, Configuration asked, Configuration wanted, int writes) {
        var steps = new ArrayList<Runnable>(List.of(() -> storeRevisions(plan, progress, asked), () -> {
            deployment.settled().putAll(plan.settled());
            deployment.rejections().store(progress.good());
        }));
        Collections.shuffle(steps, random);
        var roles = new ArrayList<>(plan.tiers().keySet());
        Collections.shuffle(roles, random);
        roles.forEach(role -> steps.add(() -> {
            write(role, plan.tiers().get(role));
            deployment.told(role, observed, wanted);
        }));
        steps.stream().limit(writes).forEach(Runnable::run);
    }

    private void storeRevisions(Plan plan, Progress progress, Configuration asked) {
        var rejections = deployment.rejections();
        var keep = new HashSet<>(plan.keep());
        keep.addAll(rejections.good().revisions().values());
        asked.targets().values().forEach(target -> keep.add(target.name()));
        if (deployment.stored().retainAll(keep)) {
            journal.saw(Situation.REVISION_PRUNED);
        }
        rejections.marked().retainAll(keep);
        asked.targets().values().forEach(target -> deployment.stored().add(target.name()));
        progress.rejected().ifPresent(failure -> rejections.marked().add(failure.revision()));
    }

    private void write(Role role, TierPlan plan) {
        var set = deployment.statefulSet(role);
        var before = set.spec();
        var spec = new Spec(plan.revision(), plan.replicas(), plan.partition());
        if (before.equals(Optional.of(spec))) {
            return;
        }
        if (before.filter(old -> old.revision().name().equals(spec.revision().name()))
                .filter(old -> old.partition() < spec.partition())
                .isPresent()) {
            journal.saw(Situation.PARTITION_RAISED);
        }
        set.write(spec);
        reports.put(role, set.report());
    }

    private void check(Plan plan, Observed observed, Configuration wanted) {
        if (GARBLED.matcher(plan.sentence()).find() || plan.sentence().isBlank()) {
            journal.broken(Promise.SPEAKS_PLAINLY, "'%s'", plan.sentence());
        }
        plan.tiers().forEach((role, tier) -> {
            var there = Math.max(
                    observed.tier(role).replicas(), deployment.statefulSet(role).orphans());
            var mayFallTo = Math.min(there, wanted.cluster().tier(role).replicas());
            if (tier.replicas() < mayFallTo && !wanted.isSuspended()) {
                journal.broken(Promise.LOWERS_NO_REPLICAS, "%s: %d after %d", role.component(), tier.replicas(), there);
            }
        });
        if (wanted.isSuspended()) {
            checkStop(plan, observed);
        }
        var exposed = wanted.nodes()
                .filter(node -> observed.ready(node) && isToldToMove(node, plan, observed))
                .toList();
        if (exposed.size() > 1) {
            journal.broken(Promise.TAKES_ONE_NODE_DOWN_AT_A_TIME, "%s are told to move", exposed);
        }
        if (wanted.isPaused() && !deployment.isInFirstBoot() && !exposed.isEmpty()) {
            journal.broken(Promise.RESTARTS_NOBODY_WHILE_PAUSED, "%s are told to move", exposed);
        }
        for (var node : exposed) {
            var down = wanted.nodes()
                    .filter(other -> !other.equals(node) && !isAvailable(other, observed))
                    .toList();
            if (!down.isEmpty()) {
                journal.broken(
                        Promise.TAKES_NO_READY_NODE_DOWN_WHILE_ANOTHER_IS_DOWN,
                        "%s is told to move while %s are down, or have not been Ready for long",
                        node,
                        down);
            }
            var isOnlyOne = node.role() == Role.ALL_IN_ONE && wanted.allInOnes() == 1;
            var isAnotherReady = wanted.nodes()
                    .anyMatch(other -> other.role() == Role.ALL_IN_ONE && !other.equals(node) && observed.ready(other));
            if (!isOnlyOne && !isAnotherReady) {
                journal.broken(Promise.TAKES_NO_LAST_ALL_IN_ONE_NODE_DOWN, "%s is told to move", node);
            }
        }
    }

    private void checkStop(Plan plan, Observed observed) {
        plan.tiers().forEach((role, tier) -> {
            if (tier.replicas() > observed.tier(role).replicas()) {
                journal.broken(Promise.STARTS_NOBODY_WHILE_SUSPENDED, "%s: %d", role.component(), tier.replicas());
            }
        });
        var trafficManagers = plan.tiers().get(Role.TRAFFIC_MANAGER).replicas();
        var isStopped = trafficManagers < observed.tier(Role.TRAFFIC_MANAGER).replicas();
        if (isStopped && trafficManagers == 0) {
            pods.stream()
                    .filter(pod -> pod.getMetadata().getName().startsWith(Configuration.NAMES.tier(Role.ALL_IN_ONE)))
                    .findFirst()
                    .ifPresent(pod -> journal.broken(Promise.STOPS_ALL_IN_ONE_NODES_FIRST, "while there is %s", pod));
        }
        deployment.forgetBootIfStopped();
    }

    private boolean isAvailable(Node node, Observed observed) {
        return observed.place(node)
                .filter(place -> place.available(deployment.now(), Installation.SETTINGS.minReadySeconds()))
                .isPresent();
    }

    private static boolean isToldToMove(Node node, Plan plan, Observed observed) {
        var tier = plan.tiers().get(node.role());
        // A node whose place goes is not moved.
        return node.ordinal() >= tier.partition()
                && node.ordinal() < tier.replicas()
                && !observed.place(node).orElseThrow().runs(tier.revision().name());
    }
}
