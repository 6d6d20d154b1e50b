package com.wso2.apim.operator.rollout;

import com.wso2.apim.operator.inputs.Inputs;
import com.wso2.apim.operator.model.Names;
import com.wso2.apim.operator.model.Node;
import com.wso2.apim.operator.model.Role;
import com.wso2.apim.operator.rollout.ObservedTier.Place;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Both tiers as they are. */
public record Observed(Map<Role, ObservedTier> tiers) {

    /** Reads both tiers. */
    public static Observed of(Inputs inputs, Names names) {
        var tiers = new EnumMap<Role, ObservedTier>(Role.class);
        for (var role : Role.values()) {
            var name = names.tier(role);
            tiers.put(role, ObservedTier.of(name, inputs.owned(StatefulSet.class, name), inputs.pods()));
        }
        return new Observed(tiers);
    }

    /** The tier of a role. */
    public ObservedTier tier(Role role) {
        return tiers.getOrDefault(role, ObservedTier.NONE);
    }

    /** What fills a node's place; empty if the StatefulSet has no such place yet. */
    public Optional<Place> place(Node node) {
        return tier(node.role()).places().stream()
                .filter(place -> place.ordinal() == node.ordinal())
                .findFirst();
    }

    /** The nodes that there are. */
    public Stream<Node> nodes() {
        return Stream.of(Role.values())
                .flatMap(role -> tier(role).places().stream().map(place -> new Node(role, place.ordinal())));
    }

    /** Whether a node is Ready. */
    public boolean ready(Node node) {
        return place(node).filter(Place::ready).isPresent();
    }
}
