package com.wso2.apim.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Map;

/** How clients outside the cluster reach the public host names. */
@ValidationRule(
        value = "!has(self.ingress) || self.type == 'Ingress'",
        fieldPath = ".ingress",
        message = "exposure.ingress is only read with exposure.type Ingress: remove it or set the type")
@ValidationRule(
        value = "!has(self.gatewayAPI) || self.type == 'GatewayAPI'",
        fieldPath = ".gatewayAPI",
        message = "exposure.gatewayAPI is only read with exposure.type GatewayAPI: remove it or set the type")
@ValidationRule(
        value = "!has(self.type) || self.type != 'GatewayAPI' || has(self.gatewayAPI)",
        fieldPath = ".type",
        message =
                "exposure.type GatewayAPI needs the Gateways to attach to: name them in exposure.gatewayAPI.parentRefs")
public record Exposure(
        @Default("Ingress")
        @JsonPropertyDescription(
                "Ingress: one Ingress for the portals and one for API traffic. GatewayAPI: an HTTPRoute "
                        + "for each host name. None: the Services only.")
        Type type,

        @JsonPropertyDescription("Options of exposure.type Ingress.")
        IngressOptions ingress,

        @JsonPropertyDescription("A Service of its own for WebSocket and WebSub, with any type of exposure: it carries "
                + "the product's ports, which are advertised then, and no Ingress is made for them.")
        StreamService service,

        @JsonPropertyDescription("Options of exposure.type GatewayAPI.")
        GatewayApi gatewayAPI) {

    /** Kinds of exposure. */
    public enum Type {
        @JsonProperty("Ingress")
        INGRESS,
        @JsonProperty("GatewayAPI")
        GATEWAY_API,
        @JsonProperty("None")
        NONE
    }

    /** Options of the HTTPRoutes. */
    public record GatewayApi(
            @Required
            @Size(min = 1, max = 16)
            @JsonPropertyDescription(
                    "Gateways to which every HTTPRoute attaches; each must allow routes of this namespace.")
            List<ParentReference> parentRefs,

            @JsonPropertyDescription("Annotations of every HTTPRoute.")
            Map<String, String> annotations) {}

    /** A Gateway, or one of its listeners. */
    public record ParentReference(
            @Required
            @Size(max = 253)
            @Pattern("^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$")
            @JsonPropertyDescription("Name of the Gateway.")
            String name,

            @Default("\"\"")
            @Size(max = 63)
            @Pattern("^([a-z0-9]([-a-z0-9]*[a-z0-9])?)?$")
            @JsonPropertyDescription("Namespace of the Gateway. Empty: that of the resource.")
            String namespace,

            @Default("\"\"")
            @Size(max = 253)
            @Pattern("^([a-z0-9]([-a-z0-9.]*[a-z0-9])?)?$")
            @JsonPropertyDescription("Name of one listener. Empty: every listener whose host name fits.")
            String sectionName) {}
}
