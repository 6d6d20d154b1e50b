package com.wso2.apim.operator.rollout;

import com.wso2.apim.operator.model.Cluster;
import com.wso2.apim.operator.model.Node;
import com.wso2.apim.operator.model.Role;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How the nodes are stopped: all-in-one nodes first, because one that ends after its brokers waits for them for minutes, and
 * the Traffic Managers when none of those is left, not even on its way out.
 */
record Suspension(Cluster cluster, Observed observed) {

    private static final List<Role> ORDER = List.of(Role.ALL_IN_ONE, Role.TRAFFIC_MANAGER);

    /** Whether no node is to run. */
    boolean isWanted() {
        return cluster.operation().suspended();
    }

    /** Whether none does. */
    boolean isComplete() {
        return ORDER.stream().noneMatch(this::isThere);
    }

    /** Nodes that a tier is to have now; never more than it has. */
    int replicas(Role role) {
        return next() == role
                ? 0
                : Math.min(observed.tier(role).replicas(), cluster.tier(role).replicas());
    }

    /** The tier that stops now; the last one once there is none. */
    private Role next() {
        return ORDER.stream().filter(this::isThere).findFirst().orElse(Role.TRAFFIC_MANAGER);
    }

    private boolean isThere(Role role) {
        return observed.tier(role).replicas() > 0
                || observed.pods().stream().map(Node::role).anyMatch(role::equals);
    }

    String text() {
        if (isComplete()) {
            return "no node runs, because spec.suspend is true";
        }
        var stopping = next();
        return ORDER.stream()
                .filter(role -> role == stopping || isThere(role))
                .map(role -> "the %s tier".formatted(role.component()))
                .collect(Collectors.joining("; next: ", "stopping ", ""));
    }
}
