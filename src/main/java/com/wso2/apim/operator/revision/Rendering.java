package com.wso2.apim.operator.revision;

import com.wso2.apim.operator.inputs.Inputs;
import com.wso2.apim.operator.model.Cluster;
import com.wso2.apim.operator.model.Role;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** What this operator makes of a resource: a revision of each tier, what they mount, and where they come from. */
record Rendering(Map<Role, Revision> revisions, Sources sources, MountedSecrets mounted, Origin origin) {

    static Rendering of(Inputs inputs, Cluster cluster, ServerFiles files, Sources sources) {
        var mounted = MountedSecrets.of(cluster.names(), sources);
        var revisions = new EnumMap<Role, Revision>(Role.class);
        for (var role : Role.values()) {
            revisions.put(role, Revision.of(cluster, role, files.of(role), mounted.environment(), mounted.stores()));
        }
        var generation = Optional.ofNullable(inputs.resource().getMetadata().getGeneration());
        return new Rendering(revisions, sources, mounted, Origin.of(generation, sources, revisions));
    }
}
