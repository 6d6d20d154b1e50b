package com.wso2.apim.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** The gateways inside the all-in-one nodes, as publishers and developers see them. */
@ValidationRule(
        value = "!has(self.environments) || self.environments.all(one, self.environments.exists_one(other, "
                + "other.name.lowerAscii() == one.name.lowerAscii()))",
        fieldPath = ".environments",
        message = "names of environments must differ in more than upper and lower case, which databases may not tell "
                + "apart: rename one")
public record Gateway(
        @Size(min = 1, max = 32)
        @JsonPropertyDescription(
                "Environments to which APIs are deployed; the all-in-one nodes serve them all. Default: "
                        + "one hybrid environment Default at hostnames.gateway. The name of an environment stands in the "
                        + "databases: APIs that were deployed to one that is renamed or removed must be deployed anew.")
        List<Environment> environments) {

    static final String TEXT = "^[^\\x00-\\x1f\\x7f{}$\\\\]+$";

    /** What the tokens of an environment are for. */
    public enum Type {
        @JsonProperty("Hybrid")
        HYBRID,
        @JsonProperty("Production")
        PRODUCTION,
        @JsonProperty("Sandbox")
        SANDBOX
    }

    /** An environment: a name to deploy APIs to, and the addresses that are told to their users. */
    @ValidationRule(
            value = "!has(self.hostname) || !has(self.virtualHosts) || "
                    + "self.virtualHosts.all(host, host.hostname != self.hostname)",
            fieldPath = ".virtualHosts",
            message = "virtualHosts are further host names: remove the one that is the environment's own hostname")
    public record Environment(
            @Required
            @Size(max = 255)
            @Pattern("^[A-Za-z0-9]([A-Za-z0-9 ._-]*[A-Za-z0-9])?$")
            @JsonPropertyDescription("Name: letters and digits, inside also spaces, dots, hyphens and underscores.")
            String name,

            @Size(max = 255)
            @Pattern(Gateway.TEXT)
            @JsonPropertyDescription("Name for people, without $, \\ and braces. Default: name.")
            String displayName,

            @Default("Hybrid")
            @JsonPropertyDescription("Which tokens it takes. Hybrid: those for production and for sandboxes.")
            Type type,

            @Size(max = 1023)
            @Pattern(Gateway.TEXT)
            @JsonPropertyDescription(
                    "One line for people, without $, \\ and braces. Default: a sentence that says the type.")
            String description,

            @Size(max = 253)
            @Pattern(Hostnames.DNS_NAME)
            @JsonPropertyDescription(
                    "Host name of its APIs, in lower case, without scheme and port. Environments may share "
                            + "one: a host name decides what is advertised, and not which APIs answer there. Default: "
                            + "hostnames.gateway.")
            String hostname,

            @Default("true") @JsonPropertyDescription("Whether APIs can be tried out on it in the portals.")
            Boolean displayInApiConsole,

            @Default("true") @JsonPropertyDescription("Whether its address is shown as that of the token endpoint.")
            Boolean showAsTokenEndpointUrl,

            @Size(max = 8)
            @JsonPropertyDescription("Further host names, one of which can be chosen when an API is deployed.")
            List<VirtualHost> virtualHosts) {}

    /** A further host name of an environment. */
    public record VirtualHost(
            @Required
            @Size(max = 253)
            @Pattern(Hostnames.DNS_NAME)
            @JsonPropertyDescription("Host name, in lower case, without scheme and port.")
            String hostname) {}
}
