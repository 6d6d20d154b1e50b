package com.wso2.apim.operator.topology;

import com.wso2.apim.operator.model.Cluster;
import com.wso2.apim.operator.model.Node;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Who answers inside the cluster, told from the Services alone.
 *
 * @param carried ports by host name: of a balancing Service, or of a pod behind a headless one
 * @param known host names that are reached otherwise
 */
record Directory(Map<String, Set<String>> carried, Set<String> known) {

    static Directory of(Cluster cluster, List<Service> services) {
        var carried = new HashMap<String, Set<String>>();
        for (var service : services) {
            var metadata = service.getMetadata();
            var host = cluster.endpoints().service(metadata.getName(), metadata.getNamespace());
            var pods = cluster.tiers().stream()
                    .flatMap(tier -> tier.nodes().stream())
                    .filter(node -> selects(service, cluster, node))
                    .map(cluster.names()::pod)
                    .toList();
            if ("None".equals(service.getSpec().getClusterIP())) {
                pods.forEach(pod -> carried.put(pod + "." + host, ports(service)));
            } else if (!pods.isEmpty()) {
                carried.put(host, ports(service));
            }
        }
        var known = new HashSet<>(cluster.gatewayHosts());
        known.add(cluster.hostnames().api());
        known.addAll(cluster.streams().hosts());
        return new Directory(Map.copyOf(carried), Set.copyOf(known));
    }

    /** Why nobody answers there; empty if somebody does. */
    Optional<String> objection(Address address) {
        if (address.isOwn() || known.contains(address.host())) {
            return Optional.empty();
        }
        if (!carried.containsKey(address.host())) {
            return Optional.of("no Service of the deployment leads to " + address.host());
        }
        return carried.get(address.host()).contains(address.port())
                ? Optional.empty()
                : Optional.of("no Service carries port '%s' of %s".formatted(address.port(), address.host()));
    }

    private static Set<String> ports(Service service) {
        return service.getSpec().getPorts().stream()
                .map(ServicePort::getPort)
                .map(String::valueOf)
                .collect(Collectors.toSet());
    }

    private static boolean selects(Service service, Cluster cluster, Node node) {
        return cluster.names()
                .podLabels(node.role())
                .entrySet()
                .containsAll(service.getSpec().getSelector().entrySet());
    }
}
