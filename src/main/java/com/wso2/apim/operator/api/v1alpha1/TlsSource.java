package com.wso2.apim.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.ValidationRule;

/** Where the key pair for TLS comes from. */
@ValidationRule(
        value = "!has(self.secret) || self.source == 'Secret'",
        fieldPath = ".secret",
        message = "secret is only read with source: Secret: remove it or set the source")
@ValidationRule(
        value = "self.source != 'Secret' || has(self.secret)",
        fieldPath = ".source",
        message = "source: Secret needs a Secret to read: name it in secret.name")
@ValidationRule(
        value = "!has(self.certManager) || self.source == 'CertManager'",
        fieldPath = ".certManager",
        message = "certManager is only read with source: CertManager: remove it or set the source")
@ValidationRule(
        value = "self.source != 'CertManager' || has(self.certManager)",
        fieldPath = ".source",
        message = "source: CertManager needs an issuer: name it in certManager.issuerRef.name")
public record TlsSource(
        @Default("Generated")
        @JsonPropertyDescription("Generated: made by the operator and kept in the Secret <name>-keys. Secret: yours. "
                + "CertManager: issued by cert-manager into the Secret <name>-nodes-tls.")
        Source source,

        @JsonPropertyDescription("The Secret to read with source Secret.")
        KeyStoreSecret secret,

        @JsonPropertyDescription("What to ask cert-manager for with source CertManager.")
        CertManager certManager) {

    /** Sources of the key pair. */
    public enum Source {
        @JsonProperty("Generated")
        GENERATED,
        @JsonProperty("Secret")
        SECRET,
        @JsonProperty("CertManager")
        CERT_MANAGER
    }
}
