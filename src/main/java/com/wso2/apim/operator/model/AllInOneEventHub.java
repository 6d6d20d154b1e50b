package com.wso2.apim.operator.model;

import java.util.List;
import java.util.stream.IntStream;

/**
 * The all-in-one nodes are the event hub, the Traffic Managers only throttle: the wiring of the product's distributed
 * deployment, seen to work with all-in-one nodes on real servers.
 */
public record AllInOneEventHub(Endpoints endpoints, int allInOneReplicas, int trafficManagerReplicas)
        implements Wiring {

    @Override
    public Links links(Node node) {
        return switch (node.role()) {
            case ALL_IN_ONE ->
                new Links(
                        Endpoints.OWN_SERVICES,
                        false,
                        brokers(trafficManagers()),
                        receivers(trafficManagers()),
                        List.of(),
                        Endpoints.OWN_SERVICES,
                        List.of(Endpoints.OWN_BROKER),
                        receivers(allInOnes()),
                        brokers(others(allInOnes(), node)));
            case TRAFFIC_MANAGER ->
                new Links(
                        endpoints.services(Role.ALL_IN_ONE),
                        true,
                        List.of(Endpoints.OWN_BROKER),
                        List.of(),
                        brokers(others(trafficManagers(), node)),
                        endpoints.services(Role.ALL_IN_ONE),
                        brokers(allInOnes()),
                        List.of(),
                        List.of());
        };
    }

    @Override
    public Wiring of(int allInOnes, int trafficManagers) {
        return new AllInOneEventHub(endpoints, allInOnes, trafficManagers);
    }

    /**
     * All-in-one 0 alone seeds the databases, in which two would collide; Traffic Managers hang without an event hub, and
     * an all-in-one node that starts long before them backs off for minutes (all seen on real servers).
     */
    @Override
    public List<List<Node>> bootOrder() {
        return List.of(allInOnes().subList(0, 1), trafficManagers(), allInOnes().subList(1, allInOneReplicas));
    }

    @Override
    public List<Role> rollOrder() {
        return List.of(Role.TRAFFIC_MANAGER, Role.ALL_IN_ONE);
    }

    private List<Node> allInOnes() {
        return nodes(Role.ALL_IN_ONE, allInOneReplicas);
    }

    private List<Node> trafficManagers() {
        return nodes(Role.TRAFFIC_MANAGER, trafficManagerReplicas);
    }

    private List<String> brokers(List<Node> nodes) {
        return nodes.stream().map(endpoints::broker).toList();
    }

    private List<Receiver> receivers(List<Node> nodes) {
        return nodes.stream().map(endpoints::receiver).toList();
    }

    private static List<Node> nodes(Role role, int replicas) {
        return IntStream.range(0, replicas)
                .mapToObj(ordinal -> new Node(role, ordinal))
                .toList();
    }

    private static List<Node> others(List<Node> nodes, Node self) {
        return nodes.stream().filter(node -> !node.equals(self)).toList();
    }
}
