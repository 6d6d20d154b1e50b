package com.wso2.apim.operator.rollout;

import com.wso2.apim.operator.inputs.Inputs;
import com.wso2.apim.operator.model.Node;
import com.wso2.apim.operator.model.Role;
import com.wso2.apim.operator.revision.Difference;
import com.wso2.apim.operator.revision.Revision;
import com.wso2.apim.operator.rollout.ObservedTier.Place;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which nodes will be restarted.
 *
 * @param reasons in what the revision that a node is to run differs from the one that it runs, in words; never a value. In
 *     no particular order
 */
public record Restarts(Map<Node, String> reasons) {

    /** Every node that runs, or is to come back on, another revision than it is to run. */
    public static Restarts of(Inputs inputs, Map<Role, Revision> targets, Observed observed) {
        var reasons = new LinkedHashMap<Node, String>();
        targets.forEach((role, target) -> observed.tier(role).places().stream()
                .filter(place -> place.revision().isPresent() && !place.runs(target.name()))
                .forEach(place -> reasons.put(new Node(role, place.ordinal()), reason(inputs, place, target))));
        return new Restarts(reasons);
    }

    /** Why a node will be restarted; empty if it will not. */
    public Optional<String> reason(Node node) {
        return Optional.ofNullable(reasons.get(node));
    }

    private static String reason(Inputs inputs, Place place, Revision target) {
        return place.revision()
                .flatMap(name -> Revision.stored(inputs, name))
                .map(before -> Difference.words(before, target))
                .orElse("what it runs is not stored any more");
    }
}
