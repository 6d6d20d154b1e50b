package com.wso2.apim.operator.rollout;

import static com.wso2.apim.operator.rollout.PlanAssert.assertThat;
import static com.wso2.apim.operator.rollout.Scene.ALL_IN_ONE_0;
import static com.wso2.apim.operator.rollout.Scene.ALL_IN_ONE_1;
import static com.wso2.apim.operator.rollout.Scene.TRAFFIC_MANAGER_0;
import static com.wso2.apim.operator.rollout.Scene.TRAFFIC_MANAGER_1;

import com.wso2.apim.operator.model.Role;
import com.wso2.apim.operator.rollout.Plan.Phase;
import org.junit.jupiter.api.Test;

/** What {@code rollout.paused} makes of what is there. */
class PauseTest {

    private static final Configuration OLD = Configuration.of("old");
    private static final Configuration NEW = Configuration.of("new");
    private static final Configuration NEWER = Configuration.of("newer");

    @Test
    void restartsNobodyForAChange() {
        assertThat(Scene.settledOn(OLD).plan(NEW.paused()))
                .hasAllInOnes(NEW, 2, 2)
                .hasTrafficManagers(NEW, 2, 2)
                .is(Phase.PAUSED)
                .says(
                        "not restarted, because spec.rollout.paused is true: traffic-manager 0, traffic-manager 1 for "
                                + "revision %s, all-in-one 0, all-in-one 1 for revision %s",
                        NEW.revision(Role.TRAFFIC_MANAGER).name(),
                        NEW.revision(Role.ALL_IN_ONE).name())
                .marksAsSettled(Role.ALL_IN_ONE, OLD);
    }

    @Test
    void keepsWhatAnEvictedNodeComesBackOn() {
        assertThat(held().plan(NEWER.paused()))
                .hasTrafficManagers(NEWER, 2, 2)
                .keeps(Role.TRAFFIC_MANAGER, OLD, NEW, NEWER);
    }

    @Test
    void movesNoNodeThatIsLostMeanwhile() {
        assertThat(held().gone(TRAFFIC_MANAGER_1).plan(NEW.paused()))
                .hasTrafficManagers(NEW, 2, 2)
                .is(Phase.ROLLING);
    }

    @Test
    void healsNoNodeByAChange() {
        assertThat(Scene.settledOn(OLD).starting(TRAFFIC_MANAGER_1, OLD).plan(NEW.paused()))
                .hasTrafficManagers(NEW, 2, 2);
    }

    @Test
    void stopsARollWhereItIs() {
        assertThat(middle().ready(TRAFFIC_MANAGER_1, NEW).plan(NEW.paused()))
                .hasTrafficManagers(NEW, 2, 1)
                .hasAllInOnes(NEW, 2, 2)
                .is(Phase.PAUSED);
    }

    @Test
    void letsANodeFinishThatIsOnItsWay() {
        assertThat(middle().gone(TRAFFIC_MANAGER_1).plan(NEW.paused()))
                .hasTrafficManagers(NEW, 2, 1)
                .is(Phase.ROLLING);
        assertThat(middle().starting(TRAFFIC_MANAGER_1, NEW).plan(NEW.paused()))
                .hasTrafficManagers(NEW, 2, 1)
                .is(Phase.ROLLING);
    }

    @Test
    void takesBackAnOrderThatNobodyHasFollowedYet() {
        assertThat(middle().ready(TRAFFIC_MANAGER_1, OLD).plan(NEW.paused())).hasTrafficManagers(NEW, 2, 2);
    }

    @Test
    void bringsALostNodeBackOnTheRevisionOfItsPlace() {
        var scene = middle().ready(TRAFFIC_MANAGER_1, NEW);

        assertThat(scene.gone(TRAFFIC_MANAGER_0).plan(NEW.paused())).hasTrafficManagers(NEW, 2, 1);
        assertThat(scene.gone(TRAFFIC_MANAGER_1).plan(NEW.paused())).hasTrafficManagers(NEW, 2, 1);
    }

    @Test
    void isNoReasonToSpeakWhereNothingWaits() {
        assertThat(Scene.settledOn(OLD).plan(OLD.paused())).is(Phase.SETTLED);
        assertThat(Scene.settledOn(OLD).gone(ALL_IN_ONE_1).plan(OLD.paused())).is(Phase.DEGRADED);
    }

    @Test
    void holdsNoFirstBoot() {
        var scene = Scene.empty().statefulSet(Role.ALL_IN_ONE, OLD, 1, 0).starting(ALL_IN_ONE_0, OLD);

        assertThat(scene.plan(NEW.paused())).hasAllInOnes(NEW, 1, 0).is(Phase.BOOTING);
        assertThat(scene.ready(ALL_IN_ONE_0, OLD).plan(OLD.paused())).hasTrafficManagers(OLD, 2, 0);
    }

    @Test
    void holdsNoBootAfterASuspension() {
        var scene = Scene.settledOn(OLD)
                .statefulSet(Role.ALL_IN_ONE, OLD, 0, 0)
                .statefulSet(Role.TRAFFIC_MANAGER, OLD, 0, 0)
                .gone(ALL_IN_ONE_0)
                .gone(ALL_IN_ONE_1)
                .gone(TRAFFIC_MANAGER_0)
                .gone(TRAFFIC_MANAGER_1);

        assertThat(scene.plan(NEW.paused())).hasAllInOnes(NEW, 1, 0).hasTrafficManagers(NEW, 0, 0);
    }

    @Test
    void endsWithTheRollThatWasHeld() {
        assertThat(held().plan(NEW)).hasTrafficManagers(NEW, 2, 1).is(Phase.ROLLING);
    }

    /** The template is there, nobody has moved. */
    private static Scene held() {
        return Scene.settledOn(OLD)
                .statefulSet(Role.TRAFFIC_MANAGER, NEW, 2, 2, OLD)
                .statefulSet(Role.ALL_IN_ONE, NEW, 2, 2, OLD);
    }

    /** The higher Traffic Manager was told to move. */
    private static Scene middle() {
        return held().statefulSet(Role.TRAFFIC_MANAGER, NEW, 2, 1, OLD);
    }
}
