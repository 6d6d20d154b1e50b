package com.wso2.apim.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.Map;

/** The identity of the nodes. */
public record ServiceAccountSpec(
        @JsonPropertyDescription("Annotations, such as those by which a cloud's workload identity finds its role. A "
                + "change restarts no pod.")
        Map<String, String> annotations) {}
