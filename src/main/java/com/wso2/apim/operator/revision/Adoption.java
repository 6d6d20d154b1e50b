package com.wso2.apim.operator.revision;

import com.wso2.apim.operator.inputs.Inputs;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Which of the retained Secrets a resource found when it came. */
public final class Adoption {

    private Adoption() {}

    /**
     * Names of the retained Secrets in use that are older than the resource, in alphabetical order. The API server dates
     * both, to the second: of what was made within the same one, nothing can be said.
     */
    public static List<String> adopted(Inputs inputs, Sources sources) {
        var since = created(inputs.resource());
        return sources.retained().keySet().stream()
                .filter(name -> inputs.secret(name)
                        .flatMap(Adoption::created)
                        .filter(made -> since.filter(made::isBefore).isPresent())
                        .isPresent())
                .sorted()
                .toList();
    }

    private static Optional<Instant> created(HasMetadata object) {
        return Optional.ofNullable(object.getMetadata().getCreationTimestamp()).map(Instant::parse);
    }
}
