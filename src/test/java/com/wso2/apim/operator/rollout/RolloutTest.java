package com.wso2.apim.operator.rollout;

import static com.wso2.apim.operator.model.Role.ALL_IN_ONE;
import static com.wso2.apim.operator.model.Role.TRAFFIC_MANAGER;
import static com.wso2.apim.operator.rollout.Plan.Phase.BOOTING;
import static com.wso2.apim.operator.rollout.Plan.Phase.DEGRADED;
import static com.wso2.apim.operator.rollout.Plan.Phase.ROLLING;
import static com.wso2.apim.operator.rollout.Plan.Phase.SETTLED;
import static com.wso2.apim.operator.rollout.PlanAssert.assertThat;
import static com.wso2.apim.operator.rollout.Scene.ALL_IN_ONE_0;
import static com.wso2.apim.operator.rollout.Scene.ALL_IN_ONE_1;
import static com.wso2.apim.operator.rollout.Scene.TRAFFIC_MANAGER_0;
import static com.wso2.apim.operator.rollout.Scene.TRAFFIC_MANAGER_1;

import com.wso2.apim.operator.model.Node;
import com.wso2.apim.operator.model.Role;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a pass wants, state by state. OLD is what runs, NEW what the user wants, NEXT a later edit. */
class RolloutTest {

    private static final Configuration OLD = Configuration.of("old");
    private static final Configuration NEW = Configuration.of("new");
    private static final Configuration NEXT = Configuration.of("next");

    private static final String NEW_ALL_IN_ONE = NEW.revision(ALL_IN_ONE).name();
    private static final String NEW_TRAFFIC_MANAGER =
            NEW.revision(TRAFFIC_MANAGER).name();
    private static final String NEXT_ALL_IN_ONE = NEXT.revision(ALL_IN_ONE).name();
    private static final String NEXT_TRAFFIC_MANAGER =
            NEXT.revision(TRAFFIC_MANAGER).name();

    @Nested
    class FirstBoot {

        private Scene allInOne0Starting() {
            return Scene.empty()
                    .statefulSet(ALL_IN_ONE, OLD, 1, 0)
                    .statefulSet(TRAFFIC_MANAGER, OLD, 0, 0)
                    .starting(ALL_IN_ONE_0, OLD);
        }

        private Scene trafficManagersStarting() {
            return allInOne0Starting()
                    .ready(ALL_IN_ONE_0, OLD)
                    .statefulSet(TRAFFIC_MANAGER, OLD, 2, 0)
                    .starting(TRAFFIC_MANAGER_0, OLD)
                    .starting(TRAFFIC_MANAGER_1, OLD);
        }

        private Scene allInOne1Starting() {
            return trafficManagersStarting()
                    .ready(TRAFFIC_MANAGER_0, OLD)
                    .ready(TRAFFIC_MANAGER_1, OLD)
                    .statefulSet(ALL_IN_ONE, OLD, 2, 0)
                    .starting(ALL_IN_ONE_1, OLD);
        }

        @Test
        void beginsWithOneAllInOneNode() {
            assertThat(Scene.empty().plan(OLD))
                    .hasAllInOnes(OLD, 1, 0)
                    .hasTrafficManagers(OLD, 0, 0)
                    .is(BOOTING)
                    .says("waiting for all-in-one 0 to become Ready, alone, because it seeds the databases; "
                            + "next: traffic-manager 0, traffic-manager 1, all-in-one 1");
        }

        @Test
        void startsNothingElseWhileThatSeedsTheDatabases() {
            assertThat(allInOne0Starting().plan(OLD))
                    .hasAllInOnes(OLD, 1, 0)
                    .hasTrafficManagers(OLD, 0, 0)
                    .is(BOOTING)
                    .says("waiting for all-in-one 0 to become Ready, alone, because it seeds the databases; "
                            + "next: traffic-manager 0, traffic-manager 1, all-in-one 1");
        }

        @Test
        void startsTheTrafficManagersWhenItIsReady() {
            assertThat(allInOne0Starting().ready(ALL_IN_ONE_0, OLD, 1).plan(OLD))
                    .hasAllInOnes(OLD, 1, 0)
                    .hasTrafficManagers(OLD, 2, 0)
                    .says("waiting for traffic-manager 0, traffic-manager 1 to become Ready; next: all-in-one 1");
        }

        @Test
        void waitsForEveryTrafficManager() {
            assertThat(trafficManagersStarting().ready(TRAFFIC_MANAGER_1, OLD).plan(OLD))
                    .hasAllInOnes(OLD, 1, 0)
                    .hasTrafficManagers(OLD, 2, 0)
                    .says("waiting for traffic-manager 0 to become Ready; next: all-in-one 1");
        }

        @Test
        void startsTheOtherAllInOneNodeLast() {
            assertThat(allInOne1Starting().plan(OLD))
                    .hasAllInOnes(OLD, 2, 0)
                    .hasTrafficManagers(OLD, 2, 0)
                    .is(BOOTING)
                    .says("waiting for all-in-one 1 to become Ready")
                    .marksAsSettled(TRAFFIC_MANAGER, OLD);
        }

