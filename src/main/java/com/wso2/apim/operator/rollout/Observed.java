package com.wso2.apim.operator.rollout;

import com.wso2.apim.operator.inputs.Inputs;
import com.wso2.apim.operator.model.Names;
import com.wso2.apim.operator.model.Node;
import com.wso2.apim.operator.model.Role;
import com.wso2.apim.operator.rollout.ObservedTier.Place;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Both tiers as they are.
 *
 * @param pods the node of every pod that there is, on its way out or not
 */
public record Observed(Map<Role, ObservedTier> tiers, List<Node> pods) {

    /** Places beyond what the API allows are not looked for. */
    private static final int MOST_NODES = 10;

    /** Reads both tiers. */
    public static Observed of(Inputs inputs, Names names) {
        var tiers = new EnumMap<Role, ObservedTier>(Role.class);
        for (var role : Role.values()) {
            var name = names.tier(role);
            tiers.put(role, ObservedTier.of(name, inputs.owned(StatefulSet.class, name), inputs.pods()));
        }
        var pods = Stream.of(Role.values())
                .flatMap(role -> IntStream.range(0, MOST_NODES).mapToObj(ordinal -> new Node(role, ordinal)))
                .filter(node -> inputs.pods().stream()
                        .anyMatch(pod -> pod.getMetadata().getName().equals(names.pod(node))))
                .toList();
        return new Observed(tiers, pods);
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
