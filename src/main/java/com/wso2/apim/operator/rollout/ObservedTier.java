package com.wso2.apim.operator.rollout;

import com.wso2.apim.operator.model.Names;
import com.wso2.apim.operator.revision.Revision;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A tier as it is.
 *
 * @param revision the revision of the StatefulSet's template; absent before the StatefulSet exists
 * @param replicas nodes that the StatefulSet is to have
 * @param partition the lowest place that the template's revision may reach
 * @param places what fills each place below {@code replicas}
 * @param unfinished whether the StatefulSet may still bring a node back on an older revision
 */
public record ObservedTier(
        Optional<String> revision, int replicas, int partition, List<Place> places, boolean unfinished) {

    /** A tier that does not exist yet. */
    public static final ObservedTier NONE = new ObservedTier(Optional.empty(), 0, 0, List.of(), false);

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

        /** Whether it has been Ready for some seconds. */
        public boolean available(Instant now, int minReadySeconds) {
            return ready
                    && readySince
                            .filter(since -> Duration.between(since, now).getSeconds() >= minReadySeconds)
                            .isPresent();
        }
    }

    /** Reads a tier from its StatefulSet, if there is one, and its pods. */
    public static ObservedTier of(Optional<StatefulSet> statefulSet, List<Pod> pods) {
        return statefulSet.map(set -> of(set, pods)).orElse(NONE);
    }

    private static ObservedTier of(StatefulSet set, List<Pod> pods) {
        var replicas = set.getSpec().getReplicas();
        var update = Optional.ofNullable(set.getSpec().getUpdateStrategy().getRollingUpdate());
        var status = Optional.ofNullable(set.getStatus());
        return new ObservedTier(
                Revision.nameOf(set.getSpec().getTemplate()),
                replicas,
                update.map(rolling -> rolling.getPartition()).orElse(0),
                IntStream.range(0, replicas)
                        .mapToObj(ordinal -> place(set.getMetadata().getName(), ordinal, pods))
                        .toList(),
                status.map(s -> !Optional.ofNullable(s.getCurrentRevision())
                                        .equals(Optional.ofNullable(s.getUpdateRevision()))
                                || !set.getMetadata().getGeneration().equals(s.getObservedGeneration()))
                        .orElse(true));
    }

    private static Place place(String set, int ordinal, List<Pod> pods) {
        return pods.stream()
                .filter(pod -> pod.getMetadata().getName().equals(set + "-" + ordinal))
                .findFirst()
                .map(pod -> place(ordinal, pod))
                .orElse(new Place(ordinal, Optional.empty(), false, Optional.empty()));
    }

    private static Place place(int ordinal, Pod pod) {
        var ready = Optional.ofNullable(pod.getStatus()).stream()
                .flatMap(status -> status.getConditions().stream())
                .filter(condition -> condition.getType().equals("Ready")
                        && condition.getStatus().equals("True"))
                .findFirst();
        return new Place(
                ordinal,
                Optional.ofNullable(pod.getMetadata().getAnnotations())
                        .map(annotations -> annotations.get(Names.REVISION_ANNOTATION)),
                ready.isPresent() && pod.getMetadata().getDeletionTimestamp() == null,
                ready.map(condition -> condition.getLastTransitionTime()).map(Instant::parse));
    }

    /** Whether every place has a pod of a revision. */
    public boolean allRun(String wanted) {
        return places.stream().allMatch(place -> place.runs(wanted));
    }

    /** Number of Ready nodes. */
    public int readyNodes() {
        return (int) places.stream().filter(Place::ready).count();
    }
}
