package com.wso2.apim.operator.topology;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a node dials for, and the keys by which it is told whom. */
enum Purpose {
    THROTTLING_DECISIONS("[apim.throttling] throttle_decision_endpoints"),
    THROTTLING_PUBLISHING(
            "[[apim.throttling.url_group]] traffic_manager_urls",
            "[[apim.throttling.url_group]] traffic_manager_auth_urls"),
    THROTTLING_DUPLICATES("[apim.throttling] event_duplicate_url"),
    EVENT_LISTENING("[apim.event_hub] event_listening_endpoints"),
    EVENT_PUBLISHING("[[apim.event_hub.publish.url_group]] urls", "[[apim.event_hub.publish.url_group]] auth_urls"),
    EVENT_DUPLICATES("[apim.event_hub] event_duplicate_url"),
    EVENT_HUB_REST("[apim.event_hub] service_url"),
    KEY_MANAGER_REST("[apim.key_manager] service_url"),
    GATEWAY_REST("[[apim.gateway.environment]] service_url"),
    NOTIFICATION("[event_listener.properties] notification_endpoint"),
    JWKS("[oauth.endpoints] oauth2_jwks_url"),
    /** Not dialled by the node, but told to clients. */
    ADVERTISED(
            "[server] base_path",
            "[apim.devportal] url",
            "[[apim.gateway.environment]] ws_endpoint",
            "[[apim.gateway.environment]] wss_endpoint",
            "[[apim.gateway.environment]] http_endpoint",
            "[[apim.gateway.environment]] https_endpoint",
            "[[apim.gateway.environment]] websub_event_receiver_http_endpoint",
            "[[apim.gateway.environment]] websub_event_receiver_https_endpoint",
            "[[apim.gateway.environment.virtual_host]] ws_endpoint",
            "[[apim.gateway.environment.virtual_host]] wss_endpoint",
            "[[apim.gateway.environment.virtual_host]] http_endpoint",
            "[[apim.gateway.environment.virtual_host]] https_endpoint",
            "[[apim.gateway.environment.virtual_host]] websub_event_receiver_http_endpoint",
            "[[apim.gateway.environment.virtual_host]] websub_event_receiver_https_endpoint"),
    DATABASE("[database.apim_db] url", "[database.shared_db] url"),
    /** Under a key of which nothing is known. */
    OTHER;

    private static final Map<String, Purpose> BY_KEY = Stream.of(values())
            .flatMap(purpose -> purpose.keys.stream().map(key -> Map.entry(key, purpose)))
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

    private final List<String> keys;

    Purpose(String... keys) {
        this.keys = List.of(keys);
    }

    static Purpose of(String key) {
        return BY_KEY.getOrDefault(key, OTHER);
    }

    /** Whether tables of the key are receiver groups: every event goes to each of them. */
    boolean isGrouped() {
        return this == THROTTLING_PUBLISHING || this == EVENT_PUBLISHING;
    }
}