        @Test
        void isOverWhenEveryNodeIsReady() {
            assertThat(allInOne1Starting().ready(ALL_IN_ONE_1, OLD).plan(OLD))
                    .is(SETTLED)
                    .says("all 4 nodes are Ready")
                    .marksAsSettled(ALL_IN_ONE, OLD)
                    .marksAsSettled(TRAFFIC_MANAGER, OLD);
        }

        @Test
        void isNotOverBeforeTheStatefulSetsSaySo() {
            assertThat(allInOne1Starting()
                            .ready(ALL_IN_ONE_1, OLD)
                            .unobserved(ALL_IN_ONE)
                            .plan(OLD))
                    .is(BOOTING)
                    .says("all nodes are Ready on their revision, waiting for the StatefulSets to report it");
        }

        @Test
        void takesNothingBackWhenAllInOne0IsLost() {
            assertThat(trafficManagersStarting().starting(ALL_IN_ONE_0, OLD).plan(OLD))
                    .hasAllInOnes(OLD, 1, 0)
                    .hasTrafficManagers(OLD, 2, 0)
                    .says("waiting for all-in-one 0, traffic-manager 0, traffic-manager 1 to become Ready; "
                            + "next: all-in-one 1");
        }

        @Test
        void needsOneNodeOfEachTierIfTheUserWantsNoMore() {
            var one = OLD.withAllInOnes(1).withTrafficManagers(1);
            var scene = Scene.empty()
                    .statefulSet(ALL_IN_ONE, one, 1, 0)
                    .statefulSet(TRAFFIC_MANAGER, one, 1, 0)
                    .ready(ALL_IN_ONE_0, one)
                    .starting(TRAFFIC_MANAGER_0, one);

            assertThat(scene.plan(one)).is(BOOTING).says("waiting for traffic-manager 0 to become Ready");
            assertThat(scene.ready(TRAFFIC_MANAGER_0, one).plan(one))
                    .hasAllInOnes(one, 1, 0)
                    .hasTrafficManagers(one, 1, 0)
                    .is(SETTLED)
                    .says("all 2 nodes are Ready");
        }

        @Test
        void replacesABadRevisionOfTheSeedingNodeByItsFix() {
            assertThat(allInOne0Starting().plan(NEW))
                    .hasAllInOnes(NEW, 1, 0)
                    .hasTrafficManagers(NEW, 0, 0)
                    .says("waiting for all-in-one 0 to become Ready, alone, because it seeds the databases; "
                            + "next: traffic-manager 0, traffic-manager 1, all-in-one 1");
        }

        @Test
        void replacesABadRevisionOfTheTrafficManagersByItsFix() {
            assertThat(trafficManagersStarting().plan(OLD.withTrafficManager("new")))
                    .hasAllInOnes(OLD, 1, 0)
                    .hasTrafficManagers(NEW, 2, 0);
        }

        @Test
        void startsTheOtherNodesOnAChangeThatComesWhenOnlyAllInOne0IsThere() {
            assertThat(allInOne0Starting().ready(ALL_IN_ONE_0, OLD).plan(NEW))
                    .hasAllInOnes(NEW, 1, 1)
                    .hasTrafficManagers(NEW, 2, 0)
                    .is(BOOTING)
                    .says("waiting for traffic-manager 0, traffic-manager 1 to become Ready; next: all-in-one 1");
            assertThat(allInOne0Starting()
                            .ready(ALL_IN_ONE_0, OLD)
                            .statefulSet(ALL_IN_ONE, NEW, 1, 1, OLD)
                            .statefulSet(TRAFFIC_MANAGER, NEW, 2, 0)
                            .ready(TRAFFIC_MANAGER_0, NEW)
                            .ready(TRAFFIC_MANAGER_1, NEW)
                            .plan(NEW))
                    .hasAllInOnes(NEW, 2, 1)
                    .says("waiting for all-in-one 1 to become Ready");
        }

        @Test
        void takesThatChangeToAllInOne0OnceTheOtherOneServes() {
            assertThat(trafficManagersStarting()
                            .statefulSet(ALL_IN_ONE, NEW, 2, 1, OLD)
                            .statefulSet(TRAFFIC_MANAGER, NEW, 2, 0)
                            .ready(ALL_IN_ONE_1, NEW)
                            .ready(TRAFFIC_MANAGER_0, NEW)
                            .ready(TRAFFIC_MANAGER_1, NEW)
                            .plan(NEW))
                    .hasAllInOnes(NEW, 2, 0)
                    .is(BOOTING)
                    .says("all-in-one 0 moving to revision %s", NEW_ALL_IN_ONE);
        }
    }

    @Nested
    class AtRest {

