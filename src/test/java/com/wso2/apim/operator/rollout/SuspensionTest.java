package com.wso2.apim.operator.rollout;

import static com.wso2.apim.operator.rollout.PlanAssert.assertThat;
import static com.wso2.apim.operator.rollout.Scene.ALL_IN_ONE_0;
import static com.wso2.apim.operator.rollout.Scene.ALL_IN_ONE_1;
import static com.wso2.apim.operator.rollout.Scene.TRAFFIC_MANAGER_0;
import static com.wso2.apim.operator.rollout.Scene.TRAFFIC_MANAGER_1;

import com.wso2.apim.operator.model.Role;
import com.wso2.apim.operator.rollout.Plan.Phase;
import org.junit.jupiter.api.Test;

/** What {@code suspend} makes of what is there. */
class SuspensionTest {

    private static final Configuration OLD = Configuration.of("old");
    private static final Configuration NEW = Configuration.of("new");

    @Test
    void stopsTheAllInOneNodesFirst() {
        assertThat(Scene.settledOn(OLD).plan(OLD.suspended()))
                .hasAllInOnes(OLD, 0, 0)
                .hasTrafficManagers(OLD, 2, 0)
                .is(Phase.SUSPENDING)
                .says("stopping the all-in-one tier; next: the traffic-manager tier");
    }

    @Test
    void keepsTheTrafficManagersWhileAnAllInOneNodeIsOnItsWayOut() {
        var scene = Scene.settledOn(OLD).statefulSet(Role.ALL_IN_ONE, OLD, 0, 0).gone(ALL_IN_ONE_1);

        assertThat(scene.leaving(ALL_IN_ONE_0, OLD).plan(OLD.suspended()))
                .hasAllInOnes(OLD, 0, 0)
                .hasTrafficManagers(OLD, 2, 0)
                .is(Phase.SUSPENDING);
    }

    @Test
    void stopsTheTrafficManagersWhenNoAllInOneNodeIsLeft() {
        assertThat(withoutAllInOnes().plan(OLD.suspended()))
                .hasAllInOnes(OLD, 0, 0)
                .hasTrafficManagers(OLD, 0, 0)
                .is(Phase.SUSPENDING)
                .says("stopping the traffic-manager tier");
    }

    @Test
    void waitsForTheLastTrafficManagerToBeGone() {
        var scene = withoutAllInOnes()
                .statefulSet(Role.TRAFFIC_MANAGER, OLD, 0, 0)
                .gone(TRAFFIC_MANAGER_1)
                .leaving(TRAFFIC_MANAGER_0, OLD);

        assertThat(scene.plan(OLD.suspended())).is(Phase.SUSPENDING);
    }

    @Test
    void isOverWhenNoNodeIsLeft() {
        assertThat(stopped().plan(OLD.suspended()))
                .hasAllInOnes(OLD, 0, 0)
                .hasTrafficManagers(OLD, 0, 0)
                .is(Phase.SUSPENDED)
                .says("no node runs, because spec.suspend is true")
                .marksAsSettled(Role.ALL_IN_ONE, OLD);
    }

    @Test
    void takesAChangeWhenNoNodeIsLeft() {
        assertThat(stopped().plan(NEW.suspended()))
                .hasAllInOnes(NEW, 0, 0)
                .hasTrafficManagers(NEW, 0, 0)
                .keeps(Role.ALL_IN_ONE, OLD, NEW);
    }

    @Test
    void movesNobodyToAChangeThatComesWhileNodesStop() {
        assertThat(withoutAllInOnes().leaving(ALL_IN_ONE_0, OLD).plan(NEW.suspended()))
                .hasAllInOnes(NEW, 0, 0)
                .hasTrafficManagers(NEW, 2, 2);
    }

    @Test
    void leavesARollWhereItIs() {
        var scene = Scene.settledOn(OLD)
                .statefulSet(Role.TRAFFIC_MANAGER, NEW, 2, 1, OLD)
                .ready(TRAFFIC_MANAGER_1, NEW);

        assertThat(scene.plan(NEW.suspended())).hasAllInOnes(NEW, 0, 0).hasTrafficManagers(NEW, 2, 1);
    }

    @Test
    void startsNothingMoreOfABoot() {
        var scene = Scene.empty().statefulSet(Role.ALL_IN_ONE, OLD, 1, 0).starting(ALL_IN_ONE_0, OLD);

        assertThat(scene.plan(OLD.suspended()))
                .hasAllInOnes(OLD, 0, 0)
                .hasTrafficManagers(OLD, 0, 0)
                .is(Phase.SUSPENDING);
    }

    @Test
    void startsNothingOfADeploymentThatIsNew() {
        assertThat(Scene.empty().plan(OLD.suspended()))
                .hasAllInOnes(OLD, 0, 0)
                .hasTrafficManagers(OLD, 0, 0)
                .is(Phase.SUSPENDED);
    }

    @Test
    void endsWithABootInTheOrderOfTheFirst() {
        assertThat(stopped().plan(NEW))
                .hasAllInOnes(NEW, 1, 0)
                .hasTrafficManagers(NEW, 0, 0)
                .is(Phase.BOOTING)
                .says(
                        "waiting for all-in-one 0 to become Ready; next: traffic-manager 0, traffic-manager 1, all-in-one 1");
        var second = stopped().statefulSet(Role.ALL_IN_ONE, NEW, 1, 0).ready(ALL_IN_ONE_0, NEW);
        assertThat(second.plan(NEW)).hasAllInOnes(NEW, 1, 0).hasTrafficManagers(NEW, 2, 0);
    }

    @Test
    void canBeTakenBackWhileNodesAreOnTheirWayOut() {
        var scene = Scene.settledOn(OLD)
                .statefulSet(Role.ALL_IN_ONE, OLD, 0, 0)
                .leaving(ALL_IN_ONE_0, OLD)
                .leaving(ALL_IN_ONE_1, OLD);

        assertThat(scene.plan(OLD))
                .hasAllInOnes(OLD, 1, 0)
                .hasTrafficManagers(OLD, 2, 0)
                .is(Phase.BOOTING);
    }

    @Test
    void stopsNodesThatADeletedStatefulSetLeftBehind() {
        assertThat(Scene.settledOn(OLD).orphaned(Role.ALL_IN_ONE).plan(OLD.suspended()))
                .hasAllInOnes(OLD, 0, 0)
                .hasTrafficManagers(OLD, 2, 0);
    }

    private static Scene withoutAllInOnes() {
        return Scene.settledOn(OLD)
                .statefulSet(Role.ALL_IN_ONE, OLD, 0, 0)
                .gone(ALL_IN_ONE_0)
                .gone(ALL_IN_ONE_1);
    }

    private static Scene stopped() {
        return withoutAllInOnes()
                .statefulSet(Role.TRAFFIC_MANAGER, OLD, 0, 0)
                .gone(TRAFFIC_MANAGER_0)
                .gone(TRAFFIC_MANAGER_1);
    }
}
