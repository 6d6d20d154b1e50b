package com.wso2.apim.operator.status;

import com.wso2.apim.operator.api.v1alpha1.ApiManagerCluster;
import com.wso2.apim.operator.api.v1alpha1.ApiManagerClusterStatus;
import com.wso2.apim.operator.api.v1alpha1.ApiManagerClusterStatus.Condition;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The status after a pass that the API server stopped: what was seen before, and what stopped it. */
public final class Failures {

    private Failures() {}

    /**
     * The status after a failure.
     *
     * @param isRejection whether the server refuses the object as such, so that only a change helps
     */
    public static ApiManagerClusterStatus of(
            ApiManagerCluster resource, boolean isRejection, String message, Instant now) {
        var previous = Optional.ofNullable(resource.getStatus())
                .orElse(new ApiManagerClusterStatus(null, null, null, null, null, null, null, null, null, null, null));
        var conditions = new Conditions(
                resource.getMetadata().getGeneration(), previous.conditions(), now.truncatedTo(ChronoUnit.SECONDS));
        var found = isRejection
                ? List.of(
                        conditions.condition("Ready", false, "Rejected", message),
                        conditions.condition("Reconciling", false, "Rejected", message),
                        conditions.condition("Stalled", true, "Rejected", message))
                : List.of(conditions.condition("Reconciling", true, "Retrying", message));
        return new ApiManagerClusterStatus(
                resource.getMetadata().getGeneration(),
                previous.allInOne(),
                previous.trafficManager(),
                merged(previous.conditions(), found),
                previous.warnings(),
                previous.endpoints(),
                previous.nodes(),
                previous.revisions(),
                previous.certificates(),
                previous.adopted(),
                previous.roll());
    }

    private static List<Condition> merged(List<Condition> previous, List<Condition> found) {
        var types = Set.copyOf(found.stream().map(Condition::type).toList());
        var merged = new ArrayList<>(found);
        previous.stream().filter(condition -> !types.contains(condition.type())).forEach(merged::add);
        return merged;
    }
}
