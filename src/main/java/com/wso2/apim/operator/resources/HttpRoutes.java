package com.wso2.apim.operator.resources;

import com.wso2.apim.operator.api.v1alpha1.Exposure.ParentReference;
import com.wso2.apim.operator.inputs.GatewayApi.Persistence;
import com.wso2.apim.operator.model.Cluster;
import com.wso2.apim.operator.model.Frontend;
import com.wso2.apim.operator.model.Port;
import com.wso2.apim.operator.model.Role;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteBuilder;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.ParentReferenceBuilder;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.SessionPersistence;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.SessionPersistenceBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * One HTTPRoute for each host name. What the API server fills in inside lists stands here too: a list is compared as a whole,
 * and one that came back fuller would be written in every pass.
 */
final class HttpRoutes {

    /** As for the Ingresses: slow imports and long calls. */
    private static final String TIMEOUT = "300s";

    /** A connection of WebSocket is one request. */
    private static final String UNLIMITED = "0s";

    /** As the vendor's own chart calls it. */
    private static final String SESSION = "WSO2_CP_STICKY_SESSION";

    /** A host name and where it leads. */
    private record Exposed(String route, String host, Frontend.Kind kind, Port port) {}

    private final Cluster cluster;
    private final Persistence persistence;

    private HttpRoutes(Cluster cluster, Persistence persistence) {
        this.cluster = cluster;
        this.persistence = persistence;
    }

    static List<HTTPRoute> of(Cluster cluster, Persistence persistence) {
        var routes = new HttpRoutes(cluster, persistence);
        return routes.exposed().map(routes::route).toList();
    }

    private Stream<Exposed> exposed() {
        return cluster.frontends().stream().flatMap(frontend -> frontend.hosts().stream()
                .map(host -> new Exposed(name(frontend, host), host, frontend.kind(), frontend.port())));
    }

    /** Like the Ingress; a further host name of the gateway keeps its route whatever others come and go. */
    private String name(Frontend frontend, String host) {
        return frontend.kind() == Frontend.Kind.CALLS
                        && !host.equals(cluster.hostnames().gateway())
                ? cluster.names().gatewayRoute(host)
                : frontend.name();
    }

    private HTTPRoute route(Exposed exposed) {
        return new HTTPRouteBuilder()
                .withMetadata(Metadata.of(cluster, Role.ALL_IN_ONE, exposed.route()))
                .editMetadata()
                .withAnnotations(
                        Optional.ofNullable(cluster.exposure().gatewayAPI().annotations())
                                .orElse(Map.of()))
                .endMetadata()
                .withNewSpec()
                .withParentRefs(parents())
                .withHostnames(exposed.host())
                .addNewRule()
                .addNewMatch()
                .withNewPath()
                .withType("PathPrefix")
                .withValue("/")
                .endPath()
                .endMatch()
                .addNewBackendRef()
                .withGroup("")
                .withKind("Service")
                .withName(cluster.names().tier(Role.ALL_IN_ONE))
                .withPort(exposed.port().number())
                .withWeight(1)
                .endBackendRef()
                .withNewTimeouts()
                .withRequest(exposed.kind() == Frontend.Kind.WEBSOCKET ? UNLIMITED : TIMEOUT)
                .endTimeouts()
                .withSessionPersistence(exposed.kind() == Frontend.Kind.PORTALS ? sessions() : null)
                .endRule()
                .endSpec()
                .build();
    }

    private List<io.fabric8.kubernetes.api.model.gatewayapi.v1.ParentReference> parents() {
        return cluster.exposure().gatewayAPI().parentRefs().stream()
                .map(HttpRoutes::parent)
                .toList();
    }

    private static io.fabric8.kubernetes.api.model.gatewayapi.v1.ParentReference parent(ParentReference given) {
        return new ParentReferenceBuilder()
                .withGroup("gateway.networking.k8s.io")
                .withKind("Gateway")
                .withName(given.name())
                .withNamespace(given.namespace().isEmpty() ? null : given.namespace())
                .withSectionName(given.sectionName().isEmpty() ? null : given.sectionName())
                .build();
    }

    /** Portals keep sessions in memory; the client library knows the older form of the field only. */
    private SessionPersistence sessions() {
        return switch (persistence) {
            case NONE -> null;
            case BY_SESSION_NAME ->
                new SessionPersistenceBuilder()
                        .withType("Cookie")
                        .withSessionName(SESSION)
                        .withNewCookieConfig("Session")
                        .build();
            case BY_COOKIE ->
                new SessionPersistenceBuilder()
                        .withType("Cookie")
                        .addToAdditionalProperties(
                                "cookie",
                                new TreeMap<>(Map.of("name", SESSION, "path", "/", "lifetimeType", "Session")))
                        .build();
        };
    }
}
