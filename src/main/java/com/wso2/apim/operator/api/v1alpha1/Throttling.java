package com.wso2.apim.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** Throttling by the Traffic Managers. */
public record Throttling(
        @Size(max = 256)
        @JsonPropertyDescription(
                "Execution plans that a Traffic Manager keeps as they are when it starts, where it deploys "
                        + "all others anew from the database: by their names, such as carbon.super_app_50PerMin. Default: none.")
        List<@Size(max = 255) @Pattern("^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$") String> skipRedeployingPolicies) {}
