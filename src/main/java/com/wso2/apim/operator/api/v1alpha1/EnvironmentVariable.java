package com.wso2.apim.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** An environment variable of the server's container. */
@ValidationRule(
        value = "!(has(self.value) && has(self.valueFrom))",
        message = "an environment variable has either value or valueFrom")
public record EnvironmentVariable(
        @Required
        @Size(max = 253)
        @Pattern("^[A-Za-z_][A-Za-z0-9_]*$")
        @JsonPropertyDescription("Name; those that the operator sets itself are refused.")
        String name,

        @Size(max = 32768)
        @JsonPropertyDescription("Value, readable by whoever may read the resource: secrets belong into valueFrom.")
        String value,

        @JsonPropertyDescription("Where the value comes from.")
        Source valueFrom) {

    /** One key of a Secret or of a ConfigMap of the same namespace. */
    @ValidationRule(
            value = "has(self.secretKeyRef) != has(self.configMapKeyRef)",
            message = "valueFrom has either secretKeyRef or configMapKeyRef")
    public record Source(
            @JsonPropertyDescription("A key of a Secret.") Key secretKeyRef,

            @JsonPropertyDescription("A key of a ConfigMap.")
            Key configMapKeyRef) {}

    /** A key of a Secret or of a ConfigMap. */
    public record Key(
            @Required
            @Size(max = 253)
            @Pattern("^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$")
            @JsonPropertyDescription("Name of the Secret or ConfigMap.")
            String name,

            @Required @Size(max = 253) @Pattern("^[-._a-zA-Z0-9]+$") @JsonPropertyDescription("Key in it.")
            String key) {}
}
