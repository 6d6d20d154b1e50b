package com.wso2.apim.operator.model;

import com.wso2.apim.operator.api.v1alpha1.CacheInvalidation;
import com.wso2.apim.operator.api.v1alpha1.Database;
import com.wso2.apim.operator.api.v1alpha1.Exposure;
import com.wso2.apim.operator.api.v1alpha1.Hostnames;
import com.wso2.apim.operator.api.v1alpha1.ProductVersion;
import com.wso2.apim.operator.api.v1alpha1.Retention;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the user meant, with every default filled in.
 *
 * @param environments environments of the gateways, one at least
 * @param keptPolicies execution plans that a start of a Traffic Manager leaves alone
 * @param driver the jar that nodes with databases get; absent where the product's image holds it
 * @param overlays the user's own TOML, in the order in which it is merged
 * @param serviceAccountAnnotations the user's own, on the ServiceAccount of the nodes
 * @param additionalIngress further rules of the NetworkPolicies; absent where none are wanted
 * @param encryptsWithKey whether what is stored is encrypted with a key of its own, not with the internal key pair
 * @param operation whether nodes are to be restarted, left alone, or stopped
 */
public record Cluster(
        Names names,
        Endpoints endpoints,
        ProductVersion version,
        Hostnames hostnames,
        Database database,
        Optional<DriverJar> driver,
        Tier allInOne,
        Tier trafficManager,
        Wiring wiring,
        List<GatewayEnvironment> environments,
        List<String> keptPolicies,
        CacheInvalidation cacheInvalidation,
        Exposure exposure,
        Optional<List<NetworkPolicyIngressRule>> additionalIngress,
        List<Overlay> overlays,
        Map<String, String> serviceAccountAnnotations,
        Retention retention,
        int minReadySeconds,
        boolean encryptsWithKey,
        Operation operation) {

    /** The same without nodes. */
    public Cluster stopped() {
        return with(allInOne, trafficManager, wiring, new Operation(operation.restartedAt(), operation.paused(), true));
    }

    /** Both tiers. */
    public List<Tier> tiers() {
        return List.of(allInOne, trafficManager);
    }

    /** Every host name of API traffic, each once: the gateway's own, then what environments add. */
    public List<String> gatewayHosts() {
        var added = environments.stream().flatMap(GatewayEnvironment::hosts);
        return Stream.concat(Stream.of(hostnames.gateway()), added).distinct().toList();
    }

    /** Every name by which a node, a probe or a client may call a server, each once. */
    public List<String> tlsHosts() {
        var inside = tiers().stream()
                .map(Tier::role)
                .flatMap(role -> Stream.concat(
                        endpoints.serviceNames(role).stream(),
                        // Both places of the pair, whatever the number of nodes: growing it must not need a new
                        // certificate.
                        Stream.of(0, 1).flatMap(ordinal -> endpoints.podNames(role, ordinal).stream())));
        return Stream.of(
                        Stream.of(hostnames.api()),
                        gatewayHosts().stream(),
                        streams().hosts().stream(),
                        Stream.of("localhost"),
                        inside)
                .flatMap(hosts -> hosts)
                .distinct()
                .toList();
    }

    /** What clients outside the cluster reach by host names. */
    public List<Frontend> frontends() {
        var always = Stream.of(
                new Frontend(Frontend.Kind.PORTALS, names.apiIngress(), List.of(hostnames.api()), Port.HTTPS),
                new Frontend(Frontend.Kind.CALLS, names.gatewayIngress(), gatewayHosts(), Port.GATEWAY_HTTPS));
        return Stream.concat(always, streams().frontends(names)).toList();
    }

    /** Where clients find WebSocket and WebSub APIs. */
    public Streams streams() {
        return Streams.of(hostnames, exposure);
    }

    /** The same with no more nodes than given, and as they would dial each other. */
    public Cluster withAtMost(int allInOnes, int trafficManagers) {
        if (allInOne.replicas() <= allInOnes && trafficManager.replicas() <= trafficManagers) {
            return this;
        }
        var fewer = allInOne.withAtMost(allInOnes);
        var fewerManagers = trafficManager.withAtMost(trafficManagers);
        return with(fewer, fewerManagers, wiring.of(fewer.replicas(), fewerManagers.replicas()), operation);
    }

    private Cluster with(Tier allInOnes, Tier trafficManagers, Wiring wired, Operation operated) {
        return new Cluster(
                names,
                endpoints,
                version,
                hostnames,
                database,
                driver,
                allInOnes,
                trafficManagers,
                wired,
                environments,
                keptPolicies,
                cacheInvalidation,
                exposure,
                additionalIngress,
                overlays,
                serviceAccountAnnotations,
                retention,
                minReadySeconds,
                encryptsWithKey,
                operated);
    }

    /** The tier of a role. */
    public Tier tier(Role role) {
        return role == Role.ALL_IN_ONE ? allInOne : trafficManager;
    }
}
