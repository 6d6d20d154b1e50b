package com.wso2.apim.operator.model;

import com.wso2.apim.operator.api.v1alpha1.Gateway.Type;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An environment to which APIs are deployed.
 *
 * @param hostname what is advertised unless an API is deployed to a virtual host
 * @param virtualHosts further host names
 */
public record GatewayEnvironment(
        String name,
        Optional<String> displayName,
        Type type,
        String description,
        String hostname,
        boolean displayInApiConsole,
        boolean showAsTokenEndpointUrl,
        List<String> virtualHosts) {

    /** Every host name that it advertises. */
    public Stream<String> hosts() {
        return Stream.concat(Stream.of(hostname), virtualHosts.stream());
    }
}
