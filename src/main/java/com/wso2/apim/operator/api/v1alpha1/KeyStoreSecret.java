package com.wso2.apim.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** A Secret with a private key and the certificates that vouch for it. Nodes get neither its file nor its password. */
@ValidationRule(
        value = "self.format == 'PEM' || (!has(self.certificateKey) && !has(self.privateKeyKey))",
        fieldPath = ".format",
        message = "certificateKey and privateKeyKey are only read with format: PEM: remove them or set the format")
@ValidationRule(
        value = "self.format != 'PEM' || (!has(self.key) && !has(self.alias) && !has(self.passwordSecretRef))",
        fieldPath = ".format",
        message =
                "key, alias and passwordSecretRef are only read with format: JKS or PKCS12: remove them or set the format")
public record KeyStoreSecret(
        @Required
        @Size(max = 253)
        @Pattern("^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$")
        @JsonPropertyDescription("Name of a Secret in the namespace of the ApiManagerCluster.")
        String name,

        @Default("PEM")
        @JsonPropertyDescription(
                "PEM: texts, as cert-manager, External Secrets and openssl write them. JKS, PKCS12: one key "
                        + "store with a password.")
        Format format,

        @Size(max = 253)
        @Pattern("^[-._a-zA-Z0-9]+$")
        @JsonPropertyDescription("With format PEM, key of the Secret that holds the certificate, followed by the "
                + "intermediate ones. Default: tls.crt.")
        String certificateKey,

        @Size(max = 253)
        @Pattern("^[-._a-zA-Z0-9]+$")
        @JsonPropertyDescription(
                "With format PEM, key of the Secret that holds the private key, without a pass phrase. "
                        + "Default: tls.key.")
        String privateKeyKey,

        @Size(max = 253)
        @Pattern("^[-._a-zA-Z0-9]+$")
        @JsonPropertyDescription(
                "Key of the Secret that holds the certificate of the authority, in PEM, which every node is "
                        + "to trust. Default: ca.crt if the Secret has it, else the last certificate of the chain.")
        String authorityKey,

        @Size(max = 253)
        @Pattern("^[-._a-zA-Z0-9]+$")
        @JsonPropertyDescription(
                "With format JKS or PKCS12, key of the Secret that holds the store. Default: keystore.jks or "
                        + "keystore.p12.")
        String key,

        @Size(max = 256)
        @JsonPropertyDescription(
                "With format JKS or PKCS12, name of the private key in the store. Needed only if it holds "
                        + "several.")
        String alias,

        @JsonPropertyDescription(
                "With format JKS or PKCS12, where the password of the store is. Default: key password of the "
                        + "same Secret.")
        Password passwordSecretRef) {

    /** Forms of key material. */
    public enum Format {
        PEM,
        JKS,
        PKCS12
    }

    /** A password in a Secret. */
    public record Password(
            @Required
            @Size(max = 253)
            @Pattern("^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$")
            @JsonPropertyDescription("Name of a Secret in the namespace of the ApiManagerCluster.")
            String name,

            @Default("password")
            @Size(max = 253)
            @Pattern("^[-._a-zA-Z0-9]+$")
            @JsonPropertyDescription("Key of the Secret that holds the password.")
            String key) {}
}
