package com.wso2.apim.operator.rollout;

import com.wso2.apim.operator.model.Node;
import com.wso2.apim.operator.model.Role;
import com.wso2.apim.operator.revision.Revision;
import com.wso2.apim.operator.rollout.Journal.Promise;
import com.wso2.apim.operator.rollout.Journal.Situation;
import com.wso2.apim.operator.rollout.ModelStatefulSet.Spec;
import com.wso2.apim.operator.rollout.Plan.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;

/** One life of a deployment: a while of anything that may happen, then peace. */
final class RandomRun {

    private static final int STEPS = 300;
    private static final int ROUNDS_OF_PEACE = 200;
    private static final int ROUNDS_OF_PROOF = 5;
    private static final int CONTENTS = 6;

    private final Random random;
    private final Journal journal;
    private final ModelDeployment deployment;
    private final ModelOperator operator;
    private final List<Configuration> asked = new ArrayList<>();
    private int operatorSleeps;

    RandomRun(long seed) {
        this.random = new Random(seed);
        this.journal = new Journal(seed);
        this.deployment = new ModelDeployment(random, journal);
        this.operator = new ModelOperator(deployment, random, journal);
    }

    /** Lives it. */
    Journal live() {
        ask(Configuration.of("good-0"));
        for (int i = 0; i < STEPS; i++) {
            step();
        }
        peace();
        return journal;
    }

    private Configuration wanted() {
        return asked.get(asked.size() - 1);
    }

    private void ask(Configuration configuration) {
        journal.note("the user wants %s", configuration);
        configuration.targets().forEach((role, target) -> {
            var content = role == Role.ALL_IN_ONE ? configuration.allInOne() : configuration.trafficManager();
            if (content.startsWith("bad")) {
                deployment.spoil(target);
            }
        });
        asked.add(configuration);
    }

    private void step() {
        switch (random.nextInt(3)) {
            case 0 -> operatorPasses();
            case 1 -> deployment.sync(random.nextBoolean() ? Role.ALL_IN_ONE : Role.TRAFFIC_MANAGER);
            default -> deployment.pass(Duration.ofSeconds(1 + random.nextInt(60)));
        }
        if (happens(deployment.isInFirstBoot() ? 6 : 30)) {
            edit();
        }
        if (wanted().isSuspended() && happens(30)) {
            suspend(false);
        }
        if (wanted().isPaused() && happens(20)) {
            pause(false);
        }
        if (happens(15)) {
            randomPod().ifPresent(this::evict);
        }
        if (happens(15)) {
            randomPod().filter(this::isReady).ifPresent(node -> deployment.flap(node, pod(node)));
        }
        if (happens(7)) {
            journal.note("the operator is away");
            operatorSleeps = random.nextInt(30);
        }
        if (happens(4)) {
            randomPod().map(node -> pod(node).revision()).ifPresent(this::spoil);
        }
        if (happens(5)) {
            journal.saw(Situation.DATABASES_AWAY);
            journal.note("the databases are away");
            deployment.loseDatabases(deployment.now().plusSeconds(random.nextInt(900)));
        }
        if (!deployment.rejections().marked().isEmpty() && happens(15)) {
            journal.saw(Situation.TRIED_AGAIN);
            journal.note(
                    "somebody takes away the mark of %s",
                    deployment.rejections().marked());
            deployment.rejections().marked().clear();
        }
        if (happens(2)) {
            journal.saw(Situation.STATEFUL_SET_DELETED);
            deployment.delete(random.nextBoolean() ? Role.ALL_IN_ONE : Role.TRAFFIC_MANAGER, random.nextBoolean());
            operator.catchUp();
        }
    }

    private boolean happens(int inAThousand) {
        return random.nextInt(1000) < inAThousand;
    }

    private ModelPod pod(Node node) {
        return deployment.pod(node).orElseThrow();
    }

    private boolean isReady(Node node) {
        return pod(node).isReady();
    }

