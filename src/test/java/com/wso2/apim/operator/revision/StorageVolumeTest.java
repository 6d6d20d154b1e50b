package com.wso2.apim.operator.revision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.wso2.apim.operator.model.Cluster;
import com.wso2.apim.operator.model.Names;
import com.wso2.apim.operator.model.Problem;
import com.wso2.apim.operator.model.Resolver;
import com.wso2.apim.operator.model.Role;
import com.wso2.apim.operator.support.AdmittedResource;
import com.wso2.apim.operator.support.Installation;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The volume of each node. */
class StorageVolumeTest {

    private static final String MOUNT = "/home/wso2carbon/storage";
    private static final String SIZE = "storage: {size: 5Gi}";

    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource
    void isMountedWhereTheFilesSayAndPreparedByTheServersOwnImage(Role role) {
        var cluster = cluster("{spec: {allInOne: {%s}, trafficManager: {%s}}}".formatted(SIZE, SIZE));
        var pod = new PodTemplate(cluster, cluster.tier(role), "", "", "").own().getSpec();
        var server = pod.getContainers().get(0);
        var setup = pod.getInitContainers().get(pod.getInitContainers().size() - 1);

        assertThat(setup.getImage()).isEqualTo(server.getImage());
        assertThat(List.of(setup, server)).allSatisfy(container -> assertThat(container.getVolumeMounts())
                .extracting(VolumeMount::getName, VolumeMount::getMountPath)
                .contains(tuple("storage", MOUNT)));
        assertThat(ServerFiles.of(cluster).of(role).values()).allSatisfy(file -> {
            assertThat(file)
                    .contains("url = \"jdbc:h2:%s/4.5.0/database/WSO2CARBON_DB;DB_CLOSE_ON_EXIT=FALSE\""
                            .formatted(MOUNT));
            assertThat(file.contains("location = \"%s/4.5.0/index\"".formatted(MOUNT)))
                    .isEqualTo(role == Role.ALL_IN_ONE);
        });
    }

    @Test
    void isOfTheTierThatAsksForIt() {
        var cluster = cluster("{spec: {allInOne: {%s}}}".formatted(SIZE));

        assertThat(new PodTemplate(cluster, cluster.trafficManager(), "", "", "")
                        .own()
                        .getSpec()
                        .getInitContainers())
                .extracting(Container::getName)
                .doesNotContain("storage-setup");
        assertThat(ServerFiles.of(cluster).of(Role.TRAFFIC_MANAGER).values()).allMatch(file -> !file.contains(MOUNT));
    }

    @Test
    void getsTheLocalDatabaseOfTheImageBeforeTheFirstStartAndNeverAgain() throws Exception {
        Files.createDirectories(directory.resolve("home/repository/database"));
        var shipped = directory.resolve("home/repository/database/WSO2CARBON_DB.mv.db");
        var kept = directory.resolve("volume/4.5.0/database/WSO2CARBON_DB.mv.db");

        Files.writeString(shipped, "with tables");
        assertThat(runSetup()).isZero();
        assertThat(kept).hasContent("with tables");

        Files.writeString(kept, "with what the server has written");
        assertThat(runSetup()).isZero();
        assertThat(kept).hasContent("with what the server has written");
        assertThat(directory.resolve("volume/4.5.0/database")).isDirectoryNotContaining("glob:**copy");
    }

    @Test
    void isPreparedForAnImageWithoutALocalDatabaseToo() throws Exception {
        assertThat(runSetup()).isZero();
        assertThat(directory.resolve("volume/4.5.0/database")).isEmptyDirectory();
    }

    @Test
    void stopsTheStartWhereTheVolumeCannotBeWritten() throws Exception {
        Files.writeString(directory.resolve("volume"), "no directory");

        assertThat(runSetup()).isNotZero();
    }

    @Test
    void isNoPlaceForAVolumeOfTheUsersOwn() throws IOException {
        var cluster = cluster("""
                {spec: {allInOne: {storage: {size: 5Gi}, podTemplate: {spec: {
                containers: [{name: wso2am, volumeMounts: [{name: mine, mountPath: /home/wso2carbon/storage/mine}]}],
                volumes: [{name: storage, emptyDir: {}}]}}}}}""");

        assertThat(PodShape.problems(cluster))
                .extracting(Problem::toString)
                .containsExactlyInAnyOrder(
                        "spec.allInOne.podTemplate.spec.volumes[storage]: the operator has a volume of this name: "
                                + "choose another",
                        "spec.allInOne.podTemplate.spec.containers[wso2am].volumeMounts[/home/wso2carbon/storage/mine]: "
                                + "the operator mounts /home/wso2carbon/storage: choose a path that is neither above nor "
                                + "below it");
    }

    private int runSetup() throws IOException, InterruptedException {
        var cluster = cluster("{spec: {allInOne: {%s}}}".formatted(SIZE));
        var command = new StorageVolume(cluster.allInOne())
                .setup().orElseThrow().getCommand().stream()
                        .map(word ->
                                word.replace(MOUNT, directory.resolve("volume").toString()))
                        .toList();
        var process = new ProcessBuilder(command).inheritIO();
        process.environment().put("WSO2_SERVER_HOME", directory.resolve("home").toString());
        return process.start().waitFor();
    }

    private static Cluster cluster(String change) {
        var resource = AdmittedResource.of(Path.of("src/test/resources/reference/cr.yaml"), change);
        return Resolver.resolve(new Names("wso2", "apim"), resource.getSpec(), Installation.SETTINGS)
                .cluster()
                .orElseThrow();
    }
}
