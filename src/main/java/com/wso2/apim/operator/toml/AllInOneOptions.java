package com.wso2.apim.operator.toml;

import static com.wso2.apim.operator.toml.Option.constant;
import static com.wso2.apim.operator.toml.Option.option;
import static com.wso2.apim.operator.toml.Option.optional;
import static com.wso2.apim.operator.toml.ServerFile.table;

import com.wso2.apim.operator.model.Endpoints;
import com.wso2.apim.operator.model.HealthCheck;
import com.wso2.apim.operator.model.NodeStorage;
import com.wso2.apim.operator.model.Wiring.Receiver;
import com.wso2.apim.operator.toml.Option.NodeModel;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Options of an all-in-one node, in the order of the product's own file. */
final class AllInOneOptions {

    private static final List<Option> SERVER = List.of(
            option("server.hostname", n -> n.cluster().hostnames().api()),
            constant("server.node_ip", "$env{NODE_IP}"),
            constant("server.base_path", "${carbon.protocol}://${carbon.host}:${carbon.management.port}"),
            constant("server.server_role", "default"));

    private static final List<Option> PROXY = List.of(
            constant("transport.http.properties.proxyPort", 80), constant("transport.https.properties.proxyPort", 443));

    private static final List<Option> KEY_MANAGER = List.of(
            option("apim.key_manager.service_url", n -> n.links().keyManagerService()),
            constant("apim.key_manager.username", CommonOptions.ADMIN_USERNAME),
            constant("apim.key_manager.password", CommonOptions.ADMIN_PASSWORD),
            option(
                    "apim.devportal.url",
                    n -> "https://" + n.cluster().hostnames().api() + "/devportal"));

    private static final List<Option> THROTTLING = List.of(
            optional("apim.throttling.event_duplicate_url", AllInOneOptions::eventDuplicatesByThrottlingKey),
            constant("apim.throttling.username", CommonOptions.QUALIFIED_USERNAME),
            constant("apim.throttling.password", CommonOptions.ADMIN_PASSWORD),
            option("apim.throttling.enable_policy_deployment", n -> n.links().deploysPolicies()),
            option("apim.throttling.throttle_decision_endpoints", n -> n.links().decisionBrokers()),
            option("apim.throttling.url_group", n -> n.links().decisionReceivers().stream()
                    .map(AllInOneOptions::decisionReceiver)
                    .toList()));

    private static final List<Option> EVENT_HUB = List.of(
            constant("apim.event_hub.enable", true),
            constant("apim.event_hub.username", CommonOptions.QUALIFIED_USERNAME),
            constant("apim.event_hub.password", CommonOptions.ADMIN_PASSWORD),
            option("apim.event_hub.service_url", n -> n.links().eventHubService()),
            option("apim.event_hub.event_listening_endpoints", n -> n.links().eventBrokers()),
            optional("apim.event_hub.event_duplicate_url", n -> n.links().eventDuplicates()),
            option("apim.event_hub.publish.url_group", n -> n.links().eventReceivers().stream()
                    .map(AllInOneOptions::eventReceiver)
                    .toList()));

    private static final List<Option> IDENTITY = List.of(
            option(
                    "apim.cache_invalidation.enabled",
                    n -> n.cluster().cacheInvalidation().enabled()),
            option(
                    "apim.cache_invalidation.domain",
                    n -> n.cluster().cacheInvalidation().domain()),
            constant(
                    "event_handler",
                    List.of(table("name", "userPostSelfRegistration", "subscriptions", List.of("POST_ADD_USER")))),
            constant("service_provider.sp_name_regex", "^[\\sa-zA-Z0-9._-]*$"),
            constant("identity.auth_framework.endpoint.username", Environment.ADMIN_RECOVERY_USERNAME.reference()),
            constant("identity.auth_framework.endpoint.password", Environment.ADMIN_RECOVERY_PASSWORD.reference()));

    private static final List<Option> INDEX =
            List.of(optional("indexing.location", n -> CommonOptions.storage(n).map(NodeStorage::indexDirectory)));

    private static final List<Option> TOKENS = List.of(
            constant("event_listener", List.of(tokenRevocation())),
            constant("oauth.endpoints.oauth2_jwks_url", Endpoints.OWN_JWKS),
            constant("oauth.grant_type.token_exchange.enable", true),
            constant("oauth.grant_type.token_exchange.allow_refresh_tokens", true),
            constant("oauth.grant_type.token_exchange.iat_validity_period", "1h"),
            optional("apim.rest_api.allowed_uri", AllInOneOptions::allowedUris));

    static final List<Option> TABLE = Stream.of(
                    SERVER,
                    CommonOptions.ADMIN_AND_USER_STORE,
                    CommonOptions.DATABASES,
                    CommonOptions.KEYSTORES,
                    PROXY,
                    GatewayOptions.TABLE,
                    KEY_MANAGER,
                    THROTTLING,
                    CommonOptions.DECISION_BROKER_USER,
                    EVENT_HUB,
                    CommonOptions.EVENT_BROKER_USER,
                    IDENTITY,
                    CommonOptions.LOCAL_DATABASE,
                    INDEX,
                    TOKENS,
                    CommonOptions.ENCRYPTION)
            .flatMap(List::stream)
            .toList();

    private AllInOneOptions() {}

    private static List<String> eventDuplicatesByThrottlingKey(NodeModel n) {
        return n.dialect().duplicatesEventsByThrottlingKey() ? n.links().eventDuplicates() : List.of();
    }

    private static Map<String, Object> decisionReceiver(Receiver receiver) {
        return table(
                "traffic_manager_urls", List.of(receiver.url()),
                "traffic_manager_auth_urls", List.of(receiver.authUrl()),
                "type", "loadbalance");
    }

    private static Map<String, Object> eventReceiver(Receiver receiver) {
        return table("urls", List.of(receiver.url()), "auth_urls", List.of(receiver.authUrl()));
    }

    private static Map<String, Object> tokenRevocation() {
        return table(
                "id", "token_revocation",
                "type", "org.wso2.carbon.identity.core.handler.AbstractIdentityHandler",
                "name", "org.wso2.is.notification.ApimOauthEventInterceptor",
                "order", 1,
                "properties",
                        table(
                                "notification_endpoint",
                                Endpoints.OWN_NOTIFICATIONS,
                                "username",
                                GatewayOptions.RUNTIME_USERNAME,
                                "password",
                                GatewayOptions.RUNTIME_PASSWORD,
                                "header.X-WSO2-KEY-MANAGER",
                                "default"));
    }

    private static List<Map<String, Object>> allowedUris(NodeModel n) {
        return n.dialect().healthCheckNeedsPermission()
                ? List.of(table("uri_path", HealthCheck.GATEWAY, "http_method", "GET"))
                : List.of();
    }
}
