package com.wso2.apim.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.ValidationRule;

/** How clients outside the cluster reach the public host names. */
@ValidationRule(
        value = "!has(self.ingress) || self.type == 'Ingress'",
        fieldPath = ".ingress",
        message = "exposure.ingress is only read with exposure.type Ingress: remove it or set the type")
public record Exposure(
        @Default("Ingress")
        @JsonPropertyDescription(
                "Ingress: one Ingress for the portals and one for API traffic. None: the Services only.")
        Type type,

        @JsonPropertyDescription("Options of exposure.type Ingress.")
        IngressOptions ingress,

        @JsonPropertyDescription("A Service of its own for WebSocket and WebSub, with any type of exposure: it carries "
                + "the product's ports, which are advertised then, and no Ingress is made for them.")
        StreamService service) {

    /** Kinds of exposure. */
    public enum Type {
        @JsonProperty("Ingress")
        INGRESS,
        @JsonProperty("None")
        NONE
    }
}
