package com.wso2.apim.operator.rollout;

import com.wso2.apim.operator.revision.Revision;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A pod, as far as readiness and revision go. */
final class ModelPod {

    private final Revision revision;
    private final Instant created;
    private Instant readyAt;
    private Optional<Instant> readySince = Optional.empty();
    private Optional<Instant> goneAt = Optional.empty();
    private boolean hasBooted;
    private Optional<Integer> owner = Optional.empty();

    /** A pod that becomes Ready at some time, if its revision lets it. */
    ModelPod(Revision revision, Instant created, Instant readyAt) {
        this.revision = revision;
        this.created = created;
        this.readyAt = readyAt;
    }

    Revision revision() {
        return revision;
    }

    Instant created() {
        return created;
    }

    boolean runs(Revision wanted) {
        return revision.name().equals(wanted.name());
    }

    boolean isReady() {
        return readySince.isPresent();
    }

    Optional<Instant> readySince() {
        return readySince;
    }

    boolean isAvailable(Instant now, int minReadySeconds) {
        return !isLeaving()
                && readySince
                        .filter(since -> Duration.between(since, now).getSeconds() >= minReadySeconds)
                        .isPresent();
    }

    boolean isDue(Instant now) {
        return !isReady() && !isLeaving() && !now.isBefore(readyAt);
    }

    boolean hasBooted() {
        return hasBooted;
    }

    void becomeReady(Instant now) {
        readySince = Optional.of(now);
        hasBooted = true;
    }

    /** Readiness is lost until some time. */
    void flap(Instant until) {
        readySince = Optional.empty();
        readyAt = until;
    }

    boolean isLeaving() {
        return goneAt.isPresent();
    }

    void leave(Instant at) {
        goneAt = Optional.of(at);
    }

    boolean isGone(Instant now) {
        return goneAt.filter(at -> !now.isBefore(at)).isPresent();
    }

    /** The StatefulSet that it belongs to; none if that was deleted and left it behind. */
    Optional<Integer> owner() {
        return owner;
    }

    void own(int statefulSet) {
        owner = Optional.of(statefulSet);
    }

    void orphan() {
        owner = Optional.empty();
    }
}
