package com.wso2.apim.operator.resources;

import com.wso2.apim.operator.model.Cluster;
import com.wso2.apim.operator.model.Role;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.Map;

/** Names, namespace and labels of an object. */
final class Metadata {

    private Metadata() {}

    static ObjectMeta of(Cluster cluster, String name) {
        return of(cluster, name, cluster.names().labels(cluster.version()));
    }

    static ObjectMeta of(Cluster cluster, Role role, String name) {
        return of(cluster, name, cluster.names().labels(role, cluster.version()));
    }

    private static ObjectMeta of(Cluster cluster, String name, Map<String, String> labels) {
        return new ObjectMetaBuilder()
                .withName(name)
                .withNamespace(cluster.names().namespace())
                .withLabels(labels)
                .build();
    }
}
