package com.wso2.apim.operator.support;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.wso2.apim.operator.api.v1alpha1.ApiManagerCluster;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Resources as the operator gets to see them: with the defaults of the committed CRD, which the API server fills in. */
public final class AdmittedResource {

    private static final ObjectMapper YAML = new YAMLMapper();
    private static final JsonNode SCHEMA = schema(Path.of("crds", "apimanagerclusters.apim.wso2.com-v1.yml"));

    private AdmittedResource() {}

    /**
     * The resource of a file.
     *
     * @param changes YAML that is merged over it, in turn; {@code null} removes
     */
    public static ApiManagerCluster of(Path file, String... changes) {
        try {
            var resource = (ObjectNode) YAML.readTree(Files.readString(file));
            for (var change : changes) {
                merge(resource, YAML.readTree(change));
            }
            fill(resource, SCHEMA);
            return Serialization.unmarshal(resource.toString(), ApiManagerCluster.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As {@code kubectl patch --type merge} does. */
    private static void merge(ObjectNode object, JsonNode change) {
        change.properties().forEach(entry -> {
            if (entry.getValue().isNull()) {
                object.remove(entry.getKey());
            } else if (entry.getValue().isObject()
                    && object.path(entry.getKey()).isObject()) {
                merge((ObjectNode) object.get(entry.getKey()), entry.getValue());
            } else {
                object.set(entry.getKey(), entry.getValue());
            }
        });
    }

    /** Top down, so that an object which is itself a default gets the defaults of its fields. */
    private static void fill(JsonNode value, JsonNode schema) {
        if (value.isArray()) {
            value.forEach(element -> fill(element, schema.path("items")));
        } else if (value instanceof ObjectNode object) {
            schema.path("properties").properties().forEach(property -> {
                if (property.getValue().has("default") && !object.hasNonNull(property.getKey())) {
                    object.set(
                            property.getKey(),
                            property.getValue().get("default").deepCopy());
                }
                fill(object.path(property.getKey()), property.getValue());
            });
        }
    }

    private static JsonNode schema(Path crd) {
        try {
            return YAML.readTree(Files.readString(crd)).at("/spec/versions/0/schema/openAPIV3Schema");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
