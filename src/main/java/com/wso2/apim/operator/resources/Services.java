package com.wso2.apim.operator.resources;

import com.wso2.apim.operator.api.v1alpha1.StreamService;
import com.wso2.apim.operator.model.Cluster;
import com.wso2.apim.operator.model.Frontend;
import com.wso2.apim.operator.model.Port;
import com.wso2.apim.operator.model.Role;
import com.wso2.apim.operator.model.Tier;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.ServicePortBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Two Services per tier: names for the pods, and a balancer over the Ready ones; further ones for clients outside. */
final class Services {

    private Services() {}

    /** Peers dial each other while they boot, so names are published before nodes are Ready. */
    static Service headless(Cluster cluster, Tier tier) {
        return new ServiceBuilder()
                .withMetadata(Metadata.of(cluster, tier.role(), cluster.names().headlessService(tier.role())))
                .withNewSpec()
                .withClusterIP("None")
                .withPublishNotReadyAddresses(true)
                .withSelector(cluster.names().selector(tier.role()))
                .withPorts(ports(Port.of(tier.role())))
                .endSpec()
                .build();
    }

    /** Without brokers and receivers, which are per node and never balanced. */
    static Service balanced(Cluster cluster, Tier tier) {
        return new ServiceBuilder()
                .withMetadata(Metadata.of(cluster, tier.role(), cluster.names().tier(tier.role())))
                .withNewSpec()
                .withSelector(cluster.names().selector(tier.role()))
                .withPorts(ports(Port.balancedOf(tier.role())))
                .endSpec()
                .build();
    }

    /** For one Ingress only: its controller reads from the Service how to call the nodes. */
    static Service behind(Cluster cluster, Frontend frontend, Map<String, String> annotations) {
        return new ServiceBuilder()
                .withMetadata(Metadata.of(cluster, Role.ALL_IN_ONE, frontend.name()))
                .editMetadata()
                .withAnnotations(annotations)
                .endMetadata()
                .withNewSpec()
                .withSelector(cluster.names().selector(Role.ALL_IN_ONE))
                .withPorts(ports(List.of(frontend.port())))
                .endSpec()
                .build();
    }

    /** WebSocket and WebSub for clients outside the cluster, on ports that no Ingress carries. */
    static Service streams(Cluster cluster, StreamService options) {
        return new ServiceBuilder()
                .withMetadata(
                        Metadata.of(cluster, Role.ALL_IN_ONE, cluster.names().streams()))
                .editMetadata()
                .withAnnotations(Optional.ofNullable(options.annotations()).orElse(Map.of()))
                .endMetadata()
                .withNewSpec()
                .withType(options.type().text())
                .withLoadBalancerClass(options.loadBalancerClass())
                .withLoadBalancerSourceRanges(options.loadBalancerSourceRanges())
                .withSelector(cluster.names().selector(Role.ALL_IN_ONE))
                .withPorts(ports(Port.ofStreams()))
                .endSpec()
                .build();
    }

    private static List<ServicePort> ports(List<Port> ports) {
        return ports.stream()
                .map(port -> new ServicePortBuilder()
                        .withName(port.portName())
                        .withProtocol("TCP")
                        .withPort(port.number())
                        .withTargetPort(new IntOrString(port.portName()))
                        .build())
                .toList();
    }
}
