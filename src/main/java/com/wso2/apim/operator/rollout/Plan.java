package com.wso2.apim.operator.rollout;

import com.wso2.apim.operator.api.v1alpha1.ApiManagerClusterStatus.Roll;
import com.wso2.apim.operator.model.Role;
import com.wso2.apim.operator.revision.Revision;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What may change now.
 *
 * @param tiers by role; a tier that must be left as it is, is absent
 * @param keep revisions that a pod may still start from
 * @param settled the revision that every node of a tier ran last, by role
 * @param phase where the deployment is on its way
 * @param sentence the same, for people, and what it waits for
 * @param roll the change that is on its way to the nodes, or waits for its turn
 * @param begins whether the change has got its turn in this very pass: nothing moves before the status says so
 */
public record Plan(
        Map<Role, TierPlan> tiers,
        Set<String> keep,
        Map<Role, String> settled,
        Phase phase,
        String sentence,
        Optional<Roll> roll,
        boolean begins) {

    /** Without a change on its way. */
    public Plan(Map<Role, TierPlan> tiers, Set<String> keep, Map<Role, String> settled, Phase phase, String sentence) {
        this(tiers, keep, settled, phase, sentence, Optional.empty(), false);
    }

    /** Whether a change waits for its turn. */
    public boolean isWaiting() {
        return roll.filter(change -> change.state() == Roll.State.WAITING).isPresent();
    }

    /**
     * One tier: what its StatefulSet is to say.
     *
     * @param replicas never below what is observed, unless the user lowered it
     * @param partition places from here on may move to the revision
     */
    public record TierPlan(Revision revision, int replicas, int partition) {}

    /** Where a deployment is on its way. */
    public enum Phase {
        /** Nodes are starting for the first time. */
        BOOTING,
        /** A change waits for its turn, and every node serves. */
        WAITING,
        /** A change is on its way through the nodes. */
        ROLLING,
        /** A change is held, and every node serves. */
        PAUSED,
        /** Nodes are being stopped. */
        SUSPENDING,
        /** No node runs, as the user wants it. */
        SUSPENDED,
        /** Nothing is to change, but a node is not Ready. */
        DEGRADED,
        /** Every node runs what it should, and is Ready. */
        SETTLED;

        /** Whether nodes are stopped, or are being stopped, as the user wants it. */
        public boolean isSuspension() {
            return this == SUSPENDING || this == SUSPENDED;
        }

        /** Whether nothing happens until somebody, or something, changes. */
        public boolean isAtRest() {
            return this == SETTLED || this == PAUSED || this == SUSPENDED;
        }
    }
}
