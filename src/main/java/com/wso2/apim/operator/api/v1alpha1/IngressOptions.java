package com.wso2.apim.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Map;

/** Options of the Ingresses. */
@ValidationRule(
        value = "self.controller != 'Nginx' || (!has(self.serviceAnnotations) && "
                + "[has(self.api) && has(self.api.serviceAnnotations), "
                + "has(self.gateway) && has(self.gateway.serviceAnnotations), "
                + "has(self.websocket) && has(self.websocket.serviceAnnotations), "
                + "has(self.websub) && has(self.websub.serviceAnnotations)].all(given, !given))",
        fieldPath = ".controller",
        message = "serviceAnnotations are only read with exposure.ingress.controller Traefik or Other, whose "
                + "Ingresses have Services of their own: remove them or set the controller")
public record IngressOptions(
        @Size(max = 253)
        @Pattern("^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$")
        @JsonPropertyDescription("IngressClass. Default: the cluster's default class.")
        String className,

        @Default("Nginx")
        @JsonPropertyDescription(
                "Whose annotations are set: HTTPS to the nodes, long calls, and cookie affinity for the portals only. "
                        + "Nginx: ingress-nginx. Traefik: Traefik, which must be told to trust the nodes. Other: none, "
                        + "all of this is yours to set.")
        Controller controller,

        @JsonPropertyDescription(
                "Certificate of every Ingress. Default: the controller's own, which browsers need not trust.")
        IngressTls tls,

        @JsonPropertyDescription("Annotations of every Ingress; they win over those of the controller.")
        Map<String, String> annotations,

        @JsonPropertyDescription(
                "Annotations of the Service behind every Ingress, with controller Traefik or Other; they "
                        + "win over those of the controller.")
        Map<String, String> serviceAnnotations,

        @JsonPropertyDescription("What is different for the Ingress of the portals.")
        Individual api,

        @JsonPropertyDescription("What is different for the Ingress of API traffic.")
        Individual gateway,

        @JsonPropertyDescription("What is different for the Ingress of hostnames.websocket.")
        Individual websocket,

        @JsonPropertyDescription("What is different for the Ingress of hostnames.websub.")
        Individual websub) {

    /** What is different for one Ingress. */
    public record Individual(
            @JsonPropertyDescription("Certificate of this Ingress. Default: that of every Ingress.")
            IngressTls tls,

            @JsonPropertyDescription("Annotations of this Ingress; they win over those of every Ingress.")
            Map<String, String> annotations,

            @JsonPropertyDescription(
                    "Annotations of the Service behind this Ingress; they win over those of every Service.")
            Map<String, String> serviceAnnotations) {}

    /** Ingress controllers whose annotations the operator knows, and any other. */
    public enum Controller {
        @JsonProperty("Nginx")
        NGINX,
        @JsonProperty("Traefik")
        TRAEFIK,
        @JsonProperty("Other")
        OTHER
    }
}