    /** What pods started from once does not let them start again: a password was changed, an image is gone. */
    private void spoil(Revision revision) {
        journal.note("no pod boots on %s any more", revision.name());
        deployment.spoil(revision);
    }

    private void operatorPasses() {
        if (operatorSleeps > 0) {
            operatorSleeps--;
            return;
        }
        if (random.nextInt(4) > 0) {
            operator.catchUp();
        } else {
            journal.saw(Situation.PASS_ON_STALE_NEWS);
        }
        var writes = random.nextInt(10) > 0 ? ModelOperator.ALL_WRITES : random.nextInt(ModelOperator.ALL_WRITES);
        if (writes < ModelOperator.ALL_WRITES) {
            journal.saw(Situation.OPERATOR_DIED_BETWEEN_WRITES);
        }
        operator.pass(wanted(), writes);
    }

    private void edit() {
        if (deployment.isInFirstBoot()) {
            journal.saw(Situation.EDIT_IN_FIRST_BOOT);
        } else if (deployment.isInMidRoll()) {
            journal.saw(Situation.EDIT_IN_MID_ROLL);
        }
        if (!deployment.isInFirstBoot() && !deployment.hasReady(Role.ALL_IN_ONE)) {
            journal.saw(Situation.EDIT_WHILE_NO_ALL_IN_ONE_NODE_IS_READY);
        }
        switch (random.nextInt(11)) {
            case 0 -> {
                journal.saw(Situation.WAY_BACK);
                ask(asked.get(random.nextInt(asked.size())));
            }
            case 1 -> scale(wanted().withAllInOnes(3 - wanted().allInOnes()));
            case 2 -> scale(wanted().withTrafficManagers(3 - wanted().trafficManagers()));
            case 3 -> ask(wanted().withAllInOne(content()));
            case 4 -> ask(wanted().withTrafficManager(content()));
            case 5 -> pause(!wanted().isPaused());
            case 6 -> suspend(!wanted().isSuspended());
            default -> {
                var content = content();
                ask(wanted().withAllInOne(content).withTrafficManager(content));
            }
        }
    }

    private void pause(boolean paused) {
        journal.saw(
                !paused
                        ? Situation.PAUSE_ENDED
                        : deployment.isInMidRoll() ? Situation.PAUSE_IN_MID_ROLL : Situation.PAUSE);
        ask(wanted().withPaused(paused));
    }

    private void suspend(boolean suspended) {
        journal.saw(
                suspended
                        ? Situation.SUSPENSION
                        : deployment.pods().isEmpty()
                                ? Situation.SUSPENSION_ENDED
                                : Situation.SUSPENSION_ENDED_WHILE_NODES_STOP);
        ask(wanted().withSuspended(suspended));
    }

    private void scale(Configuration configuration) {
        var before = wanted().nodes().count();
        journal.saw(configuration.nodes().count() > before ? Situation.SCALE_UP : Situation.SCALE_DOWN);
        ask(configuration);
    }

    private String content() {
        return (random.nextInt(4) > 0 ? "good-" : "bad-") + random.nextInt(CONTENTS);
    }

    private void evict(Node node) {
        if (deployment.isInMidRoll()) {
            journal.saw(Situation.NODE_LOST_IN_MID_ROLL);
        }
        deployment.evict(node, pod(node));
    }

    private Optional<Node> randomPod() {
        var pods = deployment.pods().entrySet().stream()
                .filter(entry -> !entry.getValue().isLeaving())
                .map(Map.Entry::getKey)
                .toList();
        return pods.isEmpty() ? Optional.empty() : Optional.of(pods.get(random.nextInt(pods.size())));
    }

    /** Nobody edits any more, the last configuration is good, pods behave, the operator lives. */
    private void peace() {
        deployment.loseDatabases(Instant.MIN);
        comeToRest(new Configuration(1 + random.nextInt(2), 1 + random.nextInt(2), "last", "last", false, false));
        comeToRest(Configuration.of("last"));
        goBack();
        comeToRest(Configuration.of("after-all"));
    }

