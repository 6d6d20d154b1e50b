package com.wso2.apim.operator.rollout;

import com.wso2.apim.operator.inputs.Inputs;
import com.wso2.apim.operator.model.Cluster;
import com.wso2.apim.operator.model.Node;
import com.wso2.apim.operator.model.Role;
import com.wso2.apim.operator.revision.Admission;
import com.wso2.apim.operator.revision.Admitted;
import com.wso2.apim.operator.revision.LastGood;
import com.wso2.apim.operator.revision.Revision;
import com.wso2.apim.operator.rollout.Plan.Phase;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What has proved itself, and what has failed to: a pure function of what is there and the time.
 *
 * @param good what is good from now on
 * @param failure a node for which the change came to a halt
 * @param isProving whether something is not known to be good yet that may prove itself any moment
 */
public record Progress(LastGood good, Optional<Failure> failure, boolean isProving) {

    /** Of a pass. A problem leaves everything as it is. */
    public static Progress of(Inputs inputs, Admission admission, Plan plan) {
        var before =
                Admitted.stored(inputs, admission.names()).map(Admitted::good).orElse(LastGood.NONE);
        if (admission.isFrozen() || admission.running().isEmpty()) {
            return new Progress(before, Optional.empty(), false);
        }
        return of(
                inputs,
                admission.running().get(),
                admission.targets(),
                before,
                before.pair(inputs).isPresent(),
                plan.phase());
    }

    /**
     * Of a deployment.
     *
     * @param canGoBack whether what was good before is still stored
     */
    static Progress of(
            Inputs inputs,
            Cluster cluster,
            Map<Role, Revision> targets,
            LastGood before,
            boolean canGoBack,
            Phase phase) {
        var observed = Observed.of(inputs, cluster.names());
        var names = new EnumMap<Role, String>(Role.class);
        targets.forEach((role, target) -> names.put(role, target.name()));
        var proven = proven(inputs, cluster, observed, before);
        var isGood = phase == Phase.SETTLED
                && nodes(cluster).stream().allMatch(node -> names.get(node.role())
                        .equals(proven.get(cluster.names().pod(node))));
        var good = new LastGood(isGood ? names : before.revisions(), proven);
        var deadline = new Deadline(inputs, cluster, names, good, canGoBack, observed);
        // Whoever pauses or suspends has taken the matter into their own hands.
        var isOperated = phase == Phase.PAUSED || phase.isSuspension();
        return new Progress(
                good,
                isOperated ? Optional.empty() : deadline.failure(),
                phase == Phase.SETTLED && !before.revisions().equals(names));
    }

    /** The failure for which a revision is to be rejected. */
    public Optional<Failure> rejected() {
        return failure.filter(Failure::isRejection);
    }

    private static Map<String, String> proven(Inputs inputs, Cluster cluster, Observed observed, LastGood before) {
        var proven = new TreeMap<String, String>();
        for (var node : nodes(cluster)) {
            var pod = cluster.names().pod(node);
            observed.place(node)
                    .filter(place -> place.available(inputs.now(), cluster.minReadySeconds()))
                    .flatMap(ObservedTier.Place::revision)
                    .or(() -> Optional.ofNullable(before.proven().get(pod)))
                    .ifPresent(revision -> proven.put(pod, revision));
        }
        return proven;
    }

    private static List<Node> nodes(Cluster cluster) {
        return cluster.tiers().stream().flatMap(tier -> tier.nodes().stream()).toList();
    }
}
