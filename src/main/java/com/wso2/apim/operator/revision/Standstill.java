package com.wso2.apim.operator.revision;

import com.wso2.apim.operator.api.v1alpha1.ProductVersion;
import com.wso2.apim.operator.inputs.Inputs;
import com.wso2.apim.operator.model.Names;
import com.wso2.apim.operator.model.Problem;
import com.wso2.apim.operator.model.Role;
import com.wso2.apim.operator.model.SpecProblem;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whether a deployment is stopped: no node runs, and none can start before the operator says so. Then nothing is restarted
 * by a change, whatever it is. Seen in the cluster, so that it needs no memory.
 */
final class Standstill {

    private Standstill() {}

    /** The StatefulSets are to have no pod, their controller knows, and none is left, not even on its way out. */
    static boolean isReached(Inputs inputs, Names names) {
        return inputs.pods().isEmpty()
                && Stream.of(Role.values()).allMatch(role -> inputs.owned(StatefulSet.class, names.tier(role))
                        .filter(Standstill::isEmpty)
                        .isPresent());
    }

    private static boolean isEmpty(StatefulSet set) {
        return set.getSpec().getReplicas() == 0
                && Optional.ofNullable(set.getStatus())
                        .filter(status -> set.getMetadata().getGeneration().equals(status.getObservedGeneration()))
                        .filter(status -> status.getReplicas() == null || status.getReplicas() == 0)
                        .isPresent();
    }

    /** Another version than the admitted one has to wait for that: two versions on the same databases damage them. */
    static List<Problem> problems(Inputs inputs, Names names) {
        var wanted = inputs.resource().getSpec().version();
        return before(inputs, names)
                .filter(version -> version != wanted)
                .filter(version -> !isReached(inputs, names))
                .map(version -> SpecProblem.VERSION_RUNS.at("spec.version", version, wanted))
                .stream()
                .toList();
    }

    private static Optional<ProductVersion> before(Inputs inputs, Names names) {
        return Admitted.stored(inputs, names).flatMap(Admitted::spec).map(spec -> spec.version());
    }
}
