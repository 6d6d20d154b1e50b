package com.wso2.apim.operator.resources;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;

/**
 * The one list of what the cluster is to hold for a resource.
 *
 * @param objects each complete; a kind that is not wanted is simply absent
 * @param prunes whether an owned object that is not in the list goes; never while a problem freezes the deployment
 */
public record Desired(List<HasMetadata> objects, boolean prunes) {

    /** Objects of one kind. */
    public <T extends HasMetadata> List<T> of(Class<T> kind) {
        return objects.stream().filter(kind::isInstance).map(kind::cast).toList();
    }
}
