package com.wso2.apim.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;

/** Distributed cache invalidation between the all-in-one nodes. */
public record CacheInvalidation(
        @Default("true") @JsonPropertyDescription("Whether a change on one node drops the cached entry on the other.")
        Boolean enabled,

        @Default("control-plane-domain")
        @Size(min = 1, max = 63)
        @Pattern("^[A-Za-z0-9._-]+$")
        @JsonPropertyDescription("Name of the group of nodes that share invalidations.")
        String domain) {}
