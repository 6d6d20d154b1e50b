package com.wso2.apim.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;

/** When nodes are restarted. */
public record RolloutSpec(
        @Default("WithNextChange")
        @JsonPropertyDescription(
                "When nodes take over what an operator of another version, or with other settings, renders differently "
                        + "for the same resource: with the next change that restarts nodes anyway, or at once, "
                        + "one node after the other. Until then the condition UpdatePending says what differs.")
        OperatorUpdates operatorUpdates,

        @Size(min = 20, max = 40)
        @Pattern(RolloutSpec.MOMENT)
        @JsonPropertyDescription(
                "Another moment than before restarts every node once, one after the other, such as 2027-01-31T08:00:00Z. "
                        + "It is not waited for: only that it is another one counts. What UpdatePending holds is taken along.")
        String restartedAt,

        @JsonPropertyDescription(
                "Whether nodes are left on what they run. While it is true no node is restarted for a change, and a roll "
                        + "stops where it is; what needs no restart, and repairs, go on, and a first boot does. What "
                        + "waits is told by the condition UpdatePending. Default: false.")
        Boolean paused,

        @Default("900")
        @Min(60)
        @Max(86_400)
        @JsonPropertyDescription(
                "Seconds that a node may take, from when its pod is scheduled, until it has been Ready for long enough on a new "
                        + "revision. After that the revision is rolled back, or the condition Stalled says why it is not. It "
                        + "should be longer than probes.startupSeconds of both tiers.")
        Integer progressDeadlineSeconds,

        @Default("Automatic")
        @JsonPropertyDescription(
                "What becomes of a revision that a node does not get Ready on in time. Automatic: it is rejected, and both tiers "
                        + "go back to the last revisions with which all nodes were Ready. Manual: the condition Stalled says "
                        + "what is wrong and what can be done.")
        Rollback rollback) {

    private static final String MOMENT =
            "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T([01][0-9]|2[0-3]):[0-5][0-9]:"
                    + "[0-5][0-9]([.][0-9]{1,9})?(Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9])$";

    /** Who rolls a revision back. */
    public enum Rollback {
        @JsonProperty("Automatic")
        AUTOMATIC,
        @JsonProperty("Manual")
        MANUAL
    }

    /** Times at which a difference of the operator's is taken over. */
    public enum OperatorUpdates {
        @JsonProperty("WithNextChange")
        WITH_NEXT_CHANGE,
        @JsonProperty("Automatic")
        AUTOMATIC
    }
}
