package com.wso2.apim.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.ValidationRule;

/** Where a key pair comes from. */
@ValidationRule(
        value = "!has(self.secret) || self.source == 'Secret'",
        fieldPath = ".secret",
        message = "secret is only read with source: Secret: remove it or set the source")
@ValidationRule(
        value = "self.source != 'Secret' || has(self.secret)",
        fieldPath = ".source",
        message = "source: Secret needs a Secret to read: name it in secret.name")
public record KeyStoreSource(
        @Default("Generated")
        @JsonPropertyDescription("Generated: made by the operator and kept in the Secret <name>-keys. Secret: yours.")
        Source source,

        @JsonPropertyDescription("The Secret to read with source Secret.")
        KeyStoreSecret secret) {

    /** Sources of a key pair. */
    public enum Source {
        @JsonProperty("Generated")
        GENERATED,
        @JsonProperty("Secret")
        SECRET
    }
}
