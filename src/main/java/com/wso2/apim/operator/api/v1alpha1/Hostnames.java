package com.wso2.apim.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** The public names by which clients reach the deployment. */
@ValidationRule(
        value = "self.api != self.gateway",
        fieldPath = ".gateway",
        message = "hostnames.api and hostnames.gateway must differ: portals and API traffic are two virtual hosts, "
                + "for example api.am.example.com and gw.am.example.com")
@ValidationRule(
        value = "!has(self.websocket) || (self.websocket != self.api && self.websocket != self.gateway)",
        fieldPath = ".websocket",
        message = "hostnames.websocket must differ from the other host names: leave it out for that of the gateway")
@ValidationRule(
        value = "!has(self.websub) || (self.websub != self.api && self.websub != self.gateway && "
                + "(!has(self.websocket) || self.websub != self.websocket))",
        fieldPath = ".websub",
        message = "hostnames.websub must differ from the other host names: leave it out for that of the gateway")
public record Hostnames(
        @Required
        @Size(max = 253)
        @Pattern(Hostnames.DNS_NAME)
        @JsonPropertyDescription("Host name of the Publisher, the Developer Portal, the Admin Portal and the token "
                + "endpoint, in lower case, without scheme and port.")
        String api,

        @Required
        @Size(max = 253)
        @Pattern(Hostnames.DNS_NAME)
        @JsonPropertyDescription("Host name of API traffic, in lower case, without scheme and port; "
                + "gateway.environments may add others.")
        String gateway,

        @Size(max = 253)
        @Pattern(Hostnames.DNS_NAME)
        @JsonPropertyDescription("Host name of WebSocket APIs, for every environment; exposed like the others and "
                + "advertised with port 443, or with the product's ports where exposure.service carries them. Default: "
                + "the host names of the other APIs with the product's ports.")
        String websocket,

        @Size(max = 253)
        @Pattern(Hostnames.DNS_NAME)
        @JsonPropertyDescription("Host name that takes events of WebSub APIs, likewise.")
        String websub) {

    static final String DNS_NAME = "^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?)*$";
}
