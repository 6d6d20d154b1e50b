package com.wso2.apim.operator.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import com.wso2.apim.operator.rollout.Journal.Breach;
import com.wso2.apim.operator.rollout.Journal.Promise;
import com.wso2.apim.operator.rollout.Journal.Situation;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Random lives of a deployment under a model of the StatefulSet controller: the user edits, pods fail, nodes are lost,
 * StatefulSets are deleted, the operator knows things late, or dies; then there is peace. The seeds are fixed.
 */
class RolloutModelTest {

    private static final int RUNS = 300;
    private static final List<Journal> JOURNALS = LongStream.range(0, RUNS)
            .mapToObj(seed -> new RandomRun(seed).live())
            .toList();

    @ParameterizedTest
    @EnumSource
    void keepsItsPromise(Promise promise) {
        var breaches = JOURNALS.stream()
                .flatMap(journal -> journal.breaches().stream())
                .filter(breach -> breach.promise() == promise)
                .map(Breach::what);

        assertThat(breaches.findFirst()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "EDIT_IN_FIRST_BOOT, 200",
        "EDIT_IN_MID_ROLL, 600",
        "EDIT_WHILE_NO_ALL_IN_ONE_NODE_IS_READY, 80",
        "WAY_BACK, 100",
        "SCALE_UP, 40",
        "SCALE_DOWN, 200",
        "READY_NODE_MOVED, 800",
        "UNREADY_NODE_MOVED, 400",
        "START_ON_A_BAD_REVISION, 300",
        "START_ON_AN_OLDER_REVISION, 150",
        "NODE_LOST_IN_MID_ROLL, 400",
        "STATEFUL_SET_DELETED, 100",
        "OPERATOR_DIED_BETWEEN_WRITES, 1500",
        "PASS_ON_STALE_NEWS, 4000",
        "PARTITION_RAISED, 100",
        "REVISION_PRUNED, 500",
        "HELD_BY_THE_LAST_NODE_THAT_SERVES, 5",
        "PAUSE, 50",
        "PAUSE_IN_MID_ROLL, 50",
        "PAUSE_ENDED, 100",
        "SUSPENSION, 100",
        "SUSPENSION_ENDED, 25",
        "SUSPENSION_ENDED_WHILE_NODES_STOP, 20",
        "STOPPED, 25",
        "DATABASES_AWAY, 100",
        "REVISION_REJECTED, 300",
        "DEADLINE_OVER_AND_NOT_REJECTED, 100",
        "ROLLED_BACK, 300",
        "TRIED_AGAIN, 10"
    })
    void hasSeen(Situation situation, int times) {
        assertThat(count(situation)).isGreaterThanOrEqualTo(times);
    }

    /**
     * A revision has files for as many nodes as there were then. A place that was added later, and loses its pod before its
     * tier has come to rest, may come back on a revision from before it; that pod does not start, and is moved on.
     */
    @Test
    void hardlyEverStartsANodeOnARevisionFromBeforeIt() {
        assertThat(count(Situation.START_WITHOUT_A_FILE)).isLessThan(RUNS / 100);
    }

    private static int count(Situation situation) {
        return JOURNALS.stream()
                .mapToInt(journal -> journal.situations().getOrDefault(situation, 0))
                .sum();
    }
}
