package com.wso2.apim.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crd.generator.annotation.PreserveUnknownFields;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.List;
import java.util.Map;

/** A pair of equal nodes: the all-in-one nodes or the Traffic Managers. */
@ValidationRule(
        value = "has(self.storage) == has(oldSelf.storage) && (!has(self.storage) || self.storage == oldSelf.storage)",
        fieldPath = ".storage",
        message =
                "storage cannot be added, changed or removed once the deployment exists, because a StatefulSet's claims "
                        + "are fixed: enlarge a volume at its PersistentVolumeClaim; for anything else delete the resource and "
                        + "create it again, its Secrets and databases are kept")
public record Tier(
        @Default("2")
        @Min(1)
        @Max(2)
        @JsonPropertyDescription("Nodes: 2, or 1 where an outage at every change is acceptable.")
        Integer replicas,

        @Size(min = 1, max = 512)
        @JsonPropertyDescription(
                "Container image of the product. Default: the one that the operator is configured with.")
        String image,

        @JsonPropertyDescription("When the image is pulled. Default: Always for the tag latest, else IfNotPresent.")
        ImagePullPolicy imagePullPolicy,

        @Size(max = 16) @JsonPropertyDescription("Secrets with the registry's credentials.")
        List<SecretReference> imagePullSecrets,

        @JsonPropertyDescription(
                "CPU and memory. Default: one CPU (Traffic Manager: half) and the heap plus what the server "
                        + "needs outside it.")
        Resources resources,

        @JsonPropertyDescription("Java heap.") Jvm jvm,

        @Size(max = 64) @JsonPropertyDescription("Further environment variables of the server's container.")
        List<EnvironmentVariable> env,

        @Default("{}") @JsonPropertyDescription("How long the kubelet waits before it acts.")
        Probes probes,

        @Default("120")
        @Min(30)
        @Max(3600)
        @JsonPropertyDescription("Seconds from the end of service to the kill; a node needs about 20 to stop.")
        Long terminationGracePeriodSeconds,

        @JsonPropertyDescription(
                "A volume for each node, with its local database and, of an all-in-one node, its search index. Default: "
                        + "both are made anew at every start.")
        Storage storage,

        @PreserveUnknownFields
        @JsonPropertyDescription("What pods are to have besides, as in the template of a StatefulSet: metadata.labels, "
                + "metadata.annotations and spec. It is merged into the operator's own template; what the operator "
                + "decides is refused.")
        Map<String, Object> podTemplate) {

    /** When the kubelet pulls the image. */
    public enum ImagePullPolicy {
        @JsonProperty("Always")
        ALWAYS("Always"),
        @JsonProperty("IfNotPresent")
        IF_NOT_PRESENT("IfNotPresent"),
        @JsonProperty("Never")
        NEVER("Never");

        private final String text;

        ImagePullPolicy(String text) {
            this.text = text;
        }

        /** As Kubernetes writes it. */
        @Override
        public String toString() {
            return text;
        }
    }

    /** Requests and limits of the server's container. */
    public record Resources(
            @JsonPropertyDescription("What the scheduler reserves, by resource name.")
            Map<String, Quantity> requests,

            @JsonPropertyDescription("What the container may use at most, by resource name.")
            Map<String, Quantity> limits) {}

    /** Java heap sizes, as for -Xms and -Xmx. */
    @ValidationRule(
            value = "!has(self.xms) || !has(self.xmx) || "
                    + "int(self.xms.substring(0, size(self.xms) - 1)) * (self.xms.matches('[gG]$') ? 1048576 : "
                    + "self.xms.matches('[mM]$') ? 1024 : 1) <= "
                    + "int(self.xmx.substring(0, size(self.xmx) - 1)) * (self.xmx.matches('[gG]$') ? 1048576 : "
                    + "self.xmx.matches('[mM]$') ? 1024 : 1)",
            fieldPath = ".xms",
            message = "jvm.xms must not be larger than jvm.xmx")
    public record Jvm(
            @Size(max = 8)
            @Pattern(Jvm.SIZE)
            @JsonPropertyDescription("Initial heap, such as 1024m or 2g. Default: xmx.")
            String xms,

            @Size(max = 8)
            @Pattern(Jvm.SIZE)
            @JsonPropertyDescription("Largest heap, such as 1024m or 2g. Default: 1024m, Traffic Manager 512m.")
            String xmx) {

        static final String SIZE = "^[1-9][0-9]{0,6}[kKmMgG]$";
    }

    /** Budgets in seconds; what is asked, and how often, follows from the tier and the product version. */
    public record Probes(
            @Default("600")
            @Min(60)
            @Max(7200)
            @JsonPropertyDescription("Seconds that a start may take before the container is restarted.")
            Integer startupSeconds,

            @Default("120")
            @Min(30)
            @Max(3600)
            @JsonPropertyDescription("Seconds without an answer before the container is restarted.")
            Integer livenessSeconds,

            @Default("30")
            @Min(10)
            @Max(600)
            @JsonPropertyDescription("Seconds without an answer before the node gets no more new calls.")
            Integer readinessSeconds) {}
}