        @Test
        void wantsWhatIs() {
            assertThat(Scene.settledOn(OLD).plan(OLD))
                    .hasAllInOnes(OLD, 2, 0)
                    .hasTrafficManagers(OLD, 2, 0)
                    .is(SETTLED)
                    .says("all 4 nodes are Ready");
        }

        @Test
        void keepsNoRevisionButTheTargets() {
            var scene = Scene.settledOn(NEW)
                    .statefulSet(TRAFFIC_MANAGER, OLD, 2, 0)
                    .statefulSet(TRAFFIC_MANAGER, NEW, 2, 0);

            assertThat(scene.plan(NEW)).keeps(ALL_IN_ONE, NEW).keeps(TRAFFIC_MANAGER, NEW);
        }

        static Stream<Node> nodes() {
            return OLD.nodes();
        }

        @ParameterizedTest
        @MethodSource("nodes")
        void waitsForANodeThatIsNotReady(Node node) {
            assertThat(Scene.settledOn(OLD).starting(node, OLD).plan(OLD))
                    .hasAllInOnes(OLD, 2, 0)
                    .hasTrafficManagers(OLD, 2, 0)
                    .is(DEGRADED)
                    .says("waiting for %s to become Ready again".formatted(node));
        }

        @ParameterizedTest
        @MethodSource("nodes")
        void waitsForANodeWhosePodIsGone(Node node) {
            assertThat(Scene.settledOn(OLD).gone(node).plan(OLD))
                    .hasAllInOnes(OLD, 2, 0)
                    .hasTrafficManagers(OLD, 2, 0)
                    .is(DEGRADED)
                    .says("waiting for %s to become Ready again".formatted(node));
        }

        @Test
        void doesNotCountANodeThatIsOnItsWayOut() {
            assertThat(Scene.settledOn(OLD).leaving(ALL_IN_ONE_0, OLD).plan(OLD))
                    .is(DEGRADED)
                    .says("waiting for all-in-one 0 to become Ready again");
        }

        @Test
        void namesEveryNodeThatIsDown() {
            assertThat(Scene.settledOn(OLD)
                            .starting(ALL_IN_ONE_1, OLD)
                            .starting(TRAFFIC_MANAGER_0, OLD)
                            .plan(OLD))
                    .says("waiting for all-in-one 1, traffic-manager 0 to become Ready again");
        }

        @Test
        void takesBackReplicasAndPartitionThatSomebodySet() {
            assertThat(Scene.settledOn(OLD)
                            .statefulSet(ALL_IN_ONE, OLD, 1, 0)
                            .statefulSet(TRAFFIC_MANAGER, OLD, 2, 2)
                            .plan(OLD))
                    .hasAllInOnes(OLD, 2, 0)
                    .hasTrafficManagers(OLD, 2, 0);
        }

        @Test
        void takesBackATemplateThatSomebodySet() {
            assertThat(Scene.settledOn(OLD)
                            .statefulSet(TRAFFIC_MANAGER, NEW, 2, 0, OLD)
                            .plan(OLD))
                    .hasTrafficManagers(OLD, 2, 0)
                    .is(ROLLING);
        }

        @Test
        void removesANodeThatSomebodyAdded() {
            assertThat(Scene.settledOn(OLD)
                            .statefulSet(TRAFFIC_MANAGER, OLD, 3, 0)
                            .starting(new Node(TRAFFIC_MANAGER, 2), OLD)
                            .plan(OLD))
                    .hasTrafficManagers(OLD, 2, 0)
                    .is(ROLLING)
                    .says("removing traffic-manager 2");
        }
    }

    @Nested
    class Change {

        /** The change has reached traffic-manager 1. */
        private Scene trafficManager1Moving() {
            return Scene.settledOn(OLD)
                    .statefulSet(ALL_IN_ONE, NEW, 2, 2, OLD)
                    .statefulSet(TRAFFIC_MANAGER, NEW, 2, 1, OLD)
                    .starting(TRAFFIC_MANAGER_1, NEW);
        }

        /** The Traffic Managers have it. */
        private Scene trafficManagersMoved() {
            return Scene.settledOn(OLD)
                    .statefulSet(ALL_IN_ONE, NEW, 2, 2, OLD)
                    .statefulSet(TRAFFIC_MANAGER, NEW, 2, 0)
                    .ready(TRAFFIC_MANAGER_0, NEW)
                    .ready(TRAFFIC_MANAGER_1, NEW);
        }

        private Scene allInOne1Moving() {
            return trafficManagersMoved()
                    .statefulSet(ALL_IN_ONE, NEW, 2, 1, OLD)
                    .starting(ALL_IN_ONE_1, NEW);
        }

        @Test
        void reachesOneTrafficManagerFirst() {
            assertThat(Scene.settledOn(OLD).plan(NEW))
                    .hasTrafficManagers(NEW, 2, 1)
                    .hasAllInOnes(NEW, 2, 2)
                    .is(ROLLING)
                    .says("traffic-manager 1 moving to revision %s", NEW_TRAFFIC_MANAGER);
        }

