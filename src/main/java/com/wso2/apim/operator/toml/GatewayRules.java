package com.wso2.apim.operator.toml;

import com.wso2.apim.operator.model.Cluster;
import com.wso2.apim.operator.model.Problem;
import com.wso2.apim.operator.model.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the user's own TOML may make of the gateway's environments: in the end they, and who serves them, must fit. */
final class GatewayRules {

    private static final KeyPath ENVIRONMENTS = new KeyPath(List.of("apim", "gateway", "environment"));
    private static final KeyPath LABELS =
            new KeyPath(List.of("apim", "sync_runtime_artifacts", "gateway", "gateway_labels"));
    private static final String FIELD = "spec.gateway.environments";
    private static final List<String> REQUIRED = List.of("http_endpoint", "https_endpoint");

    /** Placeholders of the product are left out: only it knows what becomes of them. */
    private static final Pattern HOST = Pattern.compile("https?://([^$:/?#]+)(?:[:/?#].*)?");

    private final Cluster cluster;
    private final Role role;
    private final List<Map<String, Object>> environments;
    private final Optional<List<?>> labels;

    /**
     * Rules for a node.
     *
     * @param tree what its file is going to say
     */
    GatewayRules(Cluster cluster, Role role, Map<String, Object> tree) {
        this.cluster = cluster;
        this.role = role;
        this.environments = TreeMerge.find(tree, ENVIRONMENTS).stream()
                .flatMap(GatewayRules::tables)
                .toList();
        this.labels =
                TreeMerge.find(tree, LABELS).filter(List.class::isInstance).map(list -> (List<?>) list);
    }

    /** Whether a piece of TOML has a say in it. */
    static boolean isAbout(Map<String, Object> given) {
        return Stream.of(ENVIRONMENTS, LABELS)
                .anyMatch(path -> TreeMerge.find(given, path).isPresent());
    }

    /** What the server would not start its API Manager with (seen: it says so in its log only, and answers all the same). */
    List<Problem> problems(String overlay) {
        var kind = role == Role.ALL_IN_ONE
                ? OverlayProblem.ENVIRONMENT_WITHOUT_ADDRESS
                : OverlayProblem.ENVIRONMENT_OF_A_TRAFFIC_MANAGER;
        var problems = new ArrayList<Problem>();
        for (var environment : environments) {
            var what = "%s %s".formatted(ENVIRONMENTS, name(environment));
            if (lacksAddress(environment)) {
                problems.add(kind.at(overlay, what));
            }
            if (virtualHosts(environment).anyMatch(GatewayRules::lacksAddress)) {
                problems.add(kind.at(overlay, "a virtual_host of " + what));
            }
        }
        return problems;
    }

    /** What is probably not meant, but right where gateways outside the deployment, or the Admin Portal, have a part in it. */
    List<String> warnings() {
        var warnings = new ArrayList<String>();
        if (role == Role.TRAFFIC_MANAGER || labels.isEmpty()) {
            return warnings;
        }
        for (var environment : environments) {
            var name = name(environment);
            if (!labels.get().contains(name)) {
                warnings.add(
                        "apim.gateway.environment %s is served by no node, because %s leaves it out: describe it in %s, unless gateways elsewhere serve it"
                                .formatted(name, LABELS, FIELD));
            } else {
                unknownHosts(environment)
                        .forEach(host -> warnings.add(
                                "apim.gateway.environment %s advertises %s, which the operator neither exposes nor certifies: name it in %s"
                                        .formatted(name, host, FIELD)));
            }
        }
        var names = environments.stream().map(GatewayRules::name).toList();
        labels.get().stream()
                .filter(label -> !names.contains(label.toString()))
                .forEach(label -> warnings.add(
                        "%s names %s, but no apim.gateway.environment has that name: describe it in %s, unless it is made in the Admin Portal"
                                .formatted(LABELS, label, FIELD)));
        return warnings;
    }

    private Stream<String> unknownHosts(Map<String, Object> environment) {
        return Stream.concat(Stream.of(environment), virtualHosts(environment))
                .flatMap(table -> REQUIRED.stream().map(table::get))
                .filter(String.class::isInstance)
                .map(url -> HOST.matcher(url.toString()))
                .filter(Matcher::matches)
                .map(url -> url.group(1))
                .distinct()
                .filter(host -> !cluster.gatewayHosts().contains(host));
    }

    private static boolean lacksAddress(Map<String, Object> table) {
        return REQUIRED.stream().map(key -> table.getOrDefault(key, "")).allMatch(url -> url.toString()
                .isBlank());
    }

    private static Stream<Map<String, Object>> virtualHosts(Map<String, Object> environment) {
        return Optional.ofNullable(environment.get("virtual_host")).stream().flatMap(GatewayRules::tables);
    }

    private static Stream<Map<String, Object>> tables(Object value) {
        return UserValue.isTables(value) ? ((List<?>) value).stream().map(UserValue::asTable) : Stream.empty();
    }

    private static String name(Map<String, Object> environment) {
        return environment.getOrDefault("name", "without a name").toString();
    }
}
