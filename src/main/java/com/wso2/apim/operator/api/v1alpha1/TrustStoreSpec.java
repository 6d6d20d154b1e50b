package com.wso2.apim.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** Whom the nodes trust, besides each other and the public authorities. */
public record TrustStoreSpec(
        @Size(max = 64)
        @JsonPropertyDescription(
                "Certificates of further authorities, or of single servers: of backends, databases, mail "
                        + "servers, user directories. A change rolls the nodes.")
        List<AdditionalAuthority> additionalCAs) {

    /** Certificates in PEM, one or more, in a Secret or a ConfigMap. */
    @ValidationRule(
            value = "has(self.secretRef) != has(self.configMapRef)",
            message =
                    "additionalCAs needs exactly one of secretRef and configMapRef: certificates are no secret, a ConfigMap "
                            + "will do")
    public record AdditionalAuthority(
            @Required
            @Size(max = 63)
            @Pattern("^[a-z0-9]([-a-z0-9]*[a-z0-9])?$")
            @JsonPropertyDescription("Name of the entry; its alias in the trust store is additional-<name>.")
            String name,

            @JsonPropertyDescription("Secret that holds the certificates.")
            Bundle secretRef,

            @JsonPropertyDescription("ConfigMap that holds the certificates.")
            Bundle configMapRef) {}

    /** A key of a Secret or of a ConfigMap that holds certificates. */
    public record Bundle(
            @Required
            @Size(max = 253)
            @Pattern("^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$")
            @JsonPropertyDescription("Name of the Secret or ConfigMap, in the namespace of the ApiManagerCluster.")
            String name,

            @Default("ca.crt") @Size(max = 253) @Pattern("^[-._a-zA-Z0-9]+$") @JsonPropertyDescription("Key in it.")
            String key) {}
}
