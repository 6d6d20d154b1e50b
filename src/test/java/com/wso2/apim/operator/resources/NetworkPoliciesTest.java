package com.wso2.apim.operator.resources;

import static org.assertj.core.api.Assertions.assertThat;

import com.wso2.apim.operator.model.Names;
import com.wso2.apim.operator.model.Port;
import com.wso2.apim.operator.model.Resolver;
import com.wso2.apim.operator.model.Role;
import com.wso2.apim.operator.support.AdmittedResource;
import com.wso2.apim.operator.support.Installation;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Who may connect to the nodes. */
class NetworkPoliciesTest {

    private static final Names NAMES = new Names("wso2", "apim");
    private static final String SIDECAR = """
            {spec: {allInOne: {podTemplate: {spec: {containers: [
              {name: wso2am, ports: [{containerPort: 9999}]},
              {name: dns, image: "dns:1", ports: [{containerPort: 53, protocol: UDP}, {containerPort: 53}]}]}}}}}""";

    @ParameterizedTest
    @EnumSource
    void chooseThePodsOfTheirTierAndSpeakOfWhatComesInOnly(Role role) {
        var spec = policy(role).getSpec();

        assertThat(spec.getPodSelector().getMatchLabels()).isEqualTo(NAMES.selector(role));
        assertThat(spec.getPolicyTypes()).containsExactly("Ingress");
        assertThat(spec.getEgress()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void letTheTiersReachEachOtherOnEveryPort(Role role) {
        var rule = policy(role).getSpec().getIngress().get(0);

        assertThat(rule.getPorts()).isEmpty();
        assertThat(rule.getFrom())
                .extracting(peer -> peer.getPodSelector().getMatchLabels())
                .containsExactlyInAnyOrder(NAMES.selector(Role.ALL_IN_ONE), NAMES.selector(Role.TRAFFIC_MANAGER));
        assertThat(rule.getFrom()).allMatch(peer -> peer.getNamespaceSelector() == null);
    }

    @Test
    void letEveryoneReachThePublicPortsOfTheAllInOneNodes() {
        assertThat(open(Role.ALL_IN_ONE))
                .containsExactlyElementsOf(Port.publicOf(Role.ALL_IN_ONE).stream()
                        .map(port -> "TCP/" + port.number())
                        .toList());
    }

    @Test
    void letNobodyElseReachTrafficManagers() {
        assertThat(open(Role.TRAFFIC_MANAGER)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"5672", "8672", "9611", "9711"})
    void keepBrokersAndReceiversForTheTiers(int port) {
        assertThat(Stream.of(Role.values()).flatMap(role -> open(role, SIDECAR).stream()))
                .doesNotContain("TCP/" + port);
    }

    @Test
    void letEveryoneReachThePortsThatThePodTemplateDeclares() {
        assertThat(open(Role.ALL_IN_ONE, SIDECAR)).contains("TCP/9999", "UDP/53", "TCP/53", "TCP/9443");
        assertThat(open(Role.TRAFFIC_MANAGER, SIDECAR)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void addTheUsersOwnRulesToBothTiers(Role role) {
        var policy = policy(role, """
                {spec: {networkPolicy: {additionalIngress: [
                  {from: [{namespaceSelector: {matchLabels: {team: monitoring}}}], ports: [{port: 9443}]}]}}}""");
        var ingress = policy.getSpec().getIngress();
        var last = ingress.get(ingress.size() - 1);

        assertThat(ingress).hasSize(policy(role).getSpec().getIngress().size() + 1);
        assertThat(last.getFrom())
                .extracting(peer -> peer.getNamespaceSelector().getMatchLabels().get("team"))
                .containsExactly("monitoring");
        assertThat(ports(last)).containsExactly("TCP/9443");
    }

    @Test
    void areNoneWhereNoneAreWanted() {
        assertThat(policies("{spec: {networkPolicy: {enabled: false, additionalIngress: [{}]}}}"))
                .isEmpty();
    }

    /** Ports that are open to everybody. */
    private static List<String> open(Role role, String... changes) {
        return policy(role, changes).getSpec().getIngress().stream()
                .filter(rule -> rule.getFrom().isEmpty())
                .peek(rule -> assertThat(rule.getPorts())
                        .as("a rule without ports would open all of them")
                        .isNotEmpty())
                .flatMap(rule -> ports(rule).stream())
                .toList();
    }

    private static List<String> ports(NetworkPolicyIngressRule rule) {
        return rule.getPorts().stream()
                .map(port -> port.getProtocol() + "/" + port.getPort().getIntVal())
                .toList();
    }

    private static NetworkPolicy policy(Role role, String... changes) {
        return policies(changes).stream()
                .filter(policy -> policy.getMetadata().getName().equals(NAMES.tier(role)))
                .findFirst()
                .orElseThrow();
    }

    private static List<NetworkPolicy> policies(String... changes) {
        var resource = AdmittedResource.of(Path.of("src/test/resources/reference/cr.yaml"), changes);
        var cluster = Resolver.resolve(NAMES, resource.getSpec(), Installation.SETTINGS)
                .cluster()
                .orElseThrow();
        return cluster.additionalIngress().stream()
                .flatMap(rules -> cluster.tiers().stream().map(tier -> NetworkPolicies.of(cluster, tier, rules)))
                .toList();
    }
}
