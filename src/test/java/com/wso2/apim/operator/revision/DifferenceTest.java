package com.wso2.apim.operator.revision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.wso2.apim.operator.model.Role;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The difference of two revisions, in words. */
class DifferenceTest {

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void isToldInWords(String words, UnaryOperator<PodTemplateSpecBuilder> change) {
        assertThat(difference(Map.of(), change)).isEqualTo("[traffic-manager: " + words + "]");
    }

    private static Stream<Arguments> isToldInWords() {
        return Stream.of(
                change("pod label example.com/team", pod -> pod.editMetadata()
                        .addToLabels("example.com/team", "api")
                        .endMetadata()),
                change("pod annotation example.com/note", pod -> pod.editMetadata()
                        .addToAnnotations("example.com/note", "hello")
                        .endMetadata()),
                change("image", pod -> pod.editSpec()
                        .editContainer(0)
                        .withImage("other")
                        .endContainer()
                        .endSpec()),
                change("image of container jdbc-driver", pod -> pod.editSpec()
                        .editInitContainer(0)
                        .withImage("other")
                        .endInitContainer()
                        .endSpec()),
                change("variable PASSWORD", pod -> pod.editSpec()
                        .editContainer(0)
                        .editEnv(0)
                        .withValue("another-secret")
                        .endEnv()
                        .endContainer()
                        .endSpec()),
                change("Secret with the environment", pod -> pod.editSpec()
                        .editContainer(0)
                        .editEnvFrom(0)
                        .withNewSecretRef("apim-env-2", false)
                        .endEnvFrom()
                        .endContainer()
                        .endSpec()),
                change("Secret with the stores", pod -> pod.editSpec()
                        .editVolume(1)
                        .withNewSecret()
                        .withSecretName("apim-stores-2")
                        .endSecret()
                        .endVolume()
                        .endSpec()),
                change("pod spec.containers.wso2am.livenessProbe.periodSeconds", pod -> pod.editSpec()
                        .editContainer(0)
                        .editLivenessProbe()
                        .withPeriodSeconds(7)
                        .endLivenessProbe()
                        .endContainer()
                        .endSpec()),
                change("pod spec.volumes.scratch", pod -> pod.editSpec()
                        .addNewVolume()
                        .withName("scratch")
                        .endVolume()
                        .endSpec()),
                change("the name of the revision", pod -> pod));
    }

    @Test
    void isToldOnceForAllNodesAndNotInFullLength() {
        var keys = new StringBuilder("[t]\n");
        IntStream.range(0, 10).forEach(i -> keys.append("k").append(i).append(" = 1\n"));

        assertThat(difference(Map.of("0.toml", keys.toString(), "1.toml", keys.toString()), pod -> pod))
                .isEqualTo("[traffic-manager: [t] added]");
        assertThat(difference(Map.of("0.toml", keys.toString().replace("[t]\n", "")), pod -> pod))
                .isEqualTo("[traffic-manager: k0 added, k1 added, k2 added, k3 added, k4 added, k5 added, k6 added, "
                        + "k7 added and 2 more]");
    }

    @Test
    void isNoneWhereTheNamesAreTheSame() {
        var revision = revision("apim-tm-1", Map.of(), template("apim-tm-1"));

        assertThat(Difference.between(both(revision), both(revision))).isEmpty();
    }

    private static Arguments change(String words, UnaryOperator<PodTemplateSpecBuilder> change) {
        return arguments(words, change);
    }

    private static String difference(Map<String, String> files, UnaryOperator<PodTemplateSpecBuilder> change) {
        var before = revision("apim-tm-1", Map.of(), template("apim-tm-1"));
        var template =
                change.apply(new PodTemplateSpecBuilder(template("apim-tm-2"))).build();
        var after = revision("apim-tm-2", files, template);
        return Difference.between(both(before), Map.of(Role.ALL_IN_ONE, before, Role.TRAFFIC_MANAGER, after))
                .toString();
    }

    private static Map<Role, Revision> both(Revision revision) {
        return Map.of(Role.ALL_IN_ONE, revision, Role.TRAFFIC_MANAGER, revision);
    }

    private static Revision revision(String name, Map<String, String> files, PodTemplateSpec template) {
        return new Revision(name, files, template);
    }

    private static PodTemplateSpec template(String revision) {
        return new PodTemplateSpecBuilder()
                .withNewMetadata()
                .addToLabels("app.kubernetes.io/name", "apimanagercluster")
                .addToAnnotations("apim.wso2.com/revision", revision)
                .endMetadata()
                .withNewSpec()
                .addNewInitContainer()
                .withName("jdbc-driver")
                .withImage("one")
                .endInitContainer()
                .addNewContainer()
                .withName("wso2am")
                .withImage("one")
                .addNewEnv()
                .withName("PASSWORD")
                .withValue("secret")
                .endEnv()
                .addNewEnvFrom()
                .withNewSecretRef("apim-env-1", false)
                .endEnvFrom()
                .withNewLivenessProbe()
                .withPeriodSeconds(5)
                .endLivenessProbe()
                .endContainer()
                .addNewVolume()
                .withName("configuration")
                .withNewConfigMap()
                .withName(revision)
                .endConfigMap()
                .endVolume()
                .addNewVolume()
                .withName("stores")
                .withNewSecret()
                .withSecretName("apim-stores-1")
                .endSecret()
                .endVolume()
                .endSpec()
                .build();
    }
}
