package com.wso2.apim.operator.rollout;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What happened in one run: how often situations occurred that matter, and which promises were broken. */
final class Journal {

    /** What holds, whatever happens. */
    enum Promise {
        BOOTS_IN_ORDER,
        SEEDS_ALONE,
        TAKES_NO_READY_NODE_DOWN_WHILE_ANOTHER_IS_DOWN,
        TAKES_NO_LAST_ALL_IN_ONE_NODE_DOWN,
        TAKES_ONE_NODE_DOWN_AT_A_TIME,
        KEEPS_WHAT_PODS_START_FROM,
        LOWERS_NO_REPLICAS,
        SPEAKS_PLAINLY,
        SETTLES,
        RESTS_WHEN_SETTLED,
        RESTARTS_NOBODY_WHILE_PAUSED,
        STARTS_NOBODY_WHILE_SUSPENDED,
        STOPS_ALL_IN_ONE_NODES_FIRST,
        GOES_BACK_FROM_WHAT_IS_BAD
    }

    /** What runs must have seen for their silence to mean something. */
    enum Situation {
        EDIT_IN_FIRST_BOOT,
        EDIT_IN_MID_ROLL,
        EDIT_WHILE_NO_ALL_IN_ONE_NODE_IS_READY,
        WAY_BACK,
        SCALE_UP,
        SCALE_DOWN,
        READY_NODE_MOVED,
        UNREADY_NODE_MOVED,
        START_ON_A_BAD_REVISION,
        START_ON_AN_OLDER_REVISION,
        START_WITHOUT_A_FILE,
        NODE_LOST_IN_MID_ROLL,
        STATEFUL_SET_DELETED,
        OPERATOR_DIED_BETWEEN_WRITES,
        PASS_ON_STALE_NEWS,
        PARTITION_RAISED,
        REVISION_PRUNED,
        HELD_BY_THE_LAST_NODE_THAT_SERVES,
        PAUSE,
        PAUSE_IN_MID_ROLL,
        PAUSE_ENDED,
        SUSPENSION,
        SUSPENSION_ENDED,
        SUSPENSION_ENDED_WHILE_NODES_STOP,
        STOPPED,
        DATABASES_AWAY,
        REVISION_REJECTED,
        DEADLINE_OVER_AND_NOT_REJECTED,
        ROLLED_BACK,
        TRIED_AGAIN
    }

    /** Put into words only if somebody asks. */
    private record Line(String format, Object... arguments) {

        @Override
        public String toString() {
            return format.formatted(arguments);
        }
    }

    record Breach(Promise promise, String what) {}

    private static final int TAIL = 200;

    private final long seed;
    private final Map<Situation, Integer> situations = new EnumMap<>(Situation.class);
    private final List<Breach> breaches = new ArrayList<>();
    private final List<Line> lines = new ArrayList<>();

    Journal(long seed) {
        this.seed = seed;
    }

    /** Something happened. */
    void note(String format, Object... arguments) {
        lines.add(new Line(format, arguments));
    }

    /** Something happened that matters. */
    void saw(Situation situation) {
        situations.merge(situation, 1, Integer::sum);
    }

    /** Something happened that must not. */
    void broken(Promise promise, String format, Object... arguments) {
        var what = format.formatted(arguments);
        var before = lines.subList(Math.max(0, lines.size() - TAIL), lines.size()).stream()
                .map(Line::toString)
                .distinct()
                .collect(Collectors.joining("\n"));
        breaches.add(new Breach(promise, "seed %d: %s, after%n%s".formatted(seed, what, before)));
    }

    Map<Situation, Integer> situations() {
        return situations;
    }

    List<Breach> breaches() {
        return breaches;
    }
}
