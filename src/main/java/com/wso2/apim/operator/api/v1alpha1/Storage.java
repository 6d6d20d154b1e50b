package com.wso2.apim.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** A volume for each node of a tier, never shared. */
public record Storage(
        @Required
        @Size(max = 24)
        @Pattern("^[1-9][0-9]{0,15}([KMGTPE]i|[kMGTPE])?$")
        @JsonPropertyDescription("Size of the volume of each node, such as 5Gi.")
        String size,

        @Size(min = 1, max = 253) @JsonPropertyDescription("Storage class. Default: that of the cluster.")
        String className,

        @Size(min = 1, max = 3)
        @JsonPropertyDescription(
                "Access modes of the volume. Default: ReadWriteOnce; each volume is of one node anyway.")
        List<AccessMode> accessModes) {

    /** How a volume may be mounted. */
    public enum AccessMode {
        @JsonProperty("ReadWriteOnce")
        READ_WRITE_ONCE("ReadWriteOnce"),
        @JsonProperty("ReadWriteOncePod")
        READ_WRITE_ONCE_POD("ReadWriteOncePod"),
        @JsonProperty("ReadWriteMany")
        READ_WRITE_MANY("ReadWriteMany");

        private final String text;

        AccessMode(String text) {
            this.text = text;
        }

        /** As Kubernetes writes it. */
        @Override
        public String toString() {
            return text;
        }
    }
}
