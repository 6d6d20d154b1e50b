package com.wso2.apim.operator.rollout;

import static com.wso2.apim.operator.model.Role.ALL_IN_ONE;
import static com.wso2.apim.operator.model.Role.TRAFFIC_MANAGER;
import static com.wso2.apim.operator.rollout.Scene.ALL_IN_ONE_0;
import static com.wso2.apim.operator.rollout.Scene.ALL_IN_ONE_1;
import static com.wso2.apim.operator.rollout.Scene.TRAFFIC_MANAGER_0;
import static com.wso2.apim.operator.rollout.Scene.TRAFFIC_MANAGER_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.wso2.apim.operator.revision.LastGood;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** When a node has had time enough, and what comes of it. OLD is the last good configuration, NEW what the user wants. */
class DeadlineTest {

    private static final int DEADLINE = 900;
    private static final Configuration OLD = Configuration.of("old");
    private static final Configuration NEW = Configuration.of("new");
    private static final LastGood GOOD = good(OLD);

    private static LastGood good(Configuration configuration) {
        return new LastGood(
                Map.of(
                        ALL_IN_ONE, configuration.revision(ALL_IN_ONE).name(),
                        TRAFFIC_MANAGER, configuration.revision(TRAFFIC_MANAGER).name()),
                Map.of());
    }

    /** Traffic Manager 1 has been told to move and is not Ready yet. */
    private static Scene firstNodeMoves(int age) {
        return Scene.settledOn(OLD).statefulSet(TRAFFIC_MANAGER, NEW, 2, 1, OLD).starting(TRAFFIC_MANAGER_1, NEW, age);
    }

    @Test
    void rejectsARevisionWhenItIsOver() {
        var progress = firstNodeMoves(DEADLINE).progress(NEW, GOOD);

        assertThat(progress.rejected()).hasValueSatisfying(failure -> {
            assertThat(failure.revision())
                    .isEqualTo(NEW.revision(TRAFFIC_MANAGER).name());
            assertThat(failure.words())
                    .isEqualTo("pod apim-tm-1 did not become Ready within 900 seconds of its creation: "
                            + "its containers have not started");
        });
        assertThat(progress.good().revisions()).isEqualTo(GOOD.revisions());
    }

    @Test
    void waitsUntilThen() {
        assertThat(firstNodeMoves(DEADLINE - 1).progress(NEW, GOOD).failure()).isEmpty();
    }

    @Test
    void beginsWhenThePodFindsRoom() {
        var late = firstNodeMoves(2 * DEADLINE);
        assertThat(late.scheduled(TRAFFIC_MANAGER_1, DEADLINE - 1)
                        .progress(NEW, GOOD)
                        .failure())
                .isEmpty();
        assertThat(late.scheduled(TRAFFIC_MANAGER_1, DEADLINE)
                        .progress(NEW, GOOD)
                        .rejected())
                .hasValueSatisfying(
                        failure -> assertThat(failure.words()).contains("within 900 seconds of being scheduled"));
    }

    @Test
    void leavesANodeAloneThatIsReady() {
        assertThat(firstNodeMoves(DEADLINE)
                        .ready(TRAFFIC_MANAGER_1, NEW, 5)
                        .progress(NEW, GOOD)
                        .failure())
                .isEmpty();
    }

    @Test
    void leavesANodeAloneThatWasAvailableOnce() {
        var proven = firstNodeMoves(DEADLINE)
                .ready(TRAFFIC_MANAGER_1, NEW, 30)
                .progress(NEW, GOOD)
                .good();

        assertThat(proven.proven())
                .containsEntry("apim-tm-1", NEW.revision(TRAFFIC_MANAGER).name());
        assertThat(firstNodeMoves(DEADLINE).progress(NEW, proven).failure()).isEmpty();
    }

