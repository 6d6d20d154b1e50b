package com.wso2.apim.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** What cert-manager is asked for. */
@ValidationRule(
        value =
                "!has(self.renewBeforeDays) || self.renewBeforeDays < (has(self.durationDays) ? self.durationDays : 90)",
        fieldPath = ".renewBeforeDays",
        message = "renewBeforeDays must be less than durationDays (90 if absent): lower it or raise durationDays")
public record CertManager(
        @Required
        @JsonPropertyDescription(
                "Issuer that vouches for names inside the cluster, such as one of kind CA or Vault; ACME does not.")
        IssuerReference issuerRef,

        @Min(1)
        @Max(3650)
        @JsonPropertyDescription("Days that a certificate is to be valid. Default: cert-manager's, 90.")
        Integer durationDays,

        @Min(1)
        @Max(3650)
        @JsonPropertyDescription(
                "Days before its end that a certificate is renewed. Default: cert-manager's, a third of " + "its life.")
        Integer renewBeforeDays) {

    /** An issuer of cert-manager, or one of somebody else's that it works with. */
    @ValidationRule(
            value = "self.group != 'cert-manager.io' || self.kind in ['Issuer', 'ClusterIssuer']",
            fieldPath = ".kind",
            message = "kind must be Issuer or ClusterIssuer: set group for an issuer that is not cert-manager's own")
    public record IssuerReference(
            @Required
            @Size(max = 253)
            @Pattern("^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$")
            @JsonPropertyDescription("Name of the issuer.")
            String name,

            @Default("Issuer")
            @Size(max = 63)
            @Pattern("^[A-Z][a-zA-Z0-9]*$")
            @JsonPropertyDescription(
                    "Issuer: in the namespace of the ApiManagerCluster. ClusterIssuer: of the cluster.")
            String kind,

            @Default("cert-manager.io")
            @Size(max = 253)
            @Pattern("^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$")
            @JsonPropertyDescription("API group of the issuer.")
            String group) {}
}
