package com.wso2.apim.operator.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Random lives of several resources, of which only some may roll at the same time. The seeds are fixed. */
class TurnsModelTest {

    private static final int RUNS = 12;

    private record Life(RandomTurns run, List<String> broken) {

        static Life of(long seed, boolean hasTrouble) {
            var run = new RandomTurns(seed, hasTrouble);
            return new Life(run, run.live());
        }
    }

    private static final List<Life> QUIET =
            LongStream.range(0, RUNS).mapToObj(seed -> Life.of(seed, false)).toList();
    private static final List<Life> TROUBLED = LongStream.range(RUNS, 2 * RUNS)
            .mapToObj(seed -> Life.of(seed, true))
            .toList();

    @Test
    void neverLetsMoreRollThanTheBoundAndEveryOneGetsItsTurn() {
        assertThat(QUIET.stream().flatMap(life -> life.broken().stream()).findFirst())
                .isEmpty();
    }

    @Test
    void leavesNobodyWaitingForOneThatFailsOrIsLost() {
        assertThat(TROUBLED.stream().flatMap(life -> life.broken().stream()).findFirst())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"began, 20", "waited, 50", "died, 5", "deleted, 1"})
    void hasSeen(String what, int times) {
        assertThat(QUIET.stream()
                        .mapToInt(life -> life.run().seen().getOrDefault(what, 0))
                        .sum())
                .isGreaterThanOrEqualTo(times);
    }
}
