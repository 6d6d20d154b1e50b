package com.wso2.apim.operator.toml;

import static java.util.Map.entry;

import com.wso2.apim.operator.model.Port;
import com.wso2.apim.operator.model.Role;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Keys on which the nodes, their Services, their keys and their databases agree: the user's TOML cannot change one side
 * alone. A key that is not here may be replaced.
 */
final class WiringKeys {

    private static final String ADMIN = "spec.admin.secretRef";

    /** Each key, and the field of the resource to use instead, if there is one. */
    private static final Map<String, Optional<String>> FIELDS = Stream.of(
                    none("server", "offset", "server_role", "node_ip", "enable_traffic_management"),
                    with("spec.hostnames.api", "server", "hostname"),
                    with(ADMIN, "super_admin", "username", "password"),
                    none("super_admin", "create_admin_account", "admin_role"),
                    database("apim_db", "apim"),
                    database("shared_db", "shared"),
                    none("keystore.primary", "type", "file_name", "alias", "password", "key_password"),
                    none("keystore.tls", "type", "file_name", "alias", "password", "key_password"),
                    none("keystore.internal", "type", "file_name", "alias", "password", "key_password"),
                    none("truststore", "type", "file_name", "password"),
                    ports(),
                    none("apim.key_manager", "service_url"),
                    with(ADMIN, "apim.key_manager", "username", "password"),
                    none(
                            "apim.throttling",
                            "url_group",
                            "receiver_url",
                            "receiver_auth_url",
                            "throttle_decision_endpoints"),
                    none("apim.throttling", "event_duplicate_url", "service_url", "enable_policy_deployment"),
                    with(ADMIN, "apim.throttling", "username", "password", "receiver_username", "receiver_password"),
                    with(ADMIN, "apim.throttling.jms", "username", "password"),
                    with(ADMIN, "apim.throttling.policy_deploy", "username", "password"),
                    none("apim.event_hub", "enable", "service_url", "event_listening_endpoints", "event_duplicate_url"),
                    none("apim.event_hub.publish", "url_group"),
                    with(ADMIN, "apim.event_hub", "username", "password"),
                    with(ADMIN, "apim.event_hub.jms", "username", "password"),
                    with("spec.cacheInvalidation.enabled", "apim.cache_invalidation", "enabled"),
                    with("spec.cacheInvalidation.domain", "apim.cache_invalidation", "domain"),
                    none("oauth.endpoints", "oauth2_jwks_url"))
            .flatMap(group -> group)
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

    /** What the product takes where the operator writes nothing, because it is just that. */
    private static final Map<String, Object> DEFAULTS = Map.ofEntries(
            entry("server.offset", 0),
            entry("server.enable_traffic_management", true),
            entry("super_admin.admin_role", "admin"),
            entry("transport.https.properties.port", Port.HTTPS.number()),
            entry("transport.passthru_http.listener.parameters.port", Port.GATEWAY_HTTP.number()),
            entry("transport.http.listener.port", Port.GATEWAY_HTTP.number()),
            entry("transport.passthru_https.listener.parameters.port", Port.GATEWAY_HTTPS.number()),
            entry("transport.http.listener.secured_port", Port.GATEWAY_HTTPS.number()),
            entry("apim.ws.port", Port.WEBSOCKET.number()),
            entry("apim.wss.port", Port.WEBSOCKET_TLS.number()),
            entry("apim.webhooks.https.port", Port.WEBSUB_TLS.number()),
            entry("broker.transport.amqp.enabled", true),
            entry("broker.transport.amqp.default_connection.enabled", true),
            entry("broker.transport.amqp.default_connection.port", Port.AMQP.number()),
            entry("transport.binary.receiver.enable", true),
            entry("transport.binary.receiver.tcpPort", Port.RECEIVER.number()),
            entry("transport.binary.receiver.sslPort", Port.RECEIVER_TLS.number()),
            entry("transport.receiver.tcp_port", Port.RECEIVER.number()),
            entry("transport.receiver.ssl_port", Port.RECEIVER_TLS.number()),
            entry("apim.throttling.enable_policy_deployment", true),
            entry("apim.throttling.username", CommonOptions.ADMIN_USERNAME),
            entry("apim.throttling.password", CommonOptions.ADMIN_PASSWORD));

    private WiringKeys() {}

    static boolean contains(KeyPath path) {
        return FIELDS.containsKey(path.toString()) && !path.isInsideList();
    }

    /** What the product takes for a key that the operator does not write. */
    static Optional<Object> byDefault(KeyPath path) {
        return Optional.ofNullable(DEFAULTS.get(path.toString()));
    }

    /** Whether a value names the administrator, whose name and password the operator brings to a key in another way. */
    static boolean isAdministrator(KeyPath path, Object given) {
        return field(path, Role.ALL_IN_ONE).filter(ADMIN::equals).isPresent()
                && !path.segments().contains("super_admin")
                && given.equals("$ref{super_admin.%s}".formatted(path.last().replace("receiver_", "")));
    }

    /** The field of the resource that decides on a key. */
    static Optional<String> field(KeyPath path, Role role) {
        return FIELDS.getOrDefault(path.toString(), Optional.empty())
                // A Traffic Manager is called by its own name.
                .filter(Predicate.not(
                        field -> role == Role.TRAFFIC_MANAGER && path.toString().equals("server.hostname")));
    }

    /** All keys, in their order. */
    static List<String> all() {
        return List.copyOf(new TreeSet<>(FIELDS.keySet()));
    }

    private static Stream<Map.Entry<String, Optional<String>>> database(String table, String field) {
        var prefix = "spec.database." + field;
        return Stream.of(
                        with("spec.database.type", "database." + table, "type"),
                        with("spec.database.driver.className", "database." + table, "driver"),
                        with(prefix + ".url", "database." + table, "url", "hostname", "port", "name", "sid"),
                        with(prefix + ".credentialsSecretRef", "database." + table, "username", "password"))
                .flatMap(entries -> entries);
    }

    private static Stream<Map.Entry<String, Optional<String>>> ports() {
        return Stream.of(
                        none("transport.http.properties", "port"),
                        none("transport.https.properties", "port"),
                        none("transport.http.listener", "port", "secured_port"),
                        none("transport.passthru_http.listener.parameters", "port"),
                        none("transport.passthru_https.listener.parameters", "port"),
                        none("transport.receiver", "tcp_port", "ssl_port"),
                        none("transport.binary.receiver", "enable", "tcpPort", "sslPort"),
                        none("broker.transport.amqp", "enabled"),
                        none("broker.transport.amqp.default_connection", "enabled", "port"),
                        none("broker.transport.amqp.ssl_connection", "port"),
                        none("apim.ws", "port"),
                        none("apim.wss", "port"),
                        none("apim.webhooks.https", "port"))
                .flatMap(entries -> entries);
    }

    private static Stream<Map.Entry<String, Optional<String>>> none(String table, String... keys) {
        return Stream.of(keys).map(key -> entry(table + "." + key, Optional.empty()));
    }

    private static Stream<Map.Entry<String, Optional<String>>> with(String field, String table, String... keys) {
        return Stream.of(keys).map(key -> entry(table + "." + key, Optional.of(field)));
    }
}
