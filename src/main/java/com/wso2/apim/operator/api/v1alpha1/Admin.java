package com.wso2.apim.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;

/** The administrator that the first boot creates in the database. */
public record Admin(
        @Required
        @JsonPropertyDescription(
                "Secret with the keys username and password. Without spec.admin both are generated into "
                        + "the Secret <name>-admin.")
        SecretReference secretRef) {}
