package com.wso2.apim.operator.model;

import com.wso2.apim.operator.api.v1alpha1.Exposure;
import com.wso2.apim.operator.api.v1alpha1.Hostnames;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where clients find WebSocket and WebSub APIs.
 *
 * @param websocket host name of its own; absent where it is that of the other APIs
 * @param websub likewise
 * @param hasService whether a Service carries both on the product's ports
 */
public record Streams(Optional<String> websocket, Optional<String> websub, boolean hasService) {

    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    /** What the user named. */
    static Streams of(Hostnames hostnames, Exposure exposure) {
        return new Streams(
                Optional.ofNullable(hostnames.websocket()),
                Optional.ofNullable(hostnames.websub()),
                exposure.service() != null);
    }

    /** Host names of their own. */
    public List<String> hosts() {
        return Stream.of(websocket, websub).flatMap(Optional::stream).toList();
    }

    /** Kinds of clients that are led to host names of their own on the ports of HTTP. */
    Stream<Frontend> frontends(Names names) {
        if (hasService) {
            return Stream.empty();
        }
        return Stream.of(
                        websocket.map(host -> new Frontend(
                                Frontend.Kind.WEBSOCKET, names.websocketIngress(), List.of(host), Port.WEBSOCKET_TLS)),
                        websub.map(host -> new Frontend(
                                Frontend.Kind.WEBSUB, names.websubIngress(), List.of(host), Port.WEBSUB_TLS)))
                .flatMap(Optional::stream);
    }

    /** WebSocket address of APIs at a host name. */
    public String webSocket(String host) {
        return url("ws", websocket, host, Port.WEBSOCKET, HTTP);
    }

    /** WebSocket address with TLS. */
    public String secureWebSocket(String host) {
        return url("wss", websocket, host, Port.WEBSOCKET_TLS, HTTPS);
    }

    /** Address that takes events of WebSub. */
    public String webSub(String host) {
        return url("http", websub, host, Port.WEBSUB, HTTP);
    }

    /** Address that takes events of WebSub, with TLS. */
    public String secureWebSub(String host) {
        return url("https", websub, host, Port.WEBSUB_TLS, HTTPS);
    }

    /** Always with a port: without one the product takes its own, and not that of the scheme. */
    private String url(String scheme, Optional<String> own, String host, Port port, int standard) {
        return "%s://%s:%d"
                .formatted(scheme, own.orElse(host), own.isPresent() && !hasService ? standard : port.number());
    }
}