    @Test
    void takesNoShortReadinessForProof() {
        assertThat(firstNodeMoves(DEADLINE)
                        .ready(TRAFFIC_MANAGER_1, NEW, 29)
                        .progress(NEW, GOOD)
                        .good()
                        .proven())
                .doesNotContainEntry("apim-tm-1", NEW.revision(TRAFFIC_MANAGER).name());
    }

    @Test
    void hasNothingToDoWithNodesOnTheLastGoodRevision() {
        assertThat(Scene.settledOn(OLD)
                        .starting(TRAFFIC_MANAGER_1, OLD, 2 * DEADLINE)
                        .progress(OLD, GOOD)
                        .failure())
                .isEmpty();
    }

    @Test
    void leavesAPodAloneThatIsOnItsWayOut() {
        assertThat(firstNodeMoves(DEADLINE)
                        .leaving(TRAFFIC_MANAGER_1, NEW)
                        .progress(NEW, GOOD)
                        .failure())
                .isEmpty();
    }

    @Test
    void isNoReasonToGoBackWhileThereIsNothingGood() {
        assertThat(excuse(firstNodeMoves(DEADLINE).progress(NEW, LastGood.NONE)))
                .startsWith("there is no revision to go back to");
    }

    @Test
    void isNoReasonToGoBackWhileNoNodeServesOnWhatWasGood() {
        var outage = firstNodeMoves(DEADLINE)
                .starting(TRAFFIC_MANAGER_0, OLD, DEADLINE)
                .starting(ALL_IN_ONE_1, OLD, DEADLINE)
                .statefulSet(ALL_IN_ONE, NEW, 2, 0, OLD)
                .ready(ALL_IN_ONE_0, NEW);

        assertThat(excuse(outage.progress(NEW, GOOD)))
                .startsWith("no node that runs the last good revision is Ready, so the cause may lie outside");
    }

    @Test
    void isNoReasonToGoBackForATrafficManagerWithoutAnAllInOneNode() {
        var outage =
                firstNodeMoves(DEADLINE).starting(ALL_IN_ONE_0, OLD, DEADLINE).starting(ALL_IN_ONE_1, OLD, DEADLINE);

        assertThat(excuse(outage.progress(NEW, GOOD))).startsWith("no all-in-one node is Ready");
    }

    @Test
    void isNoReasonToGoBackToWhatIsNotStoredAnyMore() {
        assertThat(excuse(firstNodeMoves(DEADLINE).progress(NEW, GOOD, false)))
                .endsWith("was deleted; change the resource");
    }

    @Test
    void isForThePersonWhoSaidManual() {
        assertThat(excuse(firstNodeMoves(DEADLINE).with("{rollback: Manual}").progress(NEW, GOOD)))
                .startsWith("spec.rollout.rollback is Manual: change the resource, or go back")
                .contains("kubectl annotate configmap "
                        + NEW.revision(TRAFFIC_MANAGER).name() + " apim.wso2.com/rejected=<why>");
    }

    @Test
    void isWhatTheResourceSays() {
        assertThat(firstNodeMoves(60)
                        .with("{progressDeadlineSeconds: 60}")
                        .progress(NEW, GOOD)
                        .rejected())
                .isPresent();
    }

    @Test
    void takesWhatEveryNodeWasAvailableWithForGood() {
        var progress = Scene.settledOn(NEW).progress(NEW, GOOD);

        assertThat(progress.good().revisions()).isEqualTo(good(NEW).revisions());
        assertThat(progress.isProving()).isTrue();
        assertThat(Scene.settledOn(NEW).progress(NEW, progress.good()).isProving())
                .isFalse();
    }

    @Test
    void doesNotTakeForGoodWhatANodeIsOnlyJustReadyWith() {
        assertThat(Scene.settledOn(NEW)
                        .ready(ALL_IN_ONE_0, NEW, 10)
                        .progress(NEW, GOOD)
                        .good()
                        .revisions())
                .isEqualTo(GOOD.revisions());
    }

    private static String excuse(Progress progress) {
        assertThat(progress.rejected()).isEmpty();
        return progress.failure().orElseThrow().excuse().orElseThrow();
    }
}