        @Test
        void keepsTheOldRevisionsUntilItIsThrough() {
            assertThat(trafficManager1Moving().plan(NEW))
                    .keeps(TRAFFIC_MANAGER, OLD, NEW)
                    .keeps(ALL_IN_ONE, OLD, NEW);
            assertThat(allInOne1Moving().plan(NEW)).keeps(TRAFFIC_MANAGER, NEW).keeps(ALL_IN_ONE, OLD, NEW);
        }

        @Test
        void goesNoFurtherBeforeThatIsReady() {
            assertThat(trafficManager1Moving().plan(NEW))
                    .hasTrafficManagers(NEW, 2, 1)
                    .hasAllInOnes(NEW, 2, 2)
                    .is(ROLLING)
                    .says("traffic-manager 1 moving to revision %s", NEW_TRAFFIC_MANAGER);
        }

        @Test
        void goesNoFurtherBeforeThatHasBeenReadyForAWhile() {
            assertThat(trafficManager1Moving().ready(TRAFFIC_MANAGER_1, NEW, 29).plan(NEW))
                    .hasTrafficManagers(NEW, 2, 1)
                    .hasAllInOnes(NEW, 2, 2)
                    .is(ROLLING)
                    .says("revision %s waits for traffic-manager 1 to stay Ready for 30 seconds", NEW_TRAFFIC_MANAGER);
        }

        @Test
        void thenReachesTheOther() {
            assertThat(trafficManager1Moving().ready(TRAFFIC_MANAGER_1, NEW, 30).plan(NEW))
                    .hasTrafficManagers(NEW, 2, 0)
                    .hasAllInOnes(NEW, 2, 2)
                    .says("traffic-manager 0 moving to revision %s", NEW_TRAFFIC_MANAGER);
        }

        @Test
        void thenReachesOneAllInOneNode() {
            assertThat(trafficManagersMoved().plan(NEW))
                    .hasTrafficManagers(NEW, 2, 0)
                    .hasAllInOnes(NEW, 2, 1)
                    .is(ROLLING)
                    .says("all-in-one 1 moving to revision %s", NEW_ALL_IN_ONE);
        }

        @Test
        void reachesNoAllInOneNodeBeforeTheTrafficManagersCannotFallBackAnyMore() {
            assertThat(trafficManagersMoved().unobserved(TRAFFIC_MANAGER).plan(NEW))
                    .hasAllInOnes(NEW, 2, 2)
                    .is(ROLLING)
                    .says("revision %s waits for the traffic-manager tier to be done", NEW_ALL_IN_ONE);
        }

        @Test
        void reachesAllInOne0Last() {
            assertThat(allInOne1Moving().ready(ALL_IN_ONE_1, NEW).plan(NEW))
                    .hasAllInOnes(NEW, 2, 0)
                    .says("all-in-one 0 moving to revision %s", NEW_ALL_IN_ONE);
        }

        @Test
        void isOnItsWayUntilTheLastNodeIsReady() {
            var scene = allInOne1Moving()
                    .statefulSet(ALL_IN_ONE, NEW, 2, 0, OLD)
                    .ready(ALL_IN_ONE_1, NEW)
                    .starting(ALL_IN_ONE_0, NEW);

            assertThat(scene.plan(NEW))
                    .is(ROLLING)
                    .says("all-in-one 0 moving to revision %s", NEW_ALL_IN_ONE)
                    .keeps(ALL_IN_ONE, OLD, NEW);
            assertThat(scene.ready(ALL_IN_ONE_0, NEW, 0).plan(NEW))
                    .is(ROLLING)
                    .says("all nodes are Ready on their revision, waiting for the StatefulSets to report it")
                    .keeps(ALL_IN_ONE, OLD, NEW);
            assertThat(scene.statefulSet(ALL_IN_ONE, NEW, 2, 0).plan(NEW))
                    .is(SETTLED)
                    .keeps(ALL_IN_ONE, NEW)
                    .marksAsSettled(ALL_IN_ONE, NEW);
        }

        @Test
        void leavesATierAloneThatItDoesNotConcern() {
            assertThat(Scene.settledOn(OLD).plan(OLD.withAllInOne("new")))
                    .hasTrafficManagers(OLD, 2, 0)
                    .hasAllInOnes(NEW, 2, 1)
                    .says("all-in-one 1 moving to revision %s", NEW_ALL_IN_ONE);
        }

        @Test
        void restartsASingleAllInOneNode() {
            var single = OLD.withAllInOnes(1);
            assertThat(Scene.settledOn(single).plan(single.withAllInOne("new")))
                    .hasAllInOnes(single.withAllInOne("new"), 1, 0);
        }

        @Test
        void waitsForANodeThatWasDownBefore() {
            assertThat(Scene.settledOn(OLD).starting(ALL_IN_ONE_0, OLD).plan(OLD.withTrafficManager("new")))
                    .hasTrafficManagers(NEW, 2, 2)
                    .hasAllInOnes(OLD, 2, 0)
                    .is(ROLLING)
                    .says("revision %s waits for all-in-one 0 to become Ready", NEW_TRAFFIC_MANAGER);
        }

