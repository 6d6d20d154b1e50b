package com.wso2.apim.operator.revision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.wso2.apim.operator.api.v1alpha1.ProductVersion;
import com.wso2.apim.operator.model.Dialect;
import com.wso2.apim.operator.model.Names;
import com.wso2.apim.operator.model.Resolver;
import com.wso2.apim.operator.model.Role;
import com.wso2.apim.operator.support.AdmittedResource;
import com.wso2.apim.operator.support.Installation;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** How the JDBC driver gets into the pods. */
class PodTemplateTest {

    private static final String LIBRARY = "/home/wso2carbon/wso2-artifact-volume/repository/components/lib";

    @ParameterizedTest
    @CsvSource({
        "MySQL, mysql-connector-j.jar",
        "MariaDB, mariadb-java-client.jar",
        "PostgreSQL, postgresql.jar",
        "MSSQL, mssql-jdbc.jar"
    })
    void copiesTheDriverOfTheVendorOutOfTheOperatorsImage(String type, String jar) {
        var pod = pod(Role.ALL_IN_ONE, "{spec: {database: {type: %s}}}".formatted(type));

        assertThat(pod.getInitContainers()).singleElement().satisfies(copy -> {
            assertThat(copy.getImage()).isEqualTo("apim-operator:0.1.0");
            assertThat(copy.getCommand()).containsExactly("cp", "/opt/apim-operator/drivers/" + jar, "/driver/");
        });
    }

    @Test
    void copiesTheDriverThatTheUserNames() {
        var pod = pod(Role.ALL_IN_ONE, """
                {spec: {database: {type: Oracle, driver: {image: "mine/ojdbc:1", path: /drivers/ojdbc11.jar}}}}""");

        assertThat(pod.getInitContainers()).singleElement().satisfies(copy -> {
            assertThat(copy.getImage()).isEqualTo("mine/ojdbc:1");
            assertThat(copy.getCommand()).containsExactly("cp", "/drivers/ojdbc11.jar", "/driver/");
        });
    }

    @Test
    void takesOnlyTheClassFromADriverWithoutAnImage() {
        var pod = pod(Role.ALL_IN_ONE, "{spec: {database: {driver: {className: com.mysql.jdbc.Driver}}}}");

        assertThat(pod.getInitContainers()).extracting(Container::getImage).containsExactly("apim-operator:0.1.0");
    }

    @ParameterizedTest
    @EnumSource
    void copiesNothingWhereTheProductsImageHoldsTheDriver(Role role) {
        var pod = pod(role, "{spec: {database: {driver: {source: ProductImage}}}}");

        assertThat(pod.getInitContainers()).isEmpty();
        assertThat(pod.getVolumes()).extracting(Volume::getName).doesNotContain("driver");
        assertThat(server(pod).getVolumeMounts())
                .extracting(VolumeMount::getMountPath)
                .doesNotContain(LIBRARY);
    }

    @ParameterizedTest
    @EnumSource
    void copiesTheDriverIntoTrafficManagersThatReadTheDatabasesAndNoOthers(ProductVersion version) {
        var pod = pod(Role.TRAFFIC_MANAGER, "{spec: {version: %s}}".formatted(version));

        assertThat(pod.getInitContainers()).hasSize(Dialect.of(version).trafficManagerHasDatabases() ? 1 : 0);
    }

    @Test
    void handsTheCopyToTheServerThroughItsArtifactVolume() {
        var pod = pod(Role.ALL_IN_ONE, "{}");

        assertThat(pod.getVolumes())
                .filteredOn(volume -> volume.getEmptyDir() != null)
                .extracting(Volume::getName)
                .containsExactly("driver");
        assertThat(pod.getInitContainers().get(0).getVolumeMounts())
                .extracting(VolumeMount::getName, VolumeMount::getMountPath)
                .containsExactly(tuple("driver", "/driver"));
        assertThat(server(pod).getVolumeMounts())
                .filteredOn(mount -> mount.getName().equals("driver"))
                .singleElement()
                .satisfies(mount -> {
                    assertThat(mount.getMountPath()).isEqualTo(LIBRARY);
                    assertThat(mount.getReadOnly()).isTrue();
                });
    }

    @Test
    void copiesAsTheServersUserWithLittleAndWithoutRights() {
        var copy = pod(Role.ALL_IN_ONE, "{}").getInitContainers().get(0);

        assertThat(copy.getSecurityContext().getRunAsUser()).isNull();
        assertThat(copy.getSecurityContext().getAllowPrivilegeEscalation()).isFalse();
        assertThat(copy.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
        assertThat(copy.getSecurityContext().getCapabilities().getDrop()).containsExactly("ALL");
        assertThat(copy.getResources().getRequests()).containsOnlyKeys("cpu", "memory");
        assertThat(copy.getResources().getLimits()).containsOnlyKeys("memory");
    }

    private static Container server(PodSpec pod) {
        return pod.getContainers().get(0);
    }

    private static PodSpec pod(Role role, String change) {
        var resource = AdmittedResource.of(Path.of("src/test/resources/reference/cr.yaml"), change);
        var cluster = Resolver.resolve(new Names("wso2", "apim"), resource.getSpec(), Installation.SETTINGS)
                .cluster()
                .orElseThrow();
        return new PodTemplate(cluster, cluster.tier(role), "revision", "environment", "stores")
                .build()
                .getSpec();
    }
}
