package com.wso2.apim.operator.revision;

import com.wso2.apim.operator.model.DriverJar;
import com.wso2.apim.operator.toml.KeyStoreFile;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The files of a node: what is mounted, where, and the JDBC driver that an init container brings. */
final class PodVolumes {

    private static final String HOME = "/home/wso2carbon";
    /** The entrypoint copies this tree over the server's home, whose path holds the version, before the start. */
    private static final String CONFIG_VOLUME = HOME + "/wso2-config-volume";

    private static final String ARTIFACT_VOLUME = HOME + "/wso2-artifact-volume";
    private static final String CONFIGURATION = "configuration";
    static final String STORES = "stores";
    private static final String DRIVER = "driver";
    static final String DRIVER_COPY = "jdbc-driver";
    private static final String DRIVER_DIRECTORY = "/driver";
    /** Readable by the group, which is the image's. */
    private static final int READ_ONLY = 0440;

    private final Optional<DriverJar> driver;
    private final String revision;
    private final String stores;

    PodVolumes(Optional<DriverJar> driver, String revision, String stores) {
        this.driver = driver;
        this.revision = revision;
        this.stores = stores;
    }

    /** Where the server finds each of its files. */
    List<VolumeMount> mounts() {
        var configuration = new VolumeMountBuilder()
                .withName(CONFIGURATION)
                .withMountPath(CONFIG_VOLUME + "/repository/conf/deployment.toml")
                .withSubPathExpr("$(POD_NAME).toml")
                .withReadOnly(true)
                .build();
        var security = Stream.of(KeyStoreFile.values()).map(store -> new VolumeMountBuilder()
                .withName(STORES)
                .withMountPath(CONFIG_VOLUME + "/repository/resources/security/" + store.fileName())
                .withSubPath(store.fileName())
                .withReadOnly(true)
                .build());
        var library = driver.stream().map(copied -> new VolumeMountBuilder()
                .withName(DRIVER)
                .withMountPath(ARTIFACT_VOLUME + "/repository/components/lib")
                .withReadOnly(true)
                .build());
        return Stream.of(Stream.of(configuration), security, library)
                .flatMap(mounts -> mounts)
                .toList();
    }

    /** The volumes of the pod. */
    List<Volume> volumes() {
        var configuration = new VolumeBuilder()
                .withName(CONFIGURATION)
                .withNewConfigMap()
                .withName(revision)
                .withDefaultMode(READ_ONLY)
                .endConfigMap()
                .build();
        var security = new VolumeBuilder()
                .withName(STORES)
                .withNewSecret()
                .withSecretName(stores)
                .withDefaultMode(READ_ONLY)
                .endSecret()
                .build();
        var library = driver.stream().map(copied -> new VolumeBuilder()
                .withName(DRIVER)
                .withNewEmptyDir()
                .endEmptyDir()
                .build());
        return Stream.concat(Stream.of(configuration, security), library).toList();
    }

    /** Copies the JDBC driver to where the server looks for it; absent where the product's image holds it, or needs none. */
    Optional<Container> driverCopy() {
        return driver.map(PodVolumes::driverCopy);
    }

    private static Container driverCopy(DriverJar driver) {
        return CopyContainer.of(DRIVER_COPY, driver.image())
                .withCommand("cp", driver.path(), DRIVER_DIRECTORY + "/")
                .addNewVolumeMount()
                .withName(DRIVER)
                .withMountPath(DRIVER_DIRECTORY)
                .endVolumeMount()
                .build();
    }
}
