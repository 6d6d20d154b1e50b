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
        String gateway) {

    static final String DNS_NAME = "^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?)*$";
}
