package com.wso2.apim.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import java.util.Optional;

/** What is, as the operator saw it last. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ApiManagerClusterStatus(
        @JsonPropertyDescription("Generation of the spec that this status speaks of.")
        Long observedGeneration,

        @JsonPropertyDescription("Ready and wanted all-in-one nodes, such as 2/2.")
        String allInOne,

        @JsonPropertyDescription("Ready and wanted Traffic Managers, such as 2/2.")
        String trafficManager,

        @JsonPropertyDescription("Conditions; kstatus tools read Ready, Reconciling and Stalled.")
        List<Condition> conditions,

        @JsonPropertyDescription("What is worth a look but stops nothing.")
        List<String> warnings,

        @JsonPropertyDescription("Addresses of the deployment.")
        Endpoints endpoints,

        @JsonPropertyDescription("Nodes by pod.") List<Node> nodes,
        @JsonPropertyDescription("Revisions by tier.") List<Revision> revisions,
        @JsonPropertyDescription("Certificates in use.") List<Certificate> certificates,

        @JsonPropertyDescription(
                "Secrets in use that are older than this resource: an earlier one of its name left them, or they came out of a "
                        + "backup.")
        List<String> adopted,

        @JsonPropertyDescription(
                "The change that is on its way to the nodes; absent while there is none, and while nodes boot or are stopped.")
        Roll roll) {

    /** An absent list is an empty one: both are written, and compared, the same way. */
    public ApiManagerClusterStatus {
        conditions = Optional.ofNullable(conditions).orElse(List.of());
        warnings = Optional.ofNullable(warnings).orElse(List.of());
        nodes = Optional.ofNullable(nodes).orElse(List.of());
        revisions = Optional.ofNullable(revisions).orElse(List.of());
        certificates = Optional.ofNullable(certificates).orElse(List.of());
        adopted = Optional.ofNullable(adopted).orElse(List.of());
    }

    /** A condition as the Kubernetes API conventions define it. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Condition(
            String type,
            String status,
            String reason,
            String message,
            Long observedGeneration,
            String lastTransitionTime) {}

    /** Public URLs. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Endpoints(String publisher, String devportal, String admin, String gateway) {}

    /** A node. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Node(
            @JsonPropertyDescription("Pod of the node.") String pod,
            @JsonPropertyDescription("Tier of the node.") String tier,

            @JsonPropertyDescription("Whether the pod is Ready.")
            Boolean ready,

            @JsonPropertyDescription("Revision that the pod runs.")
            String revision,

            @JsonPropertyDescription(
                    "In what the revision that the node is to run differs, so that its pod will be restarted. Absent if it "
                            + "runs what it is to run.")
            String restartsFor) {}

    /** Revisions of one tier. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Revision(
            @JsonPropertyDescription("Tier.") String tier,

            @JsonPropertyDescription("Revision that every node of the tier ran last.")
            String current,

            @JsonPropertyDescription("Revision that the spec asks for.")
            String target,

            @JsonPropertyDescription(
                    "Revision that is rejected, so that nodes run the last good one; absent if none is.")
            String rejected) {}

    /** A change on its way to the nodes. The operator reads these of all resources to know whose turn it is. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Roll(
            @JsonPropertyDescription(
                    "Waiting for its turn, because as many resources roll as the operator lets; or Rolling.")
            State state,

            @JsonPropertyDescription("Since when.") String since) {

        /** How far it is. */
        public enum State {
            @JsonProperty("Waiting")
            WAITING,
            @JsonProperty("Rolling")
            ROLLING
        }
    }

    /** A certificate. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Certificate(
            @JsonPropertyDescription("What it is used for.") String name,

            @JsonPropertyDescription("Distinguished name of its owner.")
            String subject,

            @JsonPropertyDescription("First moment of its validity.")
            String notBefore,

            @JsonPropertyDescription("Last moment of its validity.")
            String notAfter,

            @JsonPropertyDescription(
                    "When the operator renews it, or begins to. Absent for what it never renews by itself.")
            String renewsAt) {}
}