        @Test
        void waitsForANodeThatHasNotStartedYet() {
            assertThat(Scene.settledOn(OLD).deleted(ALL_IN_ONE).plan(OLD.withTrafficManager("new")))
                    .hasAllInOnes(OLD, 1, 0)
                    .hasTrafficManagers(NEW, 2, 2);
            assertThat(Scene.settledOn(OLD)
                            .gone(ALL_IN_ONE_1)
                            .statefulSet(ALL_IN_ONE, OLD, 1, 0)
                            .plan(OLD.withTrafficManager("new")))
                    .hasAllInOnes(OLD, 2, 0)
                    .hasTrafficManagers(NEW, 2, 2);
        }

        @Test
        void restartsNoTrafficManagerWhileNoAllInOneNodeIsReady() {
            assertThat(Scene.settledOn(OLD)
                            .starting(ALL_IN_ONE_0, OLD)
                            .starting(ALL_IN_ONE_1, OLD)
                            .plan(OLD.withTrafficManager("new")))
                    .hasTrafficManagers(NEW, 2, 2)
                    .says("revision %s waits for all-in-one 0, all-in-one 1 to become Ready", NEW_TRAFFIC_MANAGER);
        }

        @Test
        void isTakenBackFromANodeThatHasNotMovedYetWhenAnotherGoesDown() {
            assertThat(trafficManager1Moving()
                            .ready(TRAFFIC_MANAGER_1, OLD)
                            .starting(ALL_IN_ONE_0, NEW)
                            .plan(NEW))
                    .hasTrafficManagers(NEW, 2, 2)
                    .says("revision %s waits for all-in-one 0 to become Ready", NEW_TRAFFIC_MANAGER);
        }
    }

    @Nested
    class NodeLostInMidRoll {

        private Scene trafficManager1Moving() {
            return Scene.settledOn(OLD)
                    .statefulSet(ALL_IN_ONE, NEW, 2, 2, OLD)
                    .statefulSet(TRAFFIC_MANAGER, NEW, 2, 1, OLD)
                    .starting(TRAFFIC_MANAGER_1, NEW);
        }

        @Test
        void comesBackOnTheRevisionThatItHadIfTheChangeIsNotProven() {
            assertThat(trafficManager1Moving().gone(TRAFFIC_MANAGER_0).plan(NEW))
                    .hasTrafficManagers(NEW, 2, 1);
        }

        @Test
        void comesBackOnTheRevisionThatItHadInTheOtherTierToo() {
            assertThat(trafficManager1Moving().gone(ALL_IN_ONE_1).plan(NEW)).hasAllInOnes(NEW, 2, 2);
        }

        @Test
        void comesBackOnTheRevisionThatItHadWhileAnotherNodeIsBetweenTheTwo() {
            assertThat(trafficManager1Moving()
                            .leaving(TRAFFIC_MANAGER_1, OLD)
                            .gone(ALL_IN_ONE_1)
                            .plan(NEW))
                    .hasAllInOnes(NEW, 2, 2);
        }

        @Test
        void takesTheChangeAlongIfThatIsProven() {
            assertThat(trafficManager1Moving()
                            .ready(TRAFFIC_MANAGER_1, NEW)
                            .gone(TRAFFIC_MANAGER_0)
                            .plan(NEW))
                    .hasTrafficManagers(NEW, 2, 0);
        }

        @Test
        void holdsUpTheOthers() {
            assertThat(trafficManager1Moving()
                            .ready(TRAFFIC_MANAGER_1, NEW)
                            .starting(ALL_IN_ONE_1, OLD)
                            .plan(NEW))
                    .hasTrafficManagers(NEW, 2, 1)
                    .hasAllInOnes(NEW, 2, 1)
                    .says("all-in-one 1 moving to revision %s", NEW_ALL_IN_ONE);
        }

        @Test
        void comesBackOnTheChangeIfItHadThat() {
            assertThat(trafficManager1Moving().gone(TRAFFIC_MANAGER_1).plan(NEW))
                    .hasTrafficManagers(NEW, 2, 1)
                    .says("traffic-manager 1 moving to revision %s", NEW_TRAFFIC_MANAGER);
        }
    }

    @Nested
    class SecondEdit {

        private Scene trafficManager1Moved() {
            return Scene.settledOn(OLD)
                    .statefulSet(ALL_IN_ONE, NEW, 2, 2, OLD)
                    .statefulSet(TRAFFIC_MANAGER, NEW, 2, 1, OLD)
                    .ready(TRAFFIC_MANAGER_1, NEW);
        }

        @Test
        void beginsAtTheHighestNodeAgain() {
            assertThat(trafficManager1Moved().plan(NEXT))
                    .hasTrafficManagers(NEXT, 2, 1)
                    .hasAllInOnes(NEXT, 2, 2)
                    .says("traffic-manager 1 moving to revision %s", NEXT_TRAFFIC_MANAGER)
                    .keeps(TRAFFIC_MANAGER, OLD, NEW, NEXT);
        }

