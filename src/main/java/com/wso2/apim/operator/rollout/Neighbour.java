package com.wso2.apim.operator.rollout;

import com.wso2.apim.operator.api.v1alpha1.ApiManagerCluster;
import com.wso2.apim.operator.api.v1alpha1.ApiManagerClusterStatus;
import com.wso2.apim.operator.api.v1alpha1.ApiManagerClusterStatus.Condition;
import com.wso2.apim.operator.api.v1alpha1.ApiManagerClusterStatus.Roll;
import com.wso2.apim.operator.api.v1alpha1.ApiManagerClusterStatus.Roll.State;
import com.wso2.apim.operator.api.v1alpha1.RolloutSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Another resource, as far as it may keep somebody waiting: nobody is to wait for one that does not get on. */
record Neighbour(ApiManagerCluster resource) {

    /** Reasons of the condition Stalled of one that goes on only when somebody changes something. */
    private static final Set<String> STUCK = Set.of("DeadlineExceeded", "Rejected");
    /** Reasons of the condition Reconciling of one whose passes fail, so that it would not take its turn. */
    private static final Set<String> FAILING = Set.of("Retrying", "Rejected");
    /** Conditions of which one changes at each step of a roll. */
    private static final Set<String> STEPS = Set.of("AllInOneReady", "TrafficManagerReady");

    /** Steps of the longest roll: two tiers of two nodes. */
    private static final int MOST_STEPS = 4;
    /** For a node to end, before its time to start begins, and to stay Ready for a while after that. */
    private static final Duration AROUND_A_START = Duration.ofMinutes(5);

    private static final int DEFAULT_SECONDS = 900;
    /** A resource that gives its nodes a day does not give the others a day to wait. */
    private static final int MOST_SECONDS = 3600;

    String name() {
        return resource.getMetadata().getNamespace() + "/"
                + resource.getMetadata().getName();
    }

    /** Its roll, if its status says that it is so far. What somebody wrote there who is not an operator holds up nobody. */
    Optional<Roll> roll(State state) {
        return status().map(ApiManagerClusterStatus::roll)
                .filter(roll -> roll.state() == state)
                .filter(roll -> moment(roll.since()).isPresent());
    }

    /** Whether it waits for its turn, and would take it. */
    boolean isInLine() {
        return roll(State.WAITING).isPresent() && !isLeaving() && !is("Reconciling", FAILING);
    }

    /** Whether it rolls and gets on with it. */
    boolean holdsItsTurn(Instant now) {
        return roll(State.ROLLING)
                .filter(roll -> !isLeaving() && !is("Stalled", STUCK))
                .map(Roll::since)
                .flatMap(Neighbour::moment)
                .filter(since -> now.isBefore(lastStep(since).plus(step())))
                .filter(since -> now.isBefore(since.plus(step().multipliedBy(MOST_STEPS))))
                .isPresent();
    }

    /** The operator does not look any more at one that is deleted, also if somebody's finalizer keeps it. */
    private boolean isLeaving() {
        return resource.getMetadata().getDeletionTimestamp() != null;
    }

    private boolean is(String type, Set<String> reasons) {
        return conditions()
                .filter(condition -> condition.type().equals(type))
                .anyMatch(condition -> reasons.contains(condition.reason()));
    }

    private Instant lastStep(Instant since) {
        return conditions()
                .filter(condition -> STEPS.contains(condition.type()))
                .map(Condition::lastTransitionTime)
                .flatMap(text -> moment(text).stream())
                .filter(since::isBefore)
                .max(Instant::compareTo)
                .orElse(since);
    }

    private static Optional<Instant> moment(String text) {
        try {
            return Optional.ofNullable(text).map(Instant::parse);
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** Longest time that a step may take. */
    private Duration step() {
        var seconds = Optional.ofNullable(resource.getSpec().rollout())
                .map(RolloutSpec::progressDeadlineSeconds)
                .orElse(DEFAULT_SECONDS);
        return Duration.ofSeconds(Math.min(seconds, MOST_SECONDS)).plus(AROUND_A_START);
    }

    private Stream<Condition> conditions() {
        return status().stream().flatMap(status -> status.conditions().stream());
    }

    private Optional<ApiManagerClusterStatus> status() {
        return Optional.ofNullable(resource.getStatus());
    }
}
