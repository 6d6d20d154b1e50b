package com.wso2.apim.operator.inputs;

import com.fasterxml.jackson.databind.JsonNode;
import com.wso2.apim.operator.api.v1alpha1.ApiManagerCluster;
import com.wso2.apim.operator.inputs.GatewayApi.Persistence;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.BackendTLSPolicy;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/**
 * Finds out what the cluster serves of Gateway API. The API server publishes the schemas with a hash, so the long document is
 * read once for each state of the CRDs, and every client may read it: no right to read CRDs is needed.
 */
final class GatewayApiReader {

    private static final String INDEX = "/openapi/v3";
    private static final String VERSION = "apis/gateway.networking.k8s.io/v1";
    private final KubernetesClient client;
    private final ListedObjects listed;
    private final AtomicReference<Known> known = new AtomicReference<>(new Known("", GatewayApi.ABSENT));

    private record Known(String address, GatewayApi api) {}

    GatewayApiReader(KubernetesClient client) {
        this.client = client;
        this.listed = new ListedObjects(client);
    }

    /** What is served now. An API server that has just started serves kinds whose schemas it publishes only a moment later. */
    GatewayApi served() {
        if (get("/" + VERSION).isEmpty()) {
            return GatewayApi.ABSENT;
        }
        var address = get(INDEX)
                .map(index -> index.path("paths").path(VERSION).path("serverRelativeURL"))
                .map(JsonNode::asText)
                .orElse("");
        var last = known.get();
        if (address.isEmpty() || last.address().equals(address)) {
            return last.api();
        }
        return get(address)
                .map(GatewayApiReader::described)
                .map(api -> keep(address, api))
                .orElse(last.api());
    }

    private GatewayApi keep(String address, GatewayApi api) {
        known.set(new Known(address, api));
        return api;
    }

    /** Objects of a resource. */
    List<HasMetadata> objects(ApiManagerCluster resource, Map<String, String> labels) {
        return Stream.of(HTTPRoute.class, BackendTLSPolicy.class)
                .flatMap(kind -> listed.of(kind, resource, labels).stream())
                .flatMap(List::stream)
                .map(HasMetadata.class::cast)
                .toList();
    }

    private Optional<JsonNode> get(String address) {
        return Optional.ofNullable(client.raw(address)).map(text -> Serialization.unmarshal(text, JsonNode.class));
    }

    /** Reads the document of the group's version. */
    static GatewayApi described(JsonNode document) {
        var kinds = new HashSet<String>();
        var persistence = Persistence.NONE;
        for (var schema : document.path("components").path("schemas")) {
            var kind = schema.at("/x-kubernetes-group-version-kind/0/kind").asText();
            kinds.add(kind);
            if (kind.equals("HTTPRoute")) {
                persistence = persistence(schema);
            }
        }
        return new GatewayApi(Set.copyOf(kinds), persistence);
    }

    private static Persistence persistence(JsonNode route) {
        var fields = route.at("/properties/spec/properties/rules/items/properties/sessionPersistence/properties");
        if (fields.has("cookie")) {
            return Persistence.BY_COOKIE;
        }
        return fields.has("sessionName") ? Persistence.BY_SESSION_NAME : Persistence.NONE;
    }
}
