package com.wso2.apim.operator.rollout;

import com.wso2.apim.operator.model.Role;
import com.wso2.apim.operator.rollout.Plan.Phase;
import com.wso2.apim.operator.rollout.Plan.TierPlan;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.Assertions;

/** What a plan is about. */
final class PlanAssert extends AbstractAssert<PlanAssert, Plan> {

    private PlanAssert(Plan plan) {
        super(plan, PlanAssert.class);
    }

    static PlanAssert assertThat(Plan plan) {
        return new PlanAssert(plan);
    }

    PlanAssert hasAllInOnes(Configuration configuration, int replicas, int partition) {
        return hasTier(Role.ALL_IN_ONE, configuration, replicas, partition);
    }

    PlanAssert hasTrafficManagers(Configuration configuration, int replicas, int partition) {
        return hasTier(Role.TRAFFIC_MANAGER, configuration, replicas, partition);
    }

    private PlanAssert hasTier(Role role, Configuration configuration, int replicas, int partition) {
        var expected = new TierPlan(configuration.revision(role), replicas, partition);
        Assertions.assertThat(shown(actual.tiers().get(role)))
                .as(role.component())
                .isEqualTo(shown(expected));
        return this;
    }

    private static String shown(TierPlan tier) {
        return "%s, replicas %d, partition %d".formatted(tier.revision().name(), tier.replicas(), tier.partition());
    }

    PlanAssert leavesAlone(Role role) {
        Assertions.assertThat(actual.tiers()).doesNotContainKey(role);
        return this;
    }

    PlanAssert is(Phase phase) {
        Assertions.assertThat(actual.phase()).isEqualTo(phase);
        return this;
    }

    /** The exact sentence; {@code %s} stands for the names of the given revisions. */
    PlanAssert says(String sentence, String... revisions) {
        Assertions.assertThat(actual.sentence()).isEqualTo(sentence, (Object[]) revisions);
        return this;
    }

    /** Revisions that are kept, whatever the targets are. */
    PlanAssert keeps(Role role, Configuration... configurations) {
        Assertions.assertThat(actual.keep())
                .filteredOn(name -> name.startsWith(Configuration.NAMES.tier(role)))
                .containsExactlyInAnyOrderElementsOf(names(role, configurations));
        return this;
    }

    private static Set<String> names(Role role, Configuration... configurations) {
        return Stream.of(configurations)
                .map(configuration -> configuration.revision(role).name())
                .collect(Collectors.toSet());
    }

    PlanAssert marksAsSettled(Role role, Configuration configuration) {
        Assertions.assertThat(actual.settled())
                .containsEntry(role, configuration.revision(role).name());
        return this;
    }

    PlanAssert marksNothingAsSettled() {
        Assertions.assertThat(actual.settled()).isEmpty();
        return this;
    }
}
