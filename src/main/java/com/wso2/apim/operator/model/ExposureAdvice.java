package com.wso2.apim.operator.model;

import com.wso2.apim.operator.api.v1alpha1.Exposure;
import com.wso2.apim.operator.api.v1alpha1.IngressOptions;
import com.wso2.apim.operator.api.v1alpha1.IngressOptions.Controller;
import com.wso2.apim.operator.api.v1alpha1.IngressOptions.Individual;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is told to the outside but does not get there without the user's doing. */
final class ExposureAdvice {

    private static final String TRANSPORT = "traefik.ingress.kubernetes.io/service.serverstransport";

    private final Cluster cluster;

    ExposureAdvice(Cluster cluster) {
        this.cluster = cluster;
    }

    /** Sentences for the status. */
    List<String> warnings() {
        return Stream.of(nothingExposed(), streamsNotExposed(), distrustOfTraefik())
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<String> nothingExposed() {
        if (cluster.exposure().type() != Exposure.Type.NONE) {
            return Optional.empty();
        }
        var places = cluster.frontends().stream()
                .map(frontend -> "%s to port %d"
                        .formatted(
                                String.join(", ", frontend.hosts()),
                                frontend.port().number()))
                .collect(Collectors.joining("; "));
        return Optional.of(
                "spec.exposure.type: None exposes nothing, but these host names are advertised with the ports 80 and 443: lead %s of Service %s"
                        .formatted(places, cluster.names().tier(Role.ALL_IN_ONE)));
    }

    /** The product always advertises these addresses in the portals. */
    private Optional<String> streamsNotExposed() {
        var streams = cluster.streams();
        var kinds = new ArrayList<String>();
        var ports = new ArrayList<Port>();
        var fields = new ArrayList<String>();
        if (streams.websocket().isEmpty()) {
            kinds.add("WebSocket");
            ports.addAll(List.of(Port.WEBSOCKET, Port.WEBSOCKET_TLS));
            fields.add("spec.hostnames.websocket");
        }
        if (streams.websub().isEmpty()) {
            kinds.add("WebSub");
            ports.addAll(List.of(Port.WEBSUB, Port.WEBSUB_TLS));
            fields.add("spec.hostnames.websub");
        }
        if (streams.hasService() || kinds.isEmpty()) {
            return Optional.empty();
        }
        var hosts = cluster.environments().stream()
                .flatMap(GatewayEnvironment::hosts)
                .distinct()
                .collect(Collectors.joining(", "));
        var numbers = ports.stream().map(port -> "" + port.number()).collect(Collectors.joining(", "));
        return Optional.of(
                "%s: %s addresses are advertised as %s with the ports %s, which nothing carries to the outside: where such APIs are used, name a host there, or set spec.exposure.service"
                        .formatted(String.join(", ", fields), String.join(" and ", kinds), hosts, numbers));
    }

    /** Traefik verifies the nodes' certificates; what makes it trust them is a resource of its own. */
    private Optional<String> distrustOfTraefik() {
        return Optional.of(cluster.exposure())
                .filter(exposure -> exposure.type() == Exposure.Type.INGRESS)
                .map(Exposure::ingress)
                .filter(ingress -> ingress.controller() == Controller.TRAEFIK)
                .filter(ingress -> cluster.frontends().stream().anyMatch(frontend -> !isTrusted(ingress, frontend)))
                .map(ingress ->
                        "spec.exposure.ingress.serviceAnnotations: Traefik refuses the nodes' certificates unless it trusts their authority: name a ServersTransport that does in %s"
                                .formatted(TRANSPORT));
    }

    private static boolean isTrusted(IngressOptions ingress, Frontend frontend) {
        return Stream.of(
                        Optional.ofNullable(ingress.serviceAnnotations()),
                        frontend.individual(ingress).map(Individual::serviceAnnotations))
                .flatMap(Optional::stream)
                .map(Map::keySet)
                .anyMatch(names -> names.contains(TRANSPORT));
    }
}