    private void comeToRest(Configuration configuration) {
        ask(configuration);
        var plan = settle();
        for (var held = heldBehind(); held.isPresent(); held = heldBehind()) {
            journal.saw(Situation.HELD_BY_THE_LAST_NODE_THAT_SERVES);
            // The way out is somebody's decision to do without the last node that serves.
            deployment.evict(held.get(), pod(held.get()));
            plan = settle();
        }
        if (plan.phase() == Phase.SETTLED) {
            checkRest(plan, wanted());
        } else {
            journal.broken(Promise.SETTLES, "%s: %s", plan.phase(), plan.sentence());
        }
    }

    /** What is bad in one tier, or in both, ends where it began. */
    private void goBack() {
        var bad = "bad-" + CONTENTS;
        var before = wanted();
        ask(
                random.nextInt(3) == 0
                        ? Configuration.of(bad)
                        : random.nextBoolean() ? before.withAllInOne(bad) : before.withTrafficManager(bad));
        var plan = settle();
        if (plan.phase() == Phase.SETTLED && !deployment.rejections().marked().isEmpty()) {
            checkRest(plan, before);
        } else {
            journal.broken(Promise.GOES_BACK_FROM_WHAT_IS_BAD, "%s: %s", plan.phase(), plan.sentence());
        }
    }

    private Plan settle() {
        var plan = operator.pass(wanted(), 0);
        for (int i = 0; i < ROUNDS_OF_PEACE && plan.phase() != Phase.SETTLED; i++) {
            plan = round();
        }
        // What it has come to rest on is good only after a while.
        for (int i = 0; i < ROUNDS_OF_PROOF && plan.phase() == Phase.SETTLED; i++) {
            plan = round();
        }
        return plan;
    }

    private Plan round() {
        deployment.pass(Duration.ofSeconds(10));
        for (var role : Role.values()) {
            deployment.sync(role);
        }
        operator.catchUp();
        return operator.pass(wanted(), ModelOperator.ALL_WRITES);
    }

    private void checkRest(Plan plan, Configuration configuration) {
        for (var role : Role.values()) {
            var tier = plan.tiers().get(role);
            var target = configuration.revision(role);
            if (!deployment
                    .statefulSet(role)
                    .spec()
                    .equals(Optional.of(
                            new Spec(target, configuration.cluster().tier(role).replicas(), 0)))) {
                journal.broken(Promise.RESTS_WHEN_SETTLED, "%s is still to be written: %s", role.component(), tier);
            }
            deployment.statefulSet(role).pods().forEach((ordinal, pod) -> {
                if (!pod.isReady() || !pod.runs(target)) {
                    journal.broken(Promise.RESTS_WHEN_SETTLED, "%s %d is not what it should be", role, ordinal);
                }
            });
        }
        var targets = configuration.targets().values().stream()
                .map(target -> target.name())
                .collect(Collectors.toSet());
        if (!plan.keep().equals(targets)) {
            journal.broken(Promise.RESTS_WHEN_SETTLED, "keeps %s for %s", plan.keep(), targets);
        }
    }

    /**
     * What a partition cannot do: a lower place is stuck on a revision on which it cannot boot, and the higher one, which
     * would have to move first, is the last of its tier that serves.
     */
    private Optional<Node> heldBehind() {
        return deployment.pods().keySet().stream()
                .filter(node ->
                        node.ordinal() > 0 && isReady(node) && !pod(node).runs(wanted().revision(node.role())))
                .filter(node -> deployment
                        .pod(new Node(node.role(), node.ordinal() - 1))
                        .filter(lower -> !lower.isReady() && deployment.isBad(lower.revision()))
                        .filter(lower -> !lower.runs(wanted().revision(node.role())))
                        .isPresent())
                .findFirst();
    }
}
