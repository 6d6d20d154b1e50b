package com.wso2.apim.operator.resources;

import com.wso2.apim.operator.model.Cluster;
import com.wso2.apim.operator.model.Port;
import com.wso2.apim.operator.model.Role;
import com.wso2.apim.operator.model.Tier;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRuleBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeerBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPortBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Who may connect to a tier: the tiers on every port, everybody on public ones and on those that the user declares, and whom the user adds. */
final class NetworkPolicies {

    private NetworkPolicies() {}

    static NetworkPolicy of(Cluster cluster, Tier tier, List<NetworkPolicyIngressRule> additional) {
        var rules = new ArrayList<NetworkPolicyIngressRule>();
        rules.add(fromTiers(cluster));
        if (!Port.publicOf(tier.role()).isEmpty()) {
            rules.add(toPorts(Port.publicOf(tier.role()).stream()
                    .map(port -> port(port.number(), "TCP"))
                    .toList()));
        }
        var declared = tier.podTemplate().ports();
        if (!declared.isEmpty()) {
            rules.add(toPorts(declared.stream()
                    .map(port -> port(port.number(), port.protocol()))
                    .toList()));
        }
        rules.addAll(additional);
        return new NetworkPolicyBuilder()
                .withMetadata(Metadata.of(cluster, tier.role(), cluster.names().tier(tier.role())))
                .withNewSpec()
                .withNewPodSelector()
                .withMatchLabels(cluster.names().selector(tier.role()))
                .endPodSelector()
                .withPolicyTypes("Ingress")
                .withIngress(rules)
                .endSpec()
                .build();
    }

    private static NetworkPolicyIngressRule fromTiers(Cluster cluster) {
        return new NetworkPolicyIngressRuleBuilder()
                .withFrom(Stream.of(Role.values())
                        .map(role -> nodes(cluster, role))
                        .toList())
                .build();
    }

    /** A rule without ports would open all of them. */
    private static NetworkPolicyIngressRule toPorts(List<NetworkPolicyPort> ports) {
        return new NetworkPolicyIngressRuleBuilder().withPorts(ports).build();
    }

    private static NetworkPolicyPeer nodes(Cluster cluster, Role role) {
        return new NetworkPolicyPeerBuilder()
                .withNewPodSelector()
                .withMatchLabels(cluster.names().selector(role))
                .endPodSelector()
                .build();
    }

    private static NetworkPolicyPort port(int number, String protocol) {
        return new NetworkPolicyPortBuilder()
                .withProtocol(protocol)
                .withPort(new IntOrString(number))
                .build();
    }
}
