package com.wso2.apim.operator.revision;

import com.wso2.apim.operator.model.Names;
import com.wso2.apim.operator.model.NodeStorage;
import com.wso2.apim.operator.model.Tier;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.util.Optional;

/** The volume of a node: where the server finds it, and what must be on it before the first start. */
final class StorageVolume {

    static final String SETUP = "storage-setup";

    /** A server does not make the tables of its local database: its image holds them, in a file. */
    private static final String SCRIPT = """
            set -e
            mkdir -p %1$s
            from="${WSO2_SERVER_HOME}/repository/database/%2$s"
            if [ -e "$from" ] && [ ! -e %1$s/%2$s ]; then
              cp "$from" %1$s/copy
              mv %1$s/copy %1$s/%2$s
            fi
            """;

    private final Tier tier;
    private final Optional<NodeStorage> storage;

    StorageVolume(Tier tier) {
        this.tier = tier;
        this.storage = tier.storage();
    }

    Optional<VolumeMount> mount() {
        return storage.map(given -> new VolumeMountBuilder()
                .withName(Names.STORAGE)
                .withMountPath(NodeStorage.MOUNT_PATH)
                .build());
    }

    /** Copies the image's local database to a volume that has none yet; whole or not at all. */
    Optional<Container> setup() {
        return mount().map(mount -> CopyContainer.of(SETUP, tier.image())
                .withImagePullPolicy(
                        tier.imagePullPolicy().map(Object::toString).orElse(null))
                .withCommand("/bin/sh", "-c", script())
                .withVolumeMounts(mount)
                .build());
    }

    private String script() {
        return SCRIPT.formatted(storage.map(NodeStorage::databaseDirectory).orElseThrow(), NodeStorage.DATABASE_FILE);
    }
}
