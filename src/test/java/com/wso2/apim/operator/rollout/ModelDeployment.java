package com.wso2.apim.operator.rollout;

import com.wso2.apim.operator.model.Node;
import com.wso2.apim.operator.model.Role;
import com.wso2.apim.operator.revision.Revision;
import com.wso2.apim.operator.rollout.Journal.Promise;
import com.wso2.apim.operator.rollout.Journal.Situation;
import com.wso2.apim.operator.rollout.ModelStatefulSet.Kubelet;
import com.wso2.apim.operator.support.Installation;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A namespace with one deployment: both StatefulSets, pods that boot after a while or never, the databases, what the
 * operator stores, and a clock.
 */
final class ModelDeployment implements Kubelet {

    private final Random random;
    private final Journal journal;
    private final Map<Role, ModelStatefulSet> statefulSets = new EnumMap<>(Role.class);
    private final Set<String> bad = new HashSet<>();
    private final Set<String> stored = new HashSet<>();
    private final Map<Role, String> settled = new EnumMap<>(Role.class);
    private final ModelRejections rejections = new ModelRejections();
    private final Set<Node> takenDown = new HashSet<>();
    private final Set<Node> everReady = new HashSet<>();
    private final Map<Role, Observed> lastSeen = new EnumMap<>(Role.class);
    private boolean isBootingAgain;
    private Configuration lastWanted = Configuration.of("nothing");
    private Instant databasesBack = Instant.MIN;
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    ModelDeployment(Random random, Journal journal) {
        this.random = random;
        this.journal = journal;
        for (var role : Role.values()) {
            statefulSets.put(role, new ModelStatefulSet(role, Installation.SETTINGS.minReadySeconds(), this));
        }
    }

    Instant now() {
        return now;
    }

    ModelStatefulSet statefulSet(Role role) {
        return statefulSets.get(role);
    }

    /** Names of the stored revisions. */
    Set<String> stored() {
        return stored;
    }

    /** What the stored mark says: the revision that each tier settled on last. */
    Map<Role, String> settled() {
        return settled;
    }

    /** What is stored of good and of rejected revisions. */
    ModelRejections rejections() {
        return rejections;
    }

    /** Databases are away until some time: what runs goes on, and no all-in-one node boots. */
    void loseDatabases(Instant until) {
        databasesBack = until;
    }

    /** From now on no pod boots on a revision. */
    void spoil(Revision revision) {
        bad.add(revision.name());
    }

    boolean isBad(Revision revision) {
        return bad.contains(revision.name());
    }

    boolean isInFirstBoot() {
        return settled.size() < Role.values().length;
    }

    boolean isInMidRoll() {
        return statefulSets.values().stream().anyMatch(ModelStatefulSet::isInMidRoll);
    }

    boolean hasReady(Role role) {
        return statefulSet(role).pods().values().stream().anyMatch(pod -> pod.isReady() && !pod.isLeaving());
    }

    Map<Node, ModelPod> pods() {
        var pods = new TreeMap<Node, ModelPod>((a, b) -> a.toString().compareTo(b.toString()));
        statefulSets.forEach(
                (role, set) -> set.pods().forEach((ordinal, pod) -> pods.put(new Node(role, ordinal), pod)));
        return pods;
    }

