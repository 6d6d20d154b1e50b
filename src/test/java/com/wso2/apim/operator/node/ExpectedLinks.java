package com.wso2.apim.operator.node;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Who must answer whom, in the wiring that real servers were seen to work with; written down by hand, from no code of ours. */
final class ExpectedLinks {

    private static final String ALL_IN_ONE = """
            apim.event_hub.event_duplicate_url[0]                      apim-aio-OTHER
            apim.event_hub.event_listening_endpoints[0]                itself
            apim.event_hub.publish.url_group[0].auth_urls[0]           apim-aio-0
            apim.event_hub.publish.url_group[0].urls[0]                apim-aio-0
            apim.event_hub.publish.url_group[1].auth_urls[0]           apim-aio-1
            apim.event_hub.publish.url_group[1].urls[0]                apim-aio-1
            apim.event_hub.service_url                                 itself
            apim.key_manager.service_url                               itself
            apim.throttling.throttle_decision_endpoints[0]             apim-tm-0
            apim.throttling.throttle_decision_endpoints[1]             apim-tm-1
            apim.throttling.url_group[0].traffic_manager_auth_urls[0]  apim-tm-0
            apim.throttling.url_group[0].traffic_manager_urls[0]       apim-tm-0
            apim.throttling.url_group[1].traffic_manager_auth_urls[0]  apim-tm-1
            apim.throttling.url_group[1].traffic_manager_urls[0]       apim-tm-1
            event_listener[0].properties.notification_endpoint         itself
            oauth.endpoints.oauth2_jwks_url                            itself
            """;

    private static final String TRAFFIC_MANAGER = """
            apim.event_hub.event_listening_endpoints[0]                apim-aio-0
            apim.event_hub.event_listening_endpoints[1]                apim-aio-1
            apim.event_hub.service_url                                 apim-aio
            apim.key_manager.service_url                               apim-aio
            apim.throttling.event_duplicate_url[0]                     apim-tm-OTHER
            apim.throttling.throttle_decision_endpoints[0]             itself
            """;

    private ExpectedLinks() {}

    /** Of every node, by its name and the path in its file. */
    static Map<String, Map<String, String>> all() {
        var all = new TreeMap<String, Map<String, String>>();
        for (int ordinal = 0; ordinal < 2; ordinal++) {
            all.put("apim-aio-" + ordinal, of(ALL_IN_ONE, 1 - ordinal));
            all.put("apim-tm-" + ordinal, of(TRAFFIC_MANAGER, 1 - ordinal));
        }
        return all;
    }

    private static Map<String, String> of(String text, int other) {
        return text.lines()
                .map(line -> line.split(" +"))
                .collect(Collectors.toMap(
                        link -> link[0],
                        link -> link[1].replace("OTHER", Integer.toString(other)),
                        (first, second) -> first,
                        TreeMap::new));
    }
}