        @Test
        void waitsIfTheHighestNodeServesAndAnotherDoesNot() {
            assertThat(trafficManager1Moved().starting(ALL_IN_ONE_0, OLD).plan(NEXT))
                    .hasTrafficManagers(NEXT, 2, 2);
        }

        @Test
        void replacesABadRevisionAtOnce() {
            assertThat(trafficManager1Moved().starting(TRAFFIC_MANAGER_1, NEW).plan(NEXT))
                    .hasTrafficManagers(NEXT, 2, 1)
                    .hasAllInOnes(NEXT, 2, 2)
                    .says("traffic-manager 1 moving to revision %s", NEXT_TRAFFIC_MANAGER);
        }

        @Test
        void healsAnAllInOneNodeBeforeItTouchesTheTrafficManagers() {
            assertThat(Scene.settledOn(OLD)
                            .statefulSet(ALL_IN_ONE, NEW, 2, 1, OLD)
                            .statefulSet(TRAFFIC_MANAGER, NEW, 2, 0)
                            .ready(TRAFFIC_MANAGER_0, NEW)
                            .ready(TRAFFIC_MANAGER_1, NEW)
                            .starting(ALL_IN_ONE_1, NEW)
                            .plan(NEXT))
                    .hasAllInOnes(NEXT, 2, 1)
                    .hasTrafficManagers(NEXT, 2, 2)
                    .says("all-in-one 1 moving to revision %s", NEXT_ALL_IN_ONE);
        }

        @Test
        void mayBeTheWayBack() {
            assertThat(trafficManager1Moved().plan(OLD))
                    .hasTrafficManagers(OLD, 2, 0)
                    .hasAllInOnes(OLD, 2, 0)
                    .is(ROLLING)
                    .says(
                            "traffic-manager 1 moving to revision %s",
                            OLD.revision(TRAFFIC_MANAGER).name());
        }

        @Test
        void restartsNothingOnTheWayBackIfNothingHasMoved() {
            assertThat(trafficManager1Moved().ready(TRAFFIC_MANAGER_1, OLD).plan(OLD))
                    .hasTrafficManagers(OLD, 2, 0)
                    .hasAllInOnes(OLD, 2, 0);
        }

        @Test
        void movesNoNodeBesideOneThatMayStillObeyTheFirst() {
            assertThat(Scene.settledOn(OLD)
                            .statefulSet(ALL_IN_ONE, NEW, 2, 1, OLD)
                            .plan(OLD.withTrafficManager("next")))
                    .hasAllInOnes(OLD, 2, 0)
                    .hasTrafficManagers(NEXT, 2, 2)
                    .says("revision %s waits for all-in-one 1 to stay Ready for 30 seconds", NEXT_TRAFFIC_MANAGER);
        }
    }

    @Nested
    class Repair {

        private Scene bothAllInOnesDown() {
            return Scene.settledOn(OLD).starting(ALL_IN_ONE_0, OLD).starting(ALL_IN_ONE_1, OLD);
        }

        @Test
        void reachesOneOfTwoAllInOneNodesThatAreDown() {
            assertThat(bothAllInOnesDown().plan(NEW))
                    .hasAllInOnes(NEW, 2, 1)
                    .hasTrafficManagers(NEW, 2, 2)
                    .says("all-in-one 1 moving to revision %s", NEW_ALL_IN_ONE);
        }

        @Test
        void reachesTheOtherOnceItIsProven() {
            var scene = bothAllInOnesDown().statefulSet(ALL_IN_ONE, NEW, 2, 1, OLD);

            assertThat(scene.starting(ALL_IN_ONE_1, NEW).plan(NEW)).hasAllInOnes(NEW, 2, 1);
            assertThat(scene.ready(ALL_IN_ONE_1, NEW).plan(NEW)).hasAllInOnes(NEW, 2, 0);
        }

        @Test
        void doesNotWaitForTrafficManagersThatHangForWantOfAnAllInOneNode() {
            var fix = OLD.withAllInOne("new");
            var scene = bothAllInOnesDown()
                    .statefulSet(TRAFFIC_MANAGER, OLD, 2, 1, NEXT)
                    .starting(TRAFFIC_MANAGER_1, OLD)
                    .starting(TRAFFIC_MANAGER_0, NEXT);

            assertThat(scene.plan(fix))
                    .hasAllInOnes(NEW, 2, 1)
                    .hasTrafficManagers(OLD, 2, 1)
                    .is(ROLLING);
        }

        @Test
        void ofDeadTrafficManagersDoesNotWaitForAnAllInOneNodeThatWasLost() {
            assertThat(Scene.settledOn(OLD)
                            .starting(ALL_IN_ONE_1, OLD)
                            .starting(TRAFFIC_MANAGER_0, OLD)
                            .starting(TRAFFIC_MANAGER_1, OLD)
                            .plan(OLD.withTrafficManager("new")))
                    .hasTrafficManagers(NEW, 2, 1)
                    .says("traffic-manager 1 moving to revision %s", NEW_TRAFFIC_MANAGER);
        }

