package com.wso2.apim.operator.inputs;

import com.wso2.apim.operator.api.v1alpha1.ApiManagerCluster;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Lists objects of kinds that a cluster may lack. They are listed instead of watched: an informer on a kind that goes away
 * would end the operator.
 */
record ListedObjects(KubernetesClient client) {

    private static final Set<Integer> NOT_THERE =
            Set.of(HttpURLConnection.HTTP_NOT_FOUND, HttpURLConnection.HTTP_FORBIDDEN);

    /** Objects of a resource; empty if the kind is gone, or if the operator has no right to it. */
    <T extends HasMetadata> Optional<List<T>> of(
            Class<T> kind, ApiManagerCluster resource, Map<String, String> labels) {
        var namespace = resource.getMetadata().getNamespace();
        try {
            return Optional.of(
                    client.resources(kind).inNamespace(namespace).withLabels(labels).list().getItems().stream()
                            .filter(object -> object.hasOwnerReferenceFor(resource))
                            .collect(Collectors.toUnmodifiableList()));
        } catch (KubernetesClientException e) {
            if (NOT_THERE.contains(e.getCode())) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
