package com.wso2.apim.operator.model;

import java.util.List;
import java.util.stream.Stream;

/** Ports of the servers, always without offset (product documentation, default product ports). */
public enum Port {
    HTTPS(9443, "https"),
    GATEWAY_HTTPS(8243, "gateway-https"),
    GATEWAY_HTTP(8280, "gateway-http"),
    WEBSOCKET_TLS(8099, "websocket-tls"),
    WEBSOCKET(9099, "websocket"),
    WEBSUB_TLS(8021, "websub-tls"),
    WEBSUB(9021, "websub"),
    AMQP(5672, "amqp"),
    RECEIVER(9611, "receiver"),
    RECEIVER_TLS(9711, "receiver-tls");

    private static final List<Port> PUBLIC =
            List.of(HTTPS, GATEWAY_HTTPS, GATEWAY_HTTP, WEBSOCKET_TLS, WEBSOCKET, WEBSUB_TLS, WEBSUB);

    /** Brokers and receivers: for the two tiers only, and never balanced. */
    private static final List<Port> INTERNAL = List.of(AMQP, RECEIVER, RECEIVER_TLS);

    private static final List<Port> STREAMS = List.of(WEBSOCKET_TLS, WEBSOCKET, WEBSUB_TLS, WEBSUB);

    private final int number;
    private final String portName;

    Port(int number, String portName) {
        this.number = number;
        this.portName = portName;
    }

    /** Ports of a tier that clients may use; a Traffic Manager has none. */
    public static List<Port> publicOf(Role role) {
        return role == Role.ALL_IN_ONE ? PUBLIC : List.of();
    }

    /** Ports of WebSocket and WebSub. */
    public static List<Port> ofStreams() {
        return STREAMS;
    }

    /** Ports of a tier that its Service balances. */
    public static List<Port> balancedOf(Role role) {
        return role == Role.ALL_IN_ONE ? PUBLIC : List.of(HTTPS);
    }

    /** Every port of a tier. */
    public static List<Port> of(Role role) {
        return Stream.concat(balancedOf(role).stream(), INTERNAL.stream()).toList();
    }

    /** The TCP port. */
    public int number() {
        return number;
    }

    /** Name in containers, Services and probes; at most 15 characters. */
    public String portName() {
        return portName;
    }
}
