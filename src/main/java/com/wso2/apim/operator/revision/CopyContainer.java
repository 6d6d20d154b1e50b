package com.wso2.apim.operator.revision;

import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.Quantity;

/** An init container that copies files and does nothing else: small, and with no right that it does not need. */
final class CopyContainer {

    private CopyContainer() {}

    static ContainerBuilder of(String name, String image) {
        return new ContainerBuilder()
                .withName(name)
                .withImage(image)
                .withNewResources()
                .addToRequests("cpu", new Quantity("10m"))
                .addToRequests("memory", new Quantity("32Mi"))
                .addToLimits("memory", new Quantity("64Mi"))
                .endResources()
                .withSecurityContext(PodTemplate.restricted()
                        .edit()
                        .withReadOnlyRootFilesystem(true)
                        .build());
    }
}
