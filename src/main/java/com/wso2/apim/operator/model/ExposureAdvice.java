package com.wso2.apim.operator.model;

import com.wso2.apim.operator.api.v1alpha1.ApiManagerClusterSpec;
import com.wso2.apim.operator.api.v1alpha1.Exposure;
import com.wso2.apim.operator.api.v1alpha1.IngressOptions;
import com.wso2.apim.operator.api.v1alpha1.IngressOptions.Controller;
import com.wso2.apim.operator.api.v1alpha1.IngressOptions.Individual;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What is told to the outside but does not get there without the user's doing. */
final class ExposureAdvice {

    private static final String TRANSPORT = "traefik.ingress.kubernetes.io/service.serverstransport";

    private final Names names;
    private final ApiManagerClusterSpec spec;
    private final List<GatewayEnvironment> environments;

    ExposureAdvice(Names names, ApiManagerClusterSpec spec, List<GatewayEnvironment> environments) {
        this.names = names;
        this.spec = spec;
        this.environments = environments;
    }

    /** Sentences for the status. */
    List<String> warnings() {
        return Stream.of(Optional.of(advertisedOnly()), distrustOfTraefik())
                .flatMap(Optional::stream)
                .toList();
    }

    /** The product always advertises these addresses in the Developer Portal. */
    private String advertisedOnly() {
        var hosts = environments.stream()
                .flatMap(GatewayEnvironment::hosts)
                .distinct()
                .toList();
        return "%s: WebSocket and WebSub addresses are advertised as %s with the ports %d, %d, %d and %d, which no Ingress carries: lead them to Service %s where such APIs are used"
                .formatted(
                        spec.gateway() == null ? "spec.hostnames.gateway" : "spec.gateway.environments",
                        String.join(", ", hosts),
                        Port.WEBSOCKET.number(),
                        Port.WEBSOCKET_TLS.number(),
                        Port.WEBSUB.number(),
                        Port.WEBSUB_TLS.number(),
                        names.tier(Role.ALL_IN_ONE));
    }

    /** Traefik verifies the nodes' certificates; what makes it trust them is a resource of its own. */
    private Optional<String> distrustOfTraefik() {
        return Optional.of(spec.exposure())
                .filter(exposure -> exposure.type() == Exposure.Type.INGRESS)
                .map(Exposure::ingress)
                .filter(ingress -> ingress.controller() == Controller.TRAEFIK)
                .filter(ingress -> !isTrusted(ingress, ingress.api()) || !isTrusted(ingress, ingress.gateway()))
                .map(ingress ->
                        "spec.exposure.ingress.serviceAnnotations: Traefik refuses the nodes' certificates unless it trusts their authority: name a ServersTransport that does in %s"
                                .formatted(TRANSPORT));
    }

    private static boolean isTrusted(IngressOptions ingress, Individual individual) {
        return Stream.of(
                        Optional.ofNullable(ingress.serviceAnnotations()),
                        Optional.ofNullable(individual).map(Individual::serviceAnnotations))
                .flatMap(Optional::stream)
                .map(Map::keySet)
                .anyMatch(names -> names.contains(TRANSPORT));
    }
}
