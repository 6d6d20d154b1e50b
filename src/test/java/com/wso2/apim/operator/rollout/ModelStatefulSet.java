package com.wso2.apim.operator.rollout;

import com.wso2.apim.operator.model.Node;
import com.wso2.apim.operator.model.Role;
import com.wso2.apim.operator.revision.Revision;
import com.wso2.apim.operator.rollout.Manifests.Report;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The StatefulSet controller of Kubernetes 1.36 for one set, with podManagementPolicy Parallel, RollingUpdate with a
 * partition and minReadySeconds: updateStatefulSet, newVersionedStatefulSetPod and completeRollingUpdate of
 * stateful_set_control.go, step by step. A revision of ours stands for its ControllerRevision, because one is made from the
 * other's template.
 */
final class ModelStatefulSet {

    /** What the operator writes. */
    record Spec(Revision revision, int replicas, int partition) {}

    /** Whoever runs the pods. */
    interface Kubelet {

        ModelPod start(Node node, Revision revision);

        /** A pod is deleted, for an update, or because its place is gone. */
        void stop(Node node, ModelPod pod, boolean forUpdate);
    }

    private final Role role;
    private final int minReadySeconds;
    private final Kubelet kubelet;
    private final Map<Integer, ModelPod> pods = new TreeMap<>();

    private Optional<Spec> spec = Optional.empty();
    private int uid;
    private long generation;
    private Optional<Long> observedGeneration = Optional.empty();
    private Optional<Revision> currentRevision = Optional.empty();
    private Optional<Revision> updateRevision = Optional.empty();

    ModelStatefulSet(Role role, int minReadySeconds, Kubelet kubelet) {
        this.role = role;
        this.minReadySeconds = minReadySeconds;
        this.kubelet = kubelet;
    }

    Optional<Spec> spec() {
        return spec;
    }

    Map<Integer, ModelPod> pods() {
        return pods;
    }

    Optional<ModelPod> pod(int ordinal) {
        return Optional.ofNullable(pods.get(ordinal));
    }

    /** Whether there is a revision, older than the template's, that a pod may come back on. */
    boolean isInMidRoll() {
        return spec.isPresent() && !currentRevision.equals(updateRevision);
    }

    /** Creates or updates it, as server-side apply does. */
    void write(Spec wanted) {
        if (spec.isEmpty()) {
            uid++;
        }
        if (!spec.equals(Optional.of(wanted))) {
            generation++;
            spec = Optional.of(wanted);
        }
    }

    /** Deletes it: its pods stay as orphans, or are left to the garbage collector. */
    void delete(boolean leavesOrphans) {
        if (leavesOrphans) {
            pods.values().forEach(ModelPod::orphan);
        }
        spec = Optional.empty();
        generation = 0;
        observedGeneration = Optional.empty();
        currentRevision = Optional.empty();
        updateRevision = Optional.empty();
    }

    /** Places up to the last pod that it left behind when it was deleted. */
    int orphans() {
        return spec.isPresent()
                ? 0
                : pods.entrySet().stream()
                        .filter(entry -> entry.getValue().owner().isEmpty()
                                && !entry.getValue().isLeaving())
                        .mapToInt(entry -> entry.getKey() + 1)
                        .max()
                        .orElse(0);
    }

    Report report() {
        return new Report(
                observedGeneration.orElse(null),
                currentRevision.map(Revision::name).orElse(null),
                updateRevision.map(Revision::name).orElse(null));
    }

    /** As the API server returns it, with what a reader knows of its status. */
    Optional<StatefulSet> manifest(Report known) {
        return spec.map(wanted -> Manifests.statefulSet(
                Configuration.NAMES.tier(role),
                wanted.revision(),
                wanted.replicas(),
                wanted.partition(),
                generation,
                known));
    }

    /** One sync of the controller. */
    void sync(Instant now) {
        spec.ifPresent(wanted -> sync(wanted, now));
    }

    private void sync(Spec wanted, Instant now) {
        var update = wanted.revision();
        var current = currentRevision.orElse(update);
        pods.values().stream().filter(pod -> pod.owner().isEmpty()).forEach(pod -> pod.own(uid));
        if (pods.values().stream().anyMatch(this::isForeign)) {
            // Names are taken: creating pods fails until the garbage collector is through.
            return;
        }

        // The status counts pods that the API server had before this sync, whether or not they are leaving.
        var counted = List.copyOf(pods.values());
        for (int ordinal = 0; ordinal < wanted.replicas(); ordinal++) {
            if (!pods.containsKey(ordinal)) {
                var revision = ordinal < wanted.partition() ? current : update;
                var pod = kubelet.start(new Node(role, ordinal), revision);
                pod.own(uid);
                pods.put(ordinal, pod);
            }
        }
        condemned(wanted).forEach(ordinal -> stop(ordinal, false));
        var isComplete = counted.size() == wanted.replicas()
                && counted.stream().allMatch(pod -> pod.isReady() && !pod.isLeaving() && pod.runs(update));
        update(wanted, now);

        observedGeneration = Optional.of(generation);
        updateRevision = Optional.of(update);
        currentRevision = Optional.of(isComplete ? update : current);
    }

    /** Whether a pod belongs to an earlier StatefulSet of the same name, so that the garbage collector will take it. */
    boolean isForeign(ModelPod pod) {
        return pod.owner().filter(owner -> spec.isEmpty() || owner != uid).isPresent();
    }

    private List<Integer> condemned(Spec wanted) {
        var condemned = new ArrayList<Integer>();
        pods.forEach((ordinal, pod) -> {
            if (ordinal >= wanted.replicas() && !pod.isLeaving()) {
                condemned.add(0, ordinal);
            }
        });
        return condemned;
    }

    /** From the highest place down to the partition: one pod that runs another revision goes; an unavailable one is waited for. */
    private void update(Spec wanted, Instant now) {
        for (int ordinal = wanted.replicas() - 1; ordinal >= wanted.partition(); ordinal--) {
            var pod = pods.get(ordinal);
            if (!pod.runs(wanted.revision()) && !pod.isLeaving()) {
                stop(ordinal, true);
                return;
            }
            if (!pod.isAvailable(now, minReadySeconds)) {
                return;
            }
        }
    }

    private void stop(int ordinal, boolean forUpdate) {
        kubelet.stop(new Node(role, ordinal), pods.get(ordinal), forUpdate);
    }
}
