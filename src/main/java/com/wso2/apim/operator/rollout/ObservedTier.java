package com.wso2.apim.operator.rollout;

import com.wso2.apim.operator.model.Names;
import com.wso2.apim.operator.revision.Revision;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * A tier as it is.
 *
 * @param revision the revision of the StatefulSet's template; absent without a StatefulSet
 * @param replicas nodes that the StatefulSet is to have; without one, places up to the last pod that it left behind
 * @param partition the lowest place that the template's revision may reach
 * @param places what fills each place below {@code replicas}
 * @param unfinished whether the StatefulSet may still bring a node back on an older revision
 */
public record ObservedTier(
        Optional<String> revision, int replicas, int partition, List<Place> places, boolean unfinished) {

    /** A tier that does not exist yet. */
    public static final ObservedTier NONE = new ObservedTier(Optional.empty(), 0, 0, List.of(), true);

    /**
     * A node's place.
     *
     * @param revision the revision that its pod runs; absent while there is no pod
     * @param ready whether its pod is Ready and not on its way out
     * @param readySince since when
     */
    public record Place(int ordinal, Optional<String> revision, boolean ready, Optional<Instant> readySince) {

        /** Whether it runs a revision. */
        public boolean runs(String wanted) {
            return revision.filter(wanted::equals).isPresent();
        }

        /** Whether it has a pod, of another revision. */
        public boolean runsOtherThan(Optional<String> wanted) {
            return revision.isPresent() && !revision.equals(wanted);
        }

        /** Whether it has been Ready for some seconds. */
        public boolean available(Instant now, int minReadySeconds) {
            return ready
                    && readySince
                            .filter(since -> Duration.between(since, now).getSeconds() >= minReadySeconds)
                            .isPresent();
        }
    }

    /** Reads a tier from its StatefulSet, if there is one, and its pods. */
    public static ObservedTier of(String name, Optional<StatefulSet> statefulSet, List<Pod> pods) {
        return statefulSet.map(set -> of(name, set, pods)).orElseGet(() -> leftBehind(name, pods));
    }

    private static ObservedTier of(String name, StatefulSet set, List<Pod> pods) {
        var replicas = set.getSpec().getReplicas();
        var update = Optional.ofNullable(set.getSpec().getUpdateStrategy().getRollingUpdate());
        var status = Optional.ofNullable(set.getStatus());
        return new ObservedTier(
                Revision.nameOf(set.getSpec().getTemplate()),
                replicas,
                update.map(rolling -> rolling.getPartition()).orElse(0),
                places(name, replicas, pods),
                status.map(s -> !Optional.ofNullable(s.getCurrentRevision())
                                        .equals(Optional.ofNullable(s.getUpdateRevision()))
                                || !set.getMetadata().getGeneration().equals(s.getObservedGeneration()))
                        .orElse(true));
    }

    /**
     * A StatefulSet that is deleted may leave its pods behind, and the next one adopts them: then it must have as many
     * replicas. Pods that still name the deleted one as their owner are left to the garbage collector.
     */
    private static ObservedTier leftBehind(String name, List<Pod> pods) {
        var orphans = pods.stream().filter(ObservedTier::isOrphan).toList();
        var replicas = orphans.stream()
                .map(pod -> pod.getMetadata().getName())
                .filter(pod -> pod.matches(Pattern.quote(name) + "-[0-9]"))
                .mapToInt(pod -> Character.digit(pod.charAt(pod.length() - 1), 10) + 1)
                .max()
                .orElse(0);
        return new ObservedTier(Optional.empty(), replicas, 0, places(name, replicas, orphans), true);
    }

    private static boolean isOrphan(Pod pod) {
        return pod.getMetadata().getDeletionTimestamp() == null
                && pod.getMetadata().getOwnerReferences().stream()
                        .map(OwnerReference::getController)
                        .noneMatch(Boolean.TRUE::equals);
    }

    private static List<Place> places(String name, int replicas, List<Pod> pods) {
        return IntStream.range(0, replicas)
                .mapToObj(ordinal -> pod(name, ordinal, pods)
                        .map(pod -> place(ordinal, pod))
                        .orElse(new Place(ordinal, Optional.empty(), false, Optional.empty())))
                .toList();
    }

    private static Optional<Pod> pod(String name, int ordinal, List<Pod> pods) {
        return pods.stream()
                .filter(pod -> pod.getMetadata().getName().equals(name + "-" + ordinal))
                .findFirst();
    }

    private static Place place(int ordinal, Pod pod) {
        var conditions = new PodConditions(pod);
        return new Place(
                ordinal,
                Optional.ofNullable(pod.getMetadata().getAnnotations())
                        .map(annotations -> annotations.get(Names.REVISION_ANNOTATION)),
                conditions.isTrue("Ready") && pod.getMetadata().getDeletionTimestamp() == null,
                conditions.trueSince("Ready"));
    }

    /** Whether it is as it should be, and will stay so: no older revision is left that a node could come back on. */
    public boolean isSettledOn(String wanted, int nodes) {
        return revision.filter(wanted::equals).isPresent()
                && replicas == nodes
                && readyNodes() == nodes
                && places.stream().allMatch(place -> place.runs(wanted))
                && !unfinished;
    }

    /** Whether the StatefulSet is to replace the pod of a place. */
    public boolean tellsToMove(Place place) {
        return revision.isPresent() && place.ordinal() >= partition && place.runsOtherThan(revision);
    }

    /** Number of Ready nodes. */
    public int readyNodes() {
        return (int) places.stream().filter(Place::ready).count();
    }
}
