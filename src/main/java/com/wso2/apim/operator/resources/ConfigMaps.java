package com.wso2.apim.operator.resources;

import com.wso2.apim.operator.model.Cluster;
import com.wso2.apim.operator.model.Role;
import com.wso2.apim.operator.revision.Admitted;
import com.wso2.apim.operator.revision.Revision;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.util.stream.Stream;

/** Stored revisions, and what was last admitted. */
final class ConfigMaps {

    private ConfigMaps() {}

    static ConfigMap revision(Cluster cluster, Revision revision) {
        var role = Stream.of(Role.values())
                .filter(candidate -> revision.name().startsWith(cluster.names().revision(candidate, "")))
                .findFirst()
                .orElseThrow();
        return new ConfigMapBuilder()
                .withMetadata(Metadata.of(cluster, role, revision.name()))
                .withImmutable(true)
                .withData(revision.data())
                .build();
    }

    static ConfigMap admitted(Cluster cluster, Admitted admitted) {
        return new ConfigMapBuilder()
                .withMetadata(Metadata.of(cluster, cluster.names().admitted()))
                .withData(admitted.data())
                .build();
    }
}
