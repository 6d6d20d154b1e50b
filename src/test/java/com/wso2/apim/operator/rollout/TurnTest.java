package com.wso2.apim.operator.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import com.wso2.apim.operator.api.v1alpha1.ApiManagerCluster;
import com.wso2.apim.operator.api.v1alpha1.ApiManagerClusterStatus.Condition;
import com.wso2.apim.operator.api.v1alpha1.ApiManagerClusterStatus.Roll;
import com.wso2.apim.operator.api.v1alpha1.ApiManagerClusterStatus.Roll.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whose turn it is. A resource is written as its name, what its status says (r: rolls, w: waits) and since how many seconds,
 * and what else is known of it; deadlines are 300 seconds, so that a step may take 600.
 */
class TurnTest {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            m        | 0 | a r 9                      |
            m        | 2 | a r 9                      |
            m        | 1 |                            |
            m        | 1 | a, b                       |
            m        | 1 | a r 9                      | 1 of at most 1 resources roll (wso2/a)
            m        | 2 | b r 9, a r 9               | 2 of at most 2 resources roll (wso2/a, wso2/b)
            m        | 2 | a r 9, b                   |
            m r 5    | 1 | a w 9                      | 0 of at most 1 resources roll, and 1 waits longer (wso2/a)
            m        | 1 | a w 1                      | 0 of at most 1 resources roll, and 1 waits longer (wso2/a)
            m w 9    | 1 | a w 5                      |
            m w 5    | 1 | a w 9                      | 0 of at most 1 resources roll, and 1 waits longer (wso2/a)
            m w 5    | 1 | a w 5                      | 0 of at most 1 resources roll, and 1 waits longer (wso2/a)
            m w 5    | 1 | z w 5                      |
            m w 5    | 2 | a w 9, b w 7               | 0 of at most 2 resources roll, and 2 wait longer (wso2/a, wso2/b)
            m w 5    | 2 | a w 9, z w 4               |
            m w 5    | 2 | a w 9, z r 4               | 1 of at most 2 resources roll (wso2/z), and 1 waits longer (wso2/a)
            m        | 1 | a r 9, b r 9, c r 9, d r 9 | 4 of at most 1 resources roll (wso2/a, wso2/b, wso2/c and 1 more)
            m        | 1 | a r 9 deleted              |
            m w 5    | 1 | a w 9 deleted              |
            m        | 1 | a r 9 DeadlineExceeded     |
            m        | 1 | a r 9 Rejected             |
            m        | 1 | a r 9 RolledBack           | 1 of at most 1 resources roll (wso2/a)
            m        | 1 | a r 9 ReferenceMissing     | 1 of at most 1 resources roll (wso2/a)
            m w 5    | 1 | a w 9 Retrying             |
            m        | 1 | a r 9 Retrying             | 1 of at most 1 resources roll (wso2/a)
            m        | 1 | a r 599                    | 1 of at most 1 resources roll (wso2/a)
            m        | 1 | a r 600                    |
            m        | 1 | a r 700 step:599           | 1 of at most 1 resources roll (wso2/a)
            m        | 1 | a r 700 step:600           |
            m        | 1 | a r 2399 step:1            | 1 of at most 1 resources roll (wso2/a)
            m        | 1 | a r 2400 step:1            |
            """)
    void isThatOfWhoeverHasWaitedLongest(String own, int bound, String others, String expected) {
        var neighbours = Stream.ofNullable(others)
                .flatMap(text -> Stream.of(text.split(", ")))
                .map(TurnTest::resource)
                .toList();

        assertThat(new Turn(resource(own), neighbours, bound, NOW).waitsFor()).isEqualTo(Optional.ofNullable(expected));
    }

    @Test
    void isNearForThoseThatMayBeNext() {
        var first = new Turn(resource("m w 8"), List.of(resource("a r 9"), resource("b w 9")), 2, NOW);
        var second = new Turn(resource("m w 7"), List.of(resource("a w 8"), resource("b w 9")), 2, NOW);

        assertThat(first.isNear()).isTrue();
        assertThat(second.isNear()).isFalse();
    }

    @Test
    void isTakenByOneOfTwoThatFoundItFree() {
        var turns = new Turns();
        var a = new Turn(resource("a"), List.of(resource("b")), 1, NOW);
        var b = new Turn(resource("b"), List.of(resource("a")), 1, NOW);

        assertThat(turns.take(a, true, Members.status(Optional.of(a.taken())))).isTrue();
        assertThat(turns.take(b, true, Members.status(Optional.of(b.taken())))).isFalse();
        assertThat(turns.take(b, false, Members.status(Optional.of(b.waiting()))))
                .isTrue();
    }

    @Test
    void isForgottenWithAResourceThatIsGone() {
        var turns = new Turns();
        var a = new Turn(resource("a"), List.of(resource("b")), 1, NOW);
        turns.take(a, true, Members.status(Optional.of(a.taken())));
        turns.forgetAllBut(resource("b"), List.of());

        assertThat(turns.known(List.of(resource("a"))).get(0).getStatus().roll())
                .isNull();
    }

    @Test
    void isKnownToWhoeverTookItWhereADefinitionKeepsNoStatusOfIt() {
        var turns = new Turns();
        var a = new Turn(resource("a"), List.of(resource("b")), 1, NOW);
        turns.take(a, true, Members.status(Optional.of(a.taken())));

        assertThat(new Turn(turns.known(resource("a")), a.others(), 1, NOW).isTaken())
                .isTrue();
    }

    @Test
    void isGivenBackByAPassThatFails() {
        var turns = new Turns();
        var a = new Turn(resource("a"), List.of(resource("b")), 1, NOW);
        turns.take(a, true, Members.status(Optional.of(a.taken())));
        turns.failed(resource("a"), Members.status(Optional.empty()));

        assertThat(new Turn(turns.known(resource("a")), a.others(), 1, NOW).isTaken())
                .isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void isNotHeldByWhatNoOperatorWrote(State state) {
        var garbled = resource("a").with(Members.status(Optional.of(new Roll(state, "yesterday"))));

        assertThat(new Turn(resource("m"), List.of(garbled), 1, NOW).waitsFor()).isEmpty();
    }

    private static ApiManagerCluster resource(String text) {
        var words = text.strip().split(" ");
        var resource = Members.resource(words[0], 300);
        var conditions = new ArrayList<Condition>();
        Stream.of(words).skip(3).forEach(word -> {
            switch (word) {
                case "deleted" -> resource.getMetadata().setDeletionTimestamp(ago("1"));
                case "Retrying" -> conditions.add(new Condition("Reconciling", "True", word, "", 1L, ago("1")));
                default ->
                    conditions.add(
                            word.startsWith("step:")
                                    ? new Condition("AllInOneReady", "True", "", "", 1L, ago(word.substring(5)))
                                    : new Condition("Stalled", "True", word, "", 1L, ago("1")));
            }
        });
        var roll = words.length < 3
                ? Optional.<Roll>empty()
                : Optional.of(new Roll(words[1].equals("r") ? State.ROLLING : State.WAITING, ago(words[2])));
        return resource.with(Members.status(roll, conditions.toArray(Condition[]::new)));
    }

    private static String ago(String seconds) {
        return NOW.minusSeconds(Long.parseLong(seconds)).toString();
    }
}
