package com.wso2.apim.operator.toml;

import static com.wso2.apim.operator.toml.Option.constant;
import static com.wso2.apim.operator.toml.Option.option;
import static com.wso2.apim.operator.toml.Option.optional;

import java.util.List;
import java.util.stream.Stream;

/** Options of a Traffic Manager, in the order of the product's own file. */
final class TrafficManagerOptions {

    private static final List<Option> SERVER = List.of(
            option("server.hostname", n -> n.cluster().endpoints().pod(n.node())),
            constant("server.node_ip", "$env{NODE_IP}"),
            option("server.server_role", n -> n.dialect().trafficManagerServerRole()));

    private static final List<Option> DATABASES = CommonOptions.DATABASES.stream()
            .map(option -> option.where(n -> n.dialect().trafficManagerHasDatabases()))
            .toList();

    private static final List<Option> LINKS = List.of(
            option("apim.key_manager.service_url", n -> n.links().keyManagerService()),
            constant("apim.key_manager.username", CommonOptions.ADMIN_USERNAME),
            constant("apim.key_manager.password", CommonOptions.ADMIN_PASSWORD),
            optional("apim.throttling.event_duplicate_url", n -> n.links().decisionDuplicates()),
            option("apim.throttling.throttle_decision_endpoints", n -> n.links().decisionBrokers()),
            optional("apim.throttling.skip_redeploying_policies", n -> n.cluster()
                    .keptPolicies()),
            constant("apim.event_hub.enable", true),
            constant("apim.event_hub.username", CommonOptions.QUALIFIED_USERNAME),
            constant("apim.event_hub.password", CommonOptions.ADMIN_PASSWORD),
            option("apim.event_hub.service_url", n -> n.links().eventHubService()),
            option("apim.event_hub.event_listening_endpoints", n -> n.links().eventBrokers()));

    static final List<Option> TABLE = Stream.of(
                    SERVER,
                    CommonOptions.ADMIN_AND_USER_STORE,
                    DATABASES,
                    CommonOptions.KEYSTORES,
                    LINKS,
                    CommonOptions.DECISION_BROKER_USER,
                    CommonOptions.EVENT_BROKER_USER,
                    CommonOptions.LOCAL_DATABASE,
                    CommonOptions.ENCRYPTION)
            .flatMap(List::stream)
            .toList();

    private TrafficManagerOptions() {}
}
