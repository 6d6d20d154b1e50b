package com.wso2.apim.operator.resources;

import com.wso2.apim.operator.api.v1alpha1.ApiManagerCluster;
import com.wso2.apim.operator.api.v1alpha1.Retention;
import com.wso2.apim.operator.model.Cluster;
import com.wso2.apim.operator.model.Names;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

/** Sources that outlive the resource, and what pods mount. */
final class Secrets {

    private Secrets() {}

    /** Content in clear, as a Secret holds it. */
    static Map<String, String> encoded(Map<String, String> data) {
        var encoded = new TreeMap<String, String>();
        data.forEach((key, value) ->
                encoded.put(key, Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8))));
        return encoded;
    }

    /** Without an owner it outlives the resource, and with one the cluster removes it as soon as that is gone. */
    static Secret retained(Cluster cluster, ApiManagerCluster resource, String name, Map<String, String> data) {
        var secret = new SecretBuilder()
                .withMetadata(Metadata.of(cluster, name))
                .editMetadata()
                .addToAnnotations(Names.OWNER_ANNOTATION, cluster.names().owner())
                // Without an owner, Argo CD could take it for one of an Application that has the resource's name.
                .addToAnnotations("argocd.argoproj.io/sync-options", "Prune=false,Delete=false")
                .addToAnnotations("argocd.argoproj.io/compare-options", "IgnoreExtraneous")
                .endMetadata()
                .withType(Names.RETAINED_TYPE)
                // Another encryption key makes everything unreadable that the databases hold encrypted.
                .withImmutable(name.equals(cluster.names().encryptionSecret()) ? true : null)
                .withData(data)
                .build();
        if (cluster.retention() == Retention.DELETE) {
            secret.addOwnerReference(resource);
        }
        return secret;
    }

    static Secret mounted(Cluster cluster, String name, Map<String, String> data) {
        return new SecretBuilder()
                .withMetadata(Metadata.of(cluster, name))
                .withType("Opaque")
                .withImmutable(true)
                .withData(data)
                .build();
    }
}
