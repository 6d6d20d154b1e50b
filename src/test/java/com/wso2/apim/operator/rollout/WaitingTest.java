package com.wso2.apim.operator.rollout;

import static com.wso2.apim.operator.rollout.Scene.ALL_IN_ONE_0;
import static com.wso2.apim.operator.rollout.Scene.ALL_IN_ONE_1;
import static com.wso2.apim.operator.rollout.Scene.TRAFFIC_MANAGER_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.wso2.apim.operator.api.v1alpha1.ApiManagerCluster;
import com.wso2.apim.operator.api.v1alpha1.ApiManagerClusterStatus.Roll;
import com.wso2.apim.operator.api.v1alpha1.ApiManagerClusterStatus.Roll.State;
import com.wso2.apim.operator.model.Role;
import com.wso2.apim.operator.rollout.Plan.Phase;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a plan makes of a turn that is somebody else's. */
class WaitingTest {

    private static final Configuration OLD = Configuration.of("old");
    private static final Configuration NEW = Configuration.of("new");
    private static final ApiManagerCluster IDLE = Members.resource("idle", 300);
    private static final ApiManagerCluster BUSY =
            IDLE.with(Members.status(Optional.of(new Roll(State.ROLLING, "2026-01-01T11:59:00Z"))));

    @Test
    void leavesEveryNodeOnWhatItRuns() {
        var plan = Scene.settledOn(OLD).among(1, BUSY).plan(NEW);

        PlanAssert.assertThat(plan)
                .hasTrafficManagers(NEW, 2, 2)
                .hasAllInOnes(NEW, 2, 2)
                .is(Phase.WAITING)
                .says("waits for its turn: 1 of at most 1 resources roll (wso2/idle)");
        assertThat(plan.isWaiting()).isTrue();
    }

    @Test
    void saysThatItRollsBeforeAnythingMoves() {
        var plan = Scene.settledOn(OLD).among(1, IDLE).plan(NEW);

        PlanAssert.assertThat(plan)
                .hasTrafficManagers(NEW, 2, 2)
                .is(Phase.ROLLING)
                .says("its turn to roll has come");
        assertThat(plan.begins()).isTrue();
        assertThat(plan.roll()).contains(new Roll(State.ROLLING, "2026-01-01T12:00:00Z"));
    }

    @Test
    void movesOnceItHasSaidSo() {
        var plan = Scene.settledOn(OLD).among(1, BUSY).saying(State.ROLLING).plan(NEW);

        PlanAssert.assertThat(plan).hasTrafficManagers(NEW, 2, 2 - 1);
        assertThat(plan.begins()).isFalse();
    }

    @Test
    void asksNobodyWhereThereIsRoomForAll() {
        var plan = Scene.settledOn(OLD).among(2, BUSY).plan(NEW);

        PlanAssert.assertThat(plan).hasTrafficManagers(NEW, 2, 1);
        assertThat(plan.begins()).isFalse();
    }

    @Test
    void keepsThePlaceInTheLineWhenTheChangeIsAnother() {
        assertThat(Scene.settledOn(OLD)
                        .among(1, BUSY)
                        .saying(State.WAITING)
                        .plan(NEW)
                        .roll())
                .contains(new Roll(State.WAITING, "2026-01-01T11:59:00Z"));
    }

    @Test
    void bringsALostNodeBackOnTheRevisionOfItsPlace() {
        PlanAssert.assertThat(Scene.settledOn(OLD)
                        .among(1, BUSY)
                        .gone(TRAFFIC_MANAGER_1)
                        .plan(NEW))
                .hasTrafficManagers(NEW, 2, 2)
                .is(Phase.DEGRADED);
    }

    @Test
    void holdsNoRollback() {
        PlanAssert.assertThat(Scene.settledOn(OLD).among(1, BUSY).rollingBack().plan(NEW))
                .hasTrafficManagers(NEW, 2, 1)
                .is(Phase.ROLLING);
    }

    @Test
    void holdsNoChangeOfATierThatDoesNotServe() {
        var plan = Scene.settledOn(OLD)
                .among(1, BUSY)
                .starting(ALL_IN_ONE_0, OLD)
                .starting(ALL_IN_ONE_1, OLD)
                .plan(NEW);

        PlanAssert.assertThat(plan).hasAllInOnes(NEW, 2, 1);
        assertThat(plan.roll()).map(Roll::state).contains(State.ROLLING);
    }

    @Test
    void holdsNoFirstBoot() {
        var plan = Scene.empty()
                .among(1, BUSY)
                .statefulSet(Role.ALL_IN_ONE, OLD, 1, 0)
                .starting(ALL_IN_ONE_0, OLD)
                .plan(NEW);

        PlanAssert.assertThat(plan).hasAllInOnes(NEW, 1, 0).is(Phase.BOOTING);
        assertThat(plan.roll()).isEmpty();
    }

    @Test
    void isGivenAwayByAPauseAndByASuspension() {
        var scene = Scene.settledOn(OLD).among(1, IDLE).saying(State.ROLLING);

        assertThat(scene.plan(NEW.paused()).roll()).isEmpty();
        assertThat(scene.plan(NEW.withSuspended(true)).roll()).isEmpty();
    }

    @Test
    void isKeptByAPauseWhileANodeIsStillToldToMove() {
        var scene = Scene.settledOn(OLD)
                .statefulSet(Role.TRAFFIC_MANAGER, NEW, 2, 1, OLD)
                .among(1, IDLE)
                .saying(State.ROLLING);

        assertThat(scene.plan(NEW.paused()).roll()).map(Roll::state).contains(State.ROLLING);
    }

    @Test
    void isNotAskedForByAPause() {
        assertThat(Scene.settledOn(OLD)
                        .among(1, BUSY)
                        .saying(State.WAITING)
                        .plan(NEW.paused())
                        .roll())
                .isEmpty();
    }

    @Test
    void endsWithTheRoll() {
        assertThat(Scene.settledOn(OLD)
                        .among(1, BUSY)
                        .saying(State.ROLLING)
                        .plan(OLD)
                        .roll())
                .isEmpty();
    }
}
