package com.wso2.apim.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** Where an Ingress has its certificate from. */
@ValidationRule(
        value = "has(self.secretRef) != has(self.issuerRef)",
        message = "tls needs exactly one of secretRef, a Secret with the certificate, and issuerRef, an issuer of "
                + "cert-manager: leave tls out for the controller's default certificate")
public record IngressTls(
        @JsonPropertyDescription("Secret of type kubernetes.io/tls whose certificate covers the host names.")
        SecretReference secretRef,

        @JsonPropertyDescription(
                "Issuer of cert-manager, which makes a Secret for each Ingress, named after it with -tls.")
        IssuerReference issuerRef) {

    /** An issuer of cert-manager. */
    public record IssuerReference(
            @Default("Issuer")
            @JsonPropertyDescription(
                    "Issuer: in the namespace of the ApiManagerCluster. ClusterIssuer: of the cluster.")
            Kind kind,

            @Required
            @Size(max = 253)
            @Pattern("^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$")
            @JsonPropertyDescription("Name of the issuer.")
            String name) {}

    /** Kinds of issuers. */
    public enum Kind {
        @JsonProperty("Issuer")
        ISSUER,
        @JsonProperty("ClusterIssuer")
        CLUSTER_ISSUER
    }
}
