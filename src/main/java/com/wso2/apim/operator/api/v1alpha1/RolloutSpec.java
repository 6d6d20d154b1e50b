package com.wso2.apim.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;

/** When nodes are restarted. */
public record RolloutSpec(
        @Default("WithNextChange")
        @JsonPropertyDescription(
                "When nodes take over what an operator of another version, or with other settings, renders differently "
                        + "for the same resource: with the next change that restarts nodes anyway, or at once, "
                        + "one node after the other. Until then the condition UpdatePending says what differs.")
        OperatorUpdates operatorUpdates) {

    /** Times at which a difference of the operator's is taken over. */
    public enum OperatorUpdates {
        @JsonProperty("WithNextChange")
        WITH_NEXT_CHANGE,
        @JsonProperty("Automatic")
        AUTOMATIC
    }
}
