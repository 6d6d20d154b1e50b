package com.wso2.apim.operator.resources;

import com.wso2.apim.operator.model.Cluster;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;

/** The identity of the nodes, which need none of the API server. */
final class ServiceAccounts {

    private ServiceAccounts() {}

    static ServiceAccount of(Cluster cluster) {
        return new ServiceAccountBuilder()
                .withMetadata(Metadata.of(cluster, cluster.names().serviceAccount()))
                .editMetadata()
                .addToAnnotations(cluster.serviceAccountAnnotations())
                .endMetadata()
                .withAutomountServiceAccountToken(false)
                .build();
    }
}
