package com.wso2.apim.operator.toml;

import static com.wso2.apim.operator.support.Trees.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.wso2.apim.operator.model.Names;
import com.wso2.apim.operator.model.Role;
import com.wso2.apim.operator.reconcile.Passes;
import com.wso2.apim.operator.revision.Admission;
import com.wso2.apim.operator.support.AdmittedResource;
import com.wso2.apim.operator.support.ConfigMapper;
import com.wso2.apim.operator.support.Retained;
import com.wso2.apim.operator.support.Simulation;
import com.wso2.apim.operator.toml.RandomSpec.Generated;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every spec without a mistake, of any version and with any field. */
class RandomSpecTest {

    private static final int SPECS = 60;
    private static final Names NAMES = new Names("wso2", "apim");

    private static final Map<String, Map<String, String>> GIVEN = Map.of(
            "apim-db", Map.of("username", "user-of-apim", "password", "planted-apim-&<>\"'@/:?#%"),
            "shared-db", Map.of("username", "user-of-shared", "password", "planted-shared-\"é日"),
            "admin", Map.of("username", "administrator", "password", "planted-admin"),
            "encryption", Map.of("key", "0123456789abcdef".repeat(4)));

    @ParameterizedTest
    @MethodSource("specs")
    void rendersWhatIsMeantAndTheServersReadersTake(Generated generated) {
        var simulation = simulation(generated);
        var admission = Admission.of(simulation.inputs());

        assertThat(admission.problems()).isEmpty();
        assertThat(Passes.problems(simulation.inputs())).isEmpty();
        var cluster = admission.cluster().orElseThrow();
        for (var tier : cluster.tiers()) {
            for (var node : tier.nodes()) {
                var expected = new LinkedHashMap<>(ServerFile.own(cluster, node));
                if (node.role() == Role.ALL_IN_ONE) {
                    expected.putAll(generated.overlay());
                }
                var text = ServerFile.render(cluster, node).text();
                for (var mapper : ConfigMapper.values()) {
                    assertThat(json(mapper.tree(text))).as(text).isEqualTo(json(expected));
                    assertThatCode(() -> mapper.read(text)).as(text).doesNotThrowAnyException();
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("specs")
    void givesTheSameBytesForTheSameInput(Generated generated) {
        var simulation = simulation(generated);
        var settled = texts(simulation.settle().objects());

        assertThat(texts(simulation.settle().objects())).isEqualTo(settled);
        assertThat(files(simulation(generated))).isEqualTo(files(simulation(generated)));
    }

    @ParameterizedTest
    @MethodSource("specs")
    void holdsSecretValuesInSecretsOnly(Generated generated) {
        var simulation = simulation(generated);
        var objects = simulation.settle().objects();
        var others = texts(
                objects.stream().filter(object -> !(object instanceof Secret)).toList());

        assertThat(secretValues(objects)).hasSizeGreaterThan(30).allSatisfy(value -> assertThat(others.values())
                .noneMatch(text -> text.contains(value)));
    }

    static List<Generated> specs() {
        return LongStream.range(0, SPECS)
                .mapToObj(seed -> new RandomSpec(seed).next())
                .toList();
    }

    static Simulation simulation(Generated generated) {
        var secrets = new ArrayList<>(Retained.secrets(NAMES));
        GIVEN.forEach((name, data) -> secrets.add(Retained.secret(NAMES, name, data)));
        return new Simulation(
                AdmittedResource.of(Path.of("src/test/resources/reference/cr.yaml"), generated.change()), secrets);
    }

    private static Map<String, String> files(Simulation simulation) {
        var files = new TreeMap<String, String>();
        Admission.of(simulation.inputs()).targets().values().forEach(target -> files.putAll(target.files()));
        return files;
    }

    private static Map<String, String> texts(List<HasMetadata> objects) {
        var texts = new TreeMap<String, String>();
        objects.forEach(object ->
                texts.put(object.getKind() + "/" + object.getMetadata().getName(), Serialization.asJson(object)));
        return texts;
    }

    /** Values that are worth hiding, plain, escaped and as a Secret encodes them. */
    private static List<String> secretValues(List<HasMetadata> objects) {
        var made = objects.stream()
                .filter(Secret.class::isInstance)
                .map(Secret.class::cast)
                .flatMap(secret -> secret.getData().entrySet().stream())
                .filter(entry -> !entry.getKey().matches("(?i).*username"))
                .map(Map.Entry::getValue)
                .map(encoded -> new String(Base64.getDecoder().decode(encoded), StandardCharsets.ISO_8859_1));
        var given = GIVEN.values().stream()
                .flatMap(data -> data.entrySet().stream())
                .filter(entry -> !entry.getKey().equals("username"))
                .map(Map.Entry::getValue);
        return Stream.concat(made, given)
                .flatMap(value -> Stream.of(
                        value,
                        Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.ISO_8859_1)),
                        Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8))))
                .distinct()
                .toList();
    }
}
