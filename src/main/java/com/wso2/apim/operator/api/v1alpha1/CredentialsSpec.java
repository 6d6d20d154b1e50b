package com.wso2.apim.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** Changes of what the first boot wrote into the databases. */
public record CredentialsSpec(
        @Size(max = 16)
        @JsonPropertyDescription(
                "Changes of the administrator, of the encryption key, or of the signing or encryption key pair that the "
                        + "nodes are to take over, because the databases know them too: by the tokens that the condition "
                        + "CredentialsInSync names. Each token stands for one change from one value to another.")
        List<@Pattern("^[0-9a-f]{10}$") String> acknowledged) {}
