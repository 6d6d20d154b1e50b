package com.wso2.apim.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;

/** The key with which newer versions encrypt secrets in the database. */
public record Encryption(
        @Required
        @JsonPropertyDescription(
                "Secret with the key \"key\": 64 hexadecimal digits. Without spec.encryption it is generated "
                        + "into the Secret <name>-encryption.")
        SecretReference secretRef) {}
