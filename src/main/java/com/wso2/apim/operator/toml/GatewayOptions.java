package com.wso2.apim.operator.toml;

import static com.wso2.apim.operator.toml.Option.option;

import com.wso2.apim.operator.model.Endpoints;
import com.wso2.apim.operator.model.GatewayEnvironment;
import com.wso2.apim.operator.model.Streams;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The gateway's environments, and that the node serves every one of them. */
final class GatewayOptions {

    /** Resolved by the product at run time; inside arrays of tables a reference would stay as it is. */
    static final String RUNTIME_USERNAME = "${admin.username}";

    static final String RUNTIME_PASSWORD = "${admin.password}";

    static final List<Option> TABLE = List.of(
            option("apim.gateway.environment", n -> n.cluster().environments().stream()
                    .map(environment -> environment(n.cluster().streams(), environment))
                    .toList()),
            option("apim.sync_runtime_artifacts.gateway.gateway_labels", n -> n.cluster().environments().stream()
                    .map(GatewayEnvironment::name)
                    .toList()));

    private GatewayOptions() {}

    private static Map<String, Object> environment(Streams streams, GatewayEnvironment environment) {
        var table = new LinkedHashMap<String, Object>();
        table.put("name", environment.name());
        environment.displayName().ifPresent(name -> table.put("display_name", XmlText.escape(name)));
        table.put("type", environment.type().name().toLowerCase(Locale.ROOT));
        table.put("provider", "wso2");
        table.put("display_in_api_console", environment.displayInApiConsole());
        table.put("description", XmlText.escape(environment.description()));
        table.put("show_as_token_endpoint_url", environment.showAsTokenEndpointUrl());
        table.put("service_url", Endpoints.OWN_SERVICES);
        table.put("username", RUNTIME_USERNAME);
        table.put("password", RUNTIME_PASSWORD);
        table.putAll(advertised(streams, environment.hostname()));
        if (!environment.virtualHosts().isEmpty()) {
            table.put(
                    "virtual_host",
                    environment.virtualHosts().stream()
                            .map(host -> advertised(streams, host))
                            .toList());
        }
        return table;
    }

    /** All six of them: not every version starts with a virtual host that lacks the addresses of WebSub. */
    private static Map<String, Object> advertised(Streams streams, String host) {
        return ServerFile.table(
                "ws_endpoint",
                streams.webSocket(host),
                "wss_endpoint",
                streams.secureWebSocket(host),
                "http_endpoint",
                "http://" + host,
                "https_endpoint",
                "https://" + host,
                "websub_event_receiver_http_endpoint",
                streams.webSub(host),
                "websub_event_receiver_https_endpoint",
                streams.secureWebSub(host));
    }
}
