package com.wso2.apim.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.ValidationRule;

/** With what newer versions encrypt secrets in the database. */
@ValidationRule(
        value = "(self.type == 'Key') == has(self.secretRef)",
        fieldPath = ".secretRef",
        message =
                "with encryption.type: Key the key must be given: name the Secret that holds it in encryption.secretRef; "
                        + "with InternalKeyStore there is none: remove encryption.secretRef")
public record Encryption(
        @Default("Key")
        @JsonPropertyDescription(
                "What a version with an encryption key encrypts and reads stored secrets with. Key: the key of secretRef. InternalKeyStore: the "
                        + "internal key pair, as every version before did; for databases that were migrated with what they hold.")
        Type type,

        @JsonPropertyDescription(
                "Secret with the key \"key\": 64 hexadecimal digits. Without spec.encryption it is generated "
                        + "into the Secret <name>-encryption.")
        SecretReference secretRef) {

    /** Ways to encrypt. */
    public enum Type {
        @JsonProperty("Key")
        KEY,
        @JsonProperty("InternalKeyStore")
        INTERNAL_KEY_STORE
    }
}