        /** A partition reaches the highest place first, so a lower one cannot be healed before that. */
        @Test
        void isHeldIfOnlyTheLowerNodeIsDown() {
            assertThat(Scene.settledOn(OLD).starting(ALL_IN_ONE_0, OLD).plan(NEW))
                    .hasAllInOnes(NEW, 2, 2)
                    .hasTrafficManagers(NEW, 2, 2)
                    .is(ROLLING)
                    .says("revision %s waits for all-in-one 0 to become Ready", NEW_TRAFFIC_MANAGER);
            assertThat(Scene.settledOn(OLD).starting(ALL_IN_ONE_0, OLD).plan(OLD.withAllInOne("new")))
                    .hasAllInOnes(NEW, 2, 2)
                    .says(
                            "revision %s waits for all-in-one 0 to become Ready: "
                                    + "all-in-one 1 has to move first, and is the last of its tier that serves",
                            NEW_ALL_IN_ONE);
            assertThat(Scene.settledOn(OLD).starting(TRAFFIC_MANAGER_0, OLD).plan(OLD.withTrafficManager("new")))
                    .hasTrafficManagers(NEW, 2, 2)
                    .says(
                            "revision %s waits for traffic-manager 0 to become Ready: "
                                    + "traffic-manager 1 has to move first, and is the last of its tier that serves",
                            NEW_TRAFFIC_MANAGER);
        }

        @Test
        void goesOnWhenSomebodyDeletesThePodThatHoldsItUp() {
            assertThat(Scene.settledOn(OLD)
                            .starting(ALL_IN_ONE_0, OLD)
                            .leaving(ALL_IN_ONE_1, OLD)
                            .plan(NEW))
                    .hasAllInOnes(NEW, 2, 1)
                    .says("all-in-one 1 moving to revision %s", NEW_ALL_IN_ONE);
        }
    }

    @Nested
    class Scaling {

        @Test
        void startsASecondAllInOneNodeOnTheNewRevisionBesideTheFirst() {
            assertThat(Scene.settledOn(OLD.withAllInOnes(1)).plan(OLD))
                    .hasAllInOnes(OLD, 2, 1)
                    .hasTrafficManagers(OLD, 2, 2)
                    .is(BOOTING)
                    .says("waiting for all-in-one 1 to become Ready");
        }

        @Test
        void startsASecondTrafficManagerOnTheNewRevisionBesideTheFirst() {
            assertThat(Scene.settledOn(OLD.withTrafficManagers(1)).plan(OLD))
                    .hasTrafficManagers(OLD, 2, 1)
                    .hasAllInOnes(OLD, 2, 2)
                    .is(BOOTING)
                    .says("waiting for traffic-manager 1 to become Ready");
        }

        @Test
        void thenTellsTheOthersOfTheNewNode() {
            var one = OLD.withTrafficManagers(1);
            assertThat(Scene.settledOn(one)
                            .statefulSet(ALL_IN_ONE, OLD, 2, 2, one)
                            .statefulSet(TRAFFIC_MANAGER, OLD, 2, 1, one)
                            .ready(TRAFFIC_MANAGER_1, OLD)
                            .plan(OLD))
                    .hasTrafficManagers(OLD, 2, 0)
                    .hasAllInOnes(OLD, 2, 2)
                    .is(ROLLING);
        }

        @Test
        void givesUpAnAllInOneNodeAtOnce() {
            var fewer = OLD.withAllInOnes(1);
            assertThat(Scene.settledOn(OLD).plan(fewer))
                    .hasAllInOnes(fewer, 1, 1)
                    .hasTrafficManagers(fewer, 2, 1)
                    .is(ROLLING)
                    .says(
                            "removing all-in-one 1; traffic-manager 1 moving to revision %s",
                            fewer.revision(TRAFFIC_MANAGER).name());
        }

        @Test
        void givesUpATrafficManagerAtOnce() {
            var fewer = OLD.withTrafficManagers(1);
            assertThat(Scene.settledOn(OLD).plan(fewer))
                    .hasTrafficManagers(fewer, 1, 1)
                    .hasAllInOnes(fewer, 2, 2)
                    .is(ROLLING);
        }

        @Test
        void lowersReplicasForNoOtherReason() {
            assertThat(Scene.settledOn(OLD)
                            .starting(ALL_IN_ONE_0, OLD)
                            .gone(ALL_IN_ONE_1)
                            .gone(TRAFFIC_MANAGER_0)
                            .starting(TRAFFIC_MANAGER_1, OLD)
                            .plan(NEW))
                    .hasAllInOnes(NEW, 2, 1)
                    .hasTrafficManagers(NEW, 2, 1);
        }
    }

    @Nested
    class StatefulSetDeleted {

