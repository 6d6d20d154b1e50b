package com.wso2.apim.operator.resources;

import com.wso2.apim.operator.model.Cluster;
import com.wso2.apim.operator.model.Frontend;
import com.wso2.apim.operator.model.Role;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.BackendTLSPolicy;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.BackendTLSPolicyBuilder;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.LocalPolicyTargetReferenceWithSectionName;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.LocalPolicyTargetReferenceWithSectionNameBuilder;
import java.util.List;

/** How a proxy talks to the nodes: by TLS, and only to those with a certificate of the deployment's own authority. */
final class BackendPolicies {

    /** Where every controller looks. */
    private static final String KEY = "ca.crt";

    private BackendPolicies() {}

    /** The authority's certificate, which is public: a ConfigMap is the one form that every controller can read. */
    static ConfigMap authority(Cluster cluster, String certificate) {
        return new ConfigMapBuilder()
                .withMetadata(
                        Metadata.of(cluster, Role.ALL_IN_ONE, cluster.names().backendAuthority()))
                .addToData(KEY, certificate)
                .build();
    }

    /** The name that is checked is the Service's: it is in the certificate whatever the public names are. */
    static BackendTLSPolicy of(Cluster cluster) {
        return new BackendTLSPolicyBuilder()
                .withMetadata(
                        Metadata.of(cluster, Role.ALL_IN_ONE, cluster.names().tier(Role.ALL_IN_ONE)))
                .withNewSpec()
                .withTargetRefs(targets(cluster))
                .withNewValidation()
                .addNewCaCertificateRef()
                .withGroup("")
                .withKind("ConfigMap")
                .withName(cluster.names().backendAuthority())
                .endCaCertificateRef()
                .withHostname(cluster.endpoints().service(Role.ALL_IN_ONE))
                .endValidation()
                .endSpec()
                .build();
    }

    private static List<LocalPolicyTargetReferenceWithSectionName> targets(Cluster cluster) {
        return cluster.frontends().stream()
                .map(Frontend::port)
                .distinct()
                .map(port -> new LocalPolicyTargetReferenceWithSectionNameBuilder()
                        .withGroup("")
                        .withKind("Service")
                        .withName(cluster.names().tier(Role.ALL_IN_ONE))
                        .withSectionName(port.portName())
                        .build())
                .toList();
    }
}
