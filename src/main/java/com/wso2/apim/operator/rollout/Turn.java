package com.wso2.apim.operator.rollout;

import com.wso2.apim.operator.api.v1alpha1.ApiManagerCluster;
import com.wso2.apim.operator.api.v1alpha1.ApiManagerClusterStatus.Roll;
import com.wso2.apim.operator.api.v1alpha1.ApiManagerClusterStatus.Roll.State;
import com.wso2.apim.operator.inputs.Inputs;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whose turn it is to roll, where an installation lets only so many resources roll at the same time: of those that wait, the
 * one that has waited longest. Everything is read from the statuses of the resources, so that an operator that starts anew
 * goes on where the last one was.
 *
 * @param bound resources that may roll at the same time; 0 for any number
 */
public record Turn(ApiManagerCluster resource, List<ApiManagerCluster> others, int bound, Instant now) {

    private static final int MOST_NAMES = 3;

    /** The turn of the resource of a pass. */
    public static Turn of(Inputs inputs) {
        return new Turn(inputs.resource(), inputs.others(), inputs.settings().maxRollouts(), inputs.now());
    }

    /** Whether nodes must stay, because the resource has not got its turn, or its status does not say so yet. */
    boolean isHolding() {
        return isBounded() && !isTaken();
    }

    /** Whether its status says that it rolls: whoever begins has to say so before, so that an operator's death hides nobody. */
    boolean isTaken() {
        return own(State.ROLLING).isPresent();
    }

    /** Whether its status says that it waits. */
    boolean isWaiting() {
        return own(State.WAITING).isPresent();
    }

    /** What it waits for; empty if it is its turn. */
    public Optional<String> waitsFor() {
        if (!isBounded()) {
            return Optional.empty();
        }
        var rolling = rolling();
        var before = before();
        return rolling.size() + before.size() < bound
                ? Optional.empty()
                : Optional.of("%d of at most %d resources roll%s%s"
                        .formatted(rolling.size(), bound, names(rolling), earlier(before)));
    }

    /** Whether it is among the next to get their turn, so that it has to look again soon. */
    public boolean isNear() {
        return before().size() < bound;
    }

    /** With its turn, since it has it. */
    Roll taken() {
        return own(State.ROLLING).orElse(new Roll(State.ROLLING, now.toString()));
    }

    /** Waiting for its turn, since it waits. */
    Roll waiting() {
        return own(State.WAITING).orElse(new Roll(State.WAITING, now.toString()));
    }

    /** Where there is room for all of them nobody has to ask. */
    private boolean isBounded() {
        return bound > 0 && others.size() >= bound;
    }

    private Optional<Roll> own(State state) {
        return new Neighbour(resource).roll(state);
    }

    private List<Neighbour> rolling() {
        return neighbours()
                .filter(other -> other.holdsItsTurn(now))
                .sorted(Comparator.comparing(Neighbour::name))
                .toList();
    }

    /** Who has begun to wait earlier; of two that did in the same second, one by its name. */
    private List<Neighbour> before() {
        var order = Comparator.comparing((Neighbour other) -> Instant.parse(
                        other.roll(State.WAITING).orElseGet(this::waiting).since()))
                .thenComparing(Neighbour::name);
        return neighbours()
                .filter(Neighbour::isInLine)
                .filter(other -> order.compare(other, new Neighbour(resource)) < 0)
                .sorted(order)
                .toList();
    }

    private Stream<Neighbour> neighbours() {
        return others.stream().map(Neighbour::new);
    }

    private static String earlier(List<Neighbour> before) {
        return before.isEmpty()
                ? ""
                : ", and %d %s longer%s".formatted(before.size(), before.size() == 1 ? "waits" : "wait", names(before));
    }

    private static String names(List<Neighbour> neighbours) {
        var names = neighbours.stream().limit(MOST_NAMES).map(Neighbour::name).collect(Collectors.joining(", "));
        var more = neighbours.size() - MOST_NAMES;
        return names.isEmpty() ? "" : " (%s%s)".formatted(names, more > 0 ? " and %d more".formatted(more) : "");
    }
}
