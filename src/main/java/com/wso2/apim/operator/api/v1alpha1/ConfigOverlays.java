package com.wso2.apim.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;

/** The user's own TOML, merged by structure into the rendered deployment.toml. */
public record ConfigOverlays(
        @Size(max = 65536)
        @JsonPropertyDescription("TOML for every node of both tiers. Tables are merged, other values replace the "
                + "operator's; what wires the nodes together is refused, and secrets belong into env with valueFrom.")
        String common,

        @Size(max = 65536) @JsonPropertyDescription("TOML for the all-in-one nodes only, merged after common.")
        String allInOne,

        @Size(max = 65536) @JsonPropertyDescription("TOML for the Traffic Managers only, merged after common.")
        String trafficManager) {}
