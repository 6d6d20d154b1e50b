package com.wso2.apim.operator.controlplane;

import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReviewBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;

/** Users of one namespace, each named after the one of the cluster's own ClusterRoles that it has there. */
record People(KubernetesClient client, String namespace) {

    void bind() {
        for (var role : List.of("view", "edit", "admin")) {
            var binding = new RoleBindingBuilder()
                    .withNewMetadata()
                    .withName(role)
                    .withNamespace(namespace)
                    .endMetadata()
                    .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", role)
                    .addNewSubject("rbac.authorization.k8s.io", "User", role, null)
                    .build();
            client.resource(binding).create();
        }
    }

    /** What the API server says of a user and the resource. */
    boolean may(String user, String verb) {
        var review = new SubjectAccessReviewBuilder()
                .withNewSpec()
                .withUser(user)
                .withNewResourceAttributes()
                .withNamespace(namespace)
                .withGroup("apim.wso2.com")
                .withResource("apimanagerclusters")
                .withVerb(verb)
                .endResourceAttributes()
                .endSpec()
                .build();
        return client.resource(review).create().getStatus().getAllowed();
    }
}
