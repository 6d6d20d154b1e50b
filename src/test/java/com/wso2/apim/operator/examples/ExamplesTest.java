package com.wso2.apim.operator.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.wso2.apim.operator.model.Names;
import com.wso2.apim.operator.support.ConfigMapper;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The examples of the documentation give what stands beside them, in the order of a first boot. */
class ExamplesTest {

    private static final boolean UPDATE = Boolean.getBoolean("golden.update");
    private static final List<Example> EXAMPLES = Example.all();
    private static final Pattern VARIABLE = Pattern.compile("\\$env\\{([^}]*)}");
    private static final Pattern PEER = Pattern.compile("://([-a-z0-9.]+\\.svc\\.cluster\\.local):([0-9]+)");

    static List<Example> examples() {
        return EXAMPLES;
    }

    @ParameterizedTest
    @MethodSource("examples")
    void giveADeploymentTomlForEachNode(Example example) throws IOException {
        for (var file : example.files().entrySet()) {
            assertThatFile(example.expected(file.getKey()), file.getValue());
        }
        try (var expected = Files.list(example.expected(""))) {
            assertThat(expected.map(path -> path.getFileName().toString()).filter(name -> name.endsWith(".toml")))
                    .containsExactlyInAnyOrderElementsOf(example.files().keySet());
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void giveObjects(Example example) throws IOException {
        assertThatFile(example.expected("objects.yaml"), example.objects());
    }

    @ParameterizedTest
    @MethodSource("examples")
    void giveTheseWarnings(Example example) throws IOException {
        assertThatFile(example.expected("warnings.txt"), example.warnings());
    }

    @ParameterizedTest
    @MethodSource("examples")
    void bootOneAllInOneNodeFirstThenTheTrafficManagersThenTheOther(Example example) {
        assertThat(example.simulation().happened())
                .containsExactly(
                        "apim-aio-0 starts",
                        "apim-aio-0 is Ready",
                        "apim-tm-0 starts",
                        "apim-tm-1 starts",
                        "apim-tm-0 is Ready",
                        "apim-tm-1 is Ready",
                        "apim-aio-1 starts",
                        "apim-aio-1 is Ready");
    }

    @ParameterizedTest
    @MethodSource("examples")
    void wantTheSameInTheNextPass(Example example) {
        assertThat(example.simulation().settle().objects())
                .containsExactlyInAnyOrderElementsOf(example.desired().objects());
    }

    @ParameterizedTest
    @MethodSource("examples")
    void holdSecretValuesInSecretsOnly(Example example) {
        var others = example.desired().objects().stream()
                .filter(object -> !(object instanceof Secret))
                .map(Serialization::asJson)
                .toList();

        assertThat(example.secretValues()).hasSizeGreaterThan(40).allSatisfy(value -> assertThat(others)
                .noneMatch(text -> text.contains(value)));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void areTakenByTheServersOwnReader(Example example) {
        for (var mapper : ConfigMapper.values()) {
            assertThat(example.files())
                    .allSatisfy((file, text) -> assertThat(mapper.read(text)).containsKey("server.hostname"));
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void givePodsEveryVariableThatTheirFilesAskFor(Example example) {
        assertThat(example.desired().of(StatefulSet.class)).hasSize(2).allSatisfy(set -> {
            var files = example.files().entrySet().stream()
                    .filter(file -> file.getKey().startsWith(set.getMetadata().getName()))
                    .flatMap(file -> VARIABLE.matcher(file.getValue()).results())
                    .map(match -> match.group(1));
            assertThat(files).isSubsetOf(variables(example, pod(set)));
        });
    }

    @ParameterizedTest
    @MethodSource("examples")
    void giveEveryObjectThatPodsAskFor(Example example) {
        var secrets = names(example, Secret.class);
        var configMaps = names(example, ConfigMap.class);

        assertThat(example.desired().of(StatefulSet.class)).allSatisfy(set -> {
            assertThat(pod(set).getContainers().get(0).getEnvFrom())
                    .allMatch(from -> secrets.contains(from.getSecretRef().getName()));
            assertThat(pod(set).getVolumes())
                    .allMatch(volume -> volume.getSecret() == null
                            || secrets.contains(volume.getSecret().getSecretName()))
                    .allMatch(volume -> volume.getConfigMap() == null
                            || configMaps.contains(volume.getConfigMap().getName()));
        });
    }

    @ParameterizedTest
    @MethodSource("examples")
    void dialNoHostAndPortThatNoServiceCarries(Example example) {
        var carried = example.desired().of(Service.class).stream()
                .flatMap(service -> service.getSpec().getPorts().stream().map(port -> "%s.%s.svc.cluster.local:%d"
                        .formatted(
                                service.getMetadata().getName(),
                                service.getMetadata().getNamespace(),
                                port.getPort())))
                .toList();

        assertThat(example.files())
                .allSatisfy((file, text) -> assertThat(PEER.matcher(text).results())
                        .isNotEmpty()
                        .allMatch(peer -> carried.contains(
                                peer.group(1).replaceFirst("^apim-(aio|tm)-[01]\\.", "") + ":" + peer.group(2))));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void labelEveryObjectAsTheirs(Example example) {
        assertThat(example.desired().objects())
                .allSatisfy(object -> assertThat(object.getMetadata().getLabels())
                        .as(object.getMetadata().getName())
                        .containsEntry(Names.CLUSTER_LABEL, "apim")
                        .containsEntry(Names.MANAGED_BY_LABEL, Names.OPERATOR)
                        .containsKey("app.kubernetes.io/version"));
    }

    /** A file says what it should; with the property it is written anew. */
    static void assertThatFile(Path expected, String actual) throws IOException {
        if (UPDATE) {
            Files.createDirectories(expected.getParent());
            Files.writeString(expected, actual);
        }
        assertThat(expected)
                .as("mvn test -Dtest=ExamplesTest -Dgolden.update=true writes the file anew")
                .hasContent(actual);
    }

    private static List<String> variables(Example example, PodSpec pod) {
        var container = pod.getContainers().get(0);
        var from = container.getEnvFrom().stream()
                .map(source -> source.getSecretRef().getName())
                .toList();
        return Stream.concat(
                        container.getEnv().stream().map(EnvVar::getName),
                        example.desired().of(Secret.class).stream()
                                .filter(secret ->
                                        from.contains(secret.getMetadata().getName()))
                                .flatMap(secret -> secret.getData().keySet().stream()))
                .toList();
    }

    private static List<String> names(Example example, Class<? extends HasMetadata> kind) {
        return example.desired().of(kind).stream()
                .map(object -> object.getMetadata().getName())
                .collect(Collectors.toList());
    }

    private static PodSpec pod(StatefulSet set) {
        return set.getSpec().getTemplate().getSpec();
    }
}
