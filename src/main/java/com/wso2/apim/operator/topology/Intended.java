package com.wso2.apim.operator.topology;

import com.wso2.apim.operator.model.Cluster;
import com.wso2.apim.operator.model.Dialect;
import com.wso2.apim.operator.model.Endpoints;
import com.wso2.apim.operator.model.Node;
import com.wso2.apim.operator.model.Port;
import com.wso2.apim.operator.model.Role;
import com.wso2.apim.operator.model.Wiring.Receiver;
import com.wso2.apim.operator.toml.XmlText;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Who shall dial whom where the all-in-one nodes are the event hub. It is put down here key by key, as the product's
 * documentation has it, and not asked of the {@code Wiring} that the files come from: what is written twice can disagree.
 */
final class Intended {

    private final Cluster cluster;
    private final Endpoints endpoints;
    private final List<Graph.Edge> edges = new ArrayList<>();

    private Intended(Cluster cluster) {
        this.cluster = cluster;
        this.endpoints = cluster.endpoints();
    }

    /** Every edge that a correct deployment has, each exactly once. */
    static List<Graph.Edge> edges(Cluster cluster) {
        var intended = new Intended(cluster);
        cluster.allInOne().nodes().forEach(intended::allInOne);
        cluster.trafficManager().nodes().forEach(intended::trafficManager);
        return List.copyOf(intended.edges);
    }

    private void allInOne(Node node) {
        databases(node);
        add(node, "[apim.throttling] throttle_decision_endpoints", brokers(nodes(Role.TRAFFIC_MANAGER)));
        var decisions = receivers(Role.TRAFFIC_MANAGER, Receiver::url);
        add(node, "[[apim.throttling.url_group]] traffic_manager_urls", decisions);
        var secureDecisions = receivers(Role.TRAFFIC_MANAGER, Receiver::authUrl);
        add(node, "[[apim.throttling.url_group]] traffic_manager_auth_urls", secureDecisions);
        if (Dialect.of(cluster.version()).duplicatesEventsByThrottlingKey()) {
            add(node, "[apim.throttling] event_duplicate_url", brokers(siblings(node)));
        }
        add(node, "[apim.event_hub] event_listening_endpoints", List.of(Endpoints.OWN_BROKER));
        add(node, "[apim.event_hub] event_duplicate_url", brokers(siblings(node)));
        add(node, "[[apim.event_hub.publish.url_group]] urls", receivers(Role.ALL_IN_ONE, Receiver::url));
        add(node, "[[apim.event_hub.publish.url_group]] auth_urls", receivers(Role.ALL_IN_ONE, Receiver::authUrl));
        add(node, "[apim.event_hub] service_url", List.of(Endpoints.OWN_SERVICES));
        add(node, "[apim.key_manager] service_url", List.of(Endpoints.OWN_SERVICES));
        add(node, "[event_listener.properties] notification_endpoint", List.of(Endpoints.OWN_NOTIFICATIONS));
        add(node, "[oauth.endpoints] oauth2_jwks_url", List.of(Endpoints.OWN_JWKS));
        for (var environment : cluster.environments()) {
            var key = "[[apim.gateway.environment]] service_url";
            add(node, environment.name(), key, List.of(Endpoints.OWN_SERVICES));
        }
        if (cluster.overlays().isEmpty()) {
            advertised(node);
        }
    }

    private void trafficManager(Node node) {
        if (Dialect.of(cluster.version()).trafficManagerHasDatabases()) {
            databases(node);
        }
        add(node, "[apim.throttling] throttle_decision_endpoints", List.of(Endpoints.OWN_BROKER));
        add(node, "[apim.throttling] event_duplicate_url", brokers(siblings(node)));
        add(node, "[apim.event_hub] event_listening_endpoints", brokers(nodes(Role.ALL_IN_ONE)));
        add(node, "[apim.event_hub] service_url", List.of(endpoints.services(Role.ALL_IN_ONE)));
        add(node, "[apim.key_manager] service_url", List.of(endpoints.services(Role.ALL_IN_ONE)));
    }

    private void advertised(Node node) {
        var base = "${carbon.protocol}://${carbon.host}:${carbon.management.port}";
        add(node, "[server] base_path", List.of(base));
        var portal = "https://" + cluster.hostnames().api() + "/devportal";
        add(node, "[apim.devportal] url", List.of(portal));
        for (var environment : cluster.environments()) {
            var name = environment.name();
            advertised(node, name, "[[apim.gateway.environment]] ", environment.hostname());
            var table = "[[apim.gateway.environment.virtual_host]] ";
            environment.virtualHosts().forEach(host -> advertised(node, name, table, host));
        }
    }

    private void advertised(Node node, String environment, String table, String host) {
        add(node, environment, table + "http_endpoint", List.of("http://" + host));
        add(node, environment, table + "https_endpoint", List.of("https://" + host));
        var ownWebSocket = cluster.hostnames().websocket();
        add(node, environment, table + "ws_endpoint", url("ws", host, Port.WEBSOCKET, ownWebSocket, 80));
        add(node, environment, table + "wss_endpoint", url("wss", host, Port.WEBSOCKET_TLS, ownWebSocket, 443));
        var websub = table + "websub_event_receiver_";
        var ownWebSub = cluster.hostnames().websub();
        add(node, environment, websub + "http_endpoint", url("http", host, Port.WEBSUB, ownWebSub, 80));
        add(node, environment, websub + "https_endpoint", url("https", host, Port.WEBSUB_TLS, ownWebSub, 443));
    }

    /** What the user says, as the server's XML needs it. */
    private void databases(Node node) {
        add(
                node,
                "[database.apim_db] url",
                List.of(XmlText.escape(cluster.database().apim().url())));
        add(
                node,
                "[database.shared_db] url",
                List.of(XmlText.escape(cluster.database().shared().url())));
    }

    private void add(Node node, String key, List<String> urls) {
        add(node, "", key, urls);
    }

    private void add(Node node, String environment, String key, List<String> urls) {
        urls.stream()
                .flatMap(url -> Address.in(url).stream())
                .map(to -> new Graph.Edge(node, environment, key, to))
                .forEach(edges::add);
    }

    private List<Node> nodes(Role role) {
        return cluster.tier(role).nodes();
    }

    private List<Node> siblings(Node node) {
        return nodes(node.role()).stream().filter(other -> !other.equals(node)).toList();
    }

    private List<String> brokers(List<Node> nodes) {
        return nodes.stream().map(endpoints::broker).toList();
    }

    private List<String> receivers(Role role, Function<Receiver, String> url) {
        return nodes(role).stream().map(endpoints::receiver).map(url).toList();
    }

    /** A host name of its own has the ports of HTTP, unless a Service carries the product's. */
    private List<String> url(String scheme, String host, Port port, String own, int standard) {
        if (own == null) {
            return List.of(scheme + "://" + host + ":" + port.number());
        }
        var isCarried = cluster.exposure().service() != null;
        return List.of(scheme + "://" + own + ":" + (isCarried ? port.number() : standard));
    }
}
