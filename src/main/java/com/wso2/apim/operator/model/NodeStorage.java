package com.wso2.apim.operator.model;

import com.wso2.apim.operator.api.v1alpha1.Storage;
import com.wso2.apim.operator.api.v1alpha1.Storage.AccessMode;
import java.util.List;
import java.util.Optional;

/**
 * The volume of each node of a tier, and where on it a product version keeps what. What another version has written is not
 * read: neither its index nor its local database need fit.
 *
 * @param className absent for the cluster's default
 * @param home directory of the product version
 */
public record NodeStorage(String size, Optional<String> className, List<String> accessModes, String home) {

    /** Where the volume is mounted; the server's own home has its version in its path and would be hidden. */
    public static final String MOUNT_PATH = "/home/wso2carbon/storage";

    /** The local database's file in the image, below {@code repository/database}, and on the volume. */
    public static final String DATABASE_FILE = "WSO2CARBON_DB.mv.db";

    /** The storage that a spec asks for, for a product version. */
    static NodeStorage of(Storage spec, String version) {
        return new NodeStorage(
                CanonicalQuantity.of(spec.size()),
                Optional.ofNullable(spec.className()),
                Optional.ofNullable(spec.accessModes()).orElse(List.of(AccessMode.READ_WRITE_ONCE)).stream()
                        .map(AccessMode::toString)
                        .toList(),
                MOUNT_PATH + "/" + version);
    }

    /** Directory of the local database. */
    public String databaseDirectory() {
        return home + "/database";
    }

    /** Directory of the search index. */
    public String indexDirectory() {
        return home + "/index";
    }
}
