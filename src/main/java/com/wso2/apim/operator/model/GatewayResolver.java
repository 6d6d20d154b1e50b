package com.wso2.apim.operator.model;

import com.wso2.apim.operator.api.v1alpha1.ApiManagerClusterSpec;
import com.wso2.apim.operator.api.v1alpha1.Gateway;
import com.wso2.apim.operator.api.v1alpha1.Gateway.Environment;
import com.wso2.apim.operator.api.v1alpha1.Gateway.Type;
import com.wso2.apim.operator.api.v1alpha1.Gateway.VirtualHost;
import java.util.List;
import java.util.Optional;

/** Resolves the environments of the gateways. */
final class GatewayResolver {

    private static final Environment ONLY =
            new Environment("Default", null, Type.HYBRID, null, null, true, true, List.of());

    private final String hostname;
    private final List<Environment> given;

    GatewayResolver(ApiManagerClusterSpec spec) {
        this.hostname = spec.hostnames().gateway();
        this.given = Optional.ofNullable(spec.gateway())
                .map(Gateway::environments)
                .filter(environments -> !environments.isEmpty())
                .orElse(List.of(ONLY));
    }

    /** The environments in the user's order; one at least. */
    List<GatewayEnvironment> resolve() {
        return given.stream().map(this::environment).toList();
    }

    private GatewayEnvironment environment(Environment environment) {
        return new GatewayEnvironment(
                environment.name(),
                Optional.ofNullable(environment.displayName()),
                environment.type(),
                Optional.ofNullable(environment.description()).orElse(description(environment.type())),
                Optional.ofNullable(environment.hostname()).orElse(hostname),
                environment.displayInApiConsole(),
                environment.showAsTokenEndpointUrl(),
                Optional.ofNullable(environment.virtualHosts()).orElse(List.of()).stream()
                        .map(VirtualHost::hostname)
                        .toList());
    }

    private static String description(Type type) {
        return switch (type) {
            case HYBRID -> "This is a hybrid gateway that handles both production and sandbox token traffic.";
            case PRODUCTION -> "This is a gateway that handles production token traffic.";
            case SANDBOX -> "This is a gateway that handles sandbox token traffic.";
        };
    }
}