    List<Pod> manifests() {
        return pods().entrySet().stream()
                .map(entry -> manifest(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static Pod manifest(Node node, ModelPod pod) {
        return Manifests.pod(
                node,
                pod.revision().name(),
                pod.created(),
                pod.readySince(),
                pod.isLeaving(),
                pod.owner().isPresent());
    }

    /** Time goes on: pods that are on their way out go, and those that were booting become Ready. */
    void pass(Duration time) {
        now = now.plus(time);
        for (var set : statefulSets.values()) {
            set.pods().values().stream()
                    .filter(pod -> set.isForeign(pod) && !pod.isLeaving())
                    .forEach(pod -> pod.leave(now.plusSeconds(random.nextInt(60))));
            set.pods().values().removeIf(pod -> pod.isGone(now));
        }
        Stream.of(Role.values()).forEach(role -> statefulSet(role).pods().forEach((ordinal, pod) -> {
            var node = new Node(role, ordinal);
            if (pod.isDue(now) && (pod.hasBooted() || canBoot(node, pod.revision()))) {
                pod.becomeReady(now);
                everReady.add(node);
                isBootingAgain &=
                        !everReady.containsAll(Set.of(new Node(Role.ALL_IN_ONE, 0), new Node(Role.TRAFFIC_MANAGER, 0)));
                takenDown.remove(node);
                journal.note("%s is Ready on %s", node, pod.revision().name());
            }
        }));
    }

    /** A Traffic Manager hangs in start-up while no all-in-one node is there. */
    private boolean canBoot(Node node, Revision revision) {
        return !isBad(revision)
                && hasFile(node, revision)
                && (node.role() == Role.ALL_IN_ONE ? now.isAfter(databasesBack) : hasReady(Role.ALL_IN_ONE));
    }

    private static boolean hasFile(Node node, Revision revision) {
        return revision.files().containsKey(Configuration.NAMES.file(node));
    }

    /** If no node is left, those that start next are to do so in the order of the first boot. */
    void forgetBootIfStopped() {
        var isStopped = pods().isEmpty()
                && statefulSets.values().stream()
                        .allMatch(set ->
                                set.spec().filter(spec -> spec.replicas() == 0).isPresent());
        if (isStopped && !everReady.isEmpty()) {
            journal.saw(Situation.STOPPED);
            everReady.clear();
            takenDown.clear();
            isBootingAgain = true;
        }
    }

    /** A pod is deleted by somebody else than the operator. */
    void evict(Node node, ModelPod pod) {
        journal.note("%s is evicted", node);
        pod.leave(now.plusSeconds(random.nextInt(60)));
    }

    void flap(Node node, ModelPod pod) {
        journal.note("%s flaps", node);
        pod.flap(now.plusSeconds(random.nextInt(120)));
    }

    @Override
    public ModelPod start(Node node, Revision revision) {
        journal.note("%s starts on %s", node, revision.name());
        checkOrder(node);
        if (!stored.contains(revision.name())) {
            journal.broken(
                    Promise.KEEPS_WHAT_PODS_START_FROM, "%s starts on %s, which is not stored", node, revision.name());
        }
        if (!hasFile(node, revision)) {
            journal.saw(Situation.START_WITHOUT_A_FILE);
        }
        if (isBad(revision)) {
            journal.saw(Situation.START_ON_A_BAD_REVISION);
        }
        if (!statefulSet(node.role()).spec().orElseThrow().revision().name().equals(revision.name())) {
            journal.saw(Situation.START_ON_AN_OLDER_REVISION);
        }
        return new ModelPod(revision, now, now.plusSeconds(5 + random.nextInt(120)));
    }

    private void checkOrder(Node node) {
        var isSeeded = Stream.of(0, 1).anyMatch(ordinal -> everReady.contains(new Node(Role.ALL_IN_ONE, ordinal)));
        if (node.role() == Role.TRAFFIC_MANAGER && !isSeeded) {
            journal.broken(Promise.BOOTS_IN_ORDER, "%s starts before all-in-one 0 was Ready", node);
        }
        if (node.equals(new Node(Role.ALL_IN_ONE, 1)) && (isInFirstBoot() || isBootingAgain)) {
            var bootedBefore = Set.of(new Node(Role.ALL_IN_ONE, 0), new Node(Role.TRAFFIC_MANAGER, 0));
            if (!everReady.containsAll(bootedBefore)) {
                journal.broken(Promise.BOOTS_IN_ORDER, "%s starts before %s were Ready", node, bootedBefore);
            }
        }
        var others = statefulSet(Role.ALL_IN_ONE).pods().keySet();
        if (node.role() == Role.ALL_IN_ONE && !isSeeded && !others.isEmpty()) {
            journal.broken(Promise.SEEDS_ALONE, "%s starts beside %s on empty databases", node, others);
        }
    }

    @Override
    public void stop(Node node, ModelPod pod, boolean forUpdate) {
        // A node that the operator saw down when it told it to move, and that has come back since, is nobody's fault.
        if (forUpdate && pod.isReady() && lastSeen.get(node.role()).ready(node)) {
            if (!takenDown.isEmpty()) {
                journal.broken(
                        Promise.TAKES_ONE_NODE_DOWN_AT_A_TIME, "%s is taken down while %s still is", node, takenDown);
            }
            takenDown.add(node);
        }
        journal.note("%s stops%s", node, forUpdate ? " for an update" : "");
        if (forUpdate) {
            journal.saw(pod.isReady() ? Situation.READY_NODE_MOVED : Situation.UNREADY_NODE_MOVED);
        }
        pod.leave(now.plusSeconds(random.nextInt(40)));
    }

    /** The operator has written what it decided for a tier on seeing this. */
    void told(Role role, Observed observed, Configuration wanted) {
        lastSeen.put(role, observed);
        lastWanted = wanted;
        takenDown.removeIf(this::isGivenUp);
    }

    private boolean isGivenUp(Node node) {
        return node.ordinal() >= lastWanted.cluster().tier(node.role()).replicas();
    }

    void sync(Role role) {
        statefulSet(role).sync(now);
    }

    void delete(Role role, boolean leavesOrphans) {
        journal.note("StatefulSet of %s is deleted%s", role.component(), leavesOrphans ? ", its pods stay" : "");
        statefulSet(role).delete(leavesOrphans);
    }

    Optional<ModelPod> pod(Node node) {
        return statefulSet(node.role()).pod(node.ordinal());
    }
}