        @ParameterizedTest
        @EnumSource(Role.class)
        void isMadeAnewForAsManyPodsAsItLeftBehind(Role role) {
            assertThat(Scene.settledOn(OLD).orphaned(role).plan(OLD))
                    .hasAllInOnes(OLD, 2, 0)
                    .hasTrafficManagers(OLD, 2, 0)
                    .is(ROLLING)
                    .says("all nodes are Ready on their revision, waiting for the StatefulSets to report it");
        }

        @Test
        void isMadeAnewForAPodThatIsAlone() {
            assertThat(Scene.settledOn(OLD)
                            .orphaned(ALL_IN_ONE)
                            .gone(ALL_IN_ONE_0)
                            .plan(OLD))
                    .hasAllInOnes(OLD, 2, 0)
                    .is(ROLLING)
                    .says(
                            "all-in-one 0 moving to revision %s",
                            OLD.revision(ALL_IN_ONE).name());
        }

        @Test
        void protectsThePodsThatItLeftBehindFromAChange() {
            assertThat(Scene.settledOn(OLD).orphaned(ALL_IN_ONE).plan(NEW))
                    .hasAllInOnes(NEW, 2, 2)
                    .hasTrafficManagers(NEW, 2, 1)
                    .keeps(ALL_IN_ONE, OLD, NEW);
        }

        @Test
        void bootsInOrderIfItsPodsGoTheSameWay() {
            assertThat(Scene.settledOn(OLD)
                            .deleted(ALL_IN_ONE)
                            .deleted(TRAFFIC_MANAGER)
                            .plan(OLD))
                    .hasAllInOnes(OLD, 1, 0)
                    .hasTrafficManagers(OLD, 0, 0)
                    .is(BOOTING)
                    .says("waiting for all-in-one 0 to become Ready; "
                            + "next: traffic-manager 0, traffic-manager 1, all-in-one 1");
        }

        @Test
        void keepsTheOtherTier() {
            assertThat(Scene.settledOn(OLD).deleted(ALL_IN_ONE).plan(OLD))
                    .hasAllInOnes(OLD, 1, 0)
                    .hasTrafficManagers(OLD, 2, 0)
                    .says("waiting for all-in-one 0 to become Ready; next: all-in-one 1");
        }
    }

    @Nested
    class Frozen {

        @Test
        void leavesEverythingAlone() {
            assertThat(Scene.settledOn(OLD).plan(OLD, new Role[0]))
                    .leavesAlone(ALL_IN_ONE)
                    .leavesAlone(TRAFFIC_MANAGER)
                    .is(SETTLED)
                    .says("all 4 nodes are Ready")
                    .marksAsSettled(ALL_IN_ONE, OLD)
                    .keeps(ALL_IN_ONE, OLD)
                    .keeps(TRAFFIC_MANAGER, OLD);
        }

        @Test
        void saysWhichNodeIsDown() {
            assertThat(Scene.settledOn(OLD).starting(ALL_IN_ONE_1, OLD).plan(OLD, new Role[0]))
                    .is(DEGRADED)
                    .says("waiting for all-in-one 1 to become Ready again");
        }

        @Test
        void hasNothingToStartFromBeforeTheFirstBoot() {
            assertThat(Scene.empty().plan(OLD, new Role[0]))
                    .leavesAlone(ALL_IN_ONE)
                    .is(BOOTING)
                    .says(
                            "waiting for all-in-one 0, all-in-one 1, traffic-manager 0, traffic-manager 1 to become Ready")
                    .marksNothingAsSettled();
        }

        @Test
        void repairsTheTierWhoseRevisionIsStillThere() {
            assertThat(Scene.settledOn(OLD)
                            .statefulSet(TRAFFIC_MANAGER, OLD, 1, 0)
                            .plan(OLD, TRAFFIC_MANAGER))
                    .hasTrafficManagers(OLD, 2, 0)
                    .leavesAlone(ALL_IN_ONE);
        }
    }

    @Nested
    class Reading {

        @Test
        void takesAStatefulSetWithoutAStatusForUnfinished() {
            assertThat(Scene.settledOn(OLD).withoutStatus(ALL_IN_ONE).plan(OLD))
                    .is(ROLLING)
                    .says("all nodes are Ready on their revision, waiting for the StatefulSets to report it");
        }

        @Test
        void takesAStatefulSetForUnfinishedThatItsControllerHasNotLookedAt() {
            assertThat(Scene.settledOn(OLD).unobserved(TRAFFIC_MANAGER).plan(OLD))
                    .is(ROLLING);
        }

        @Test
        void takesAStatefulSetForUnfinishedThatHasAnOlderRevisionLeft() {
            assertThat(Scene.settledOn(NEW)
                            .statefulSet(TRAFFIC_MANAGER, NEW, 2, 0, OLD)
                            .plan(NEW))
                    .is(ROLLING)
                    .keeps(TRAFFIC_MANAGER, OLD, NEW);
        }
    }
}
