package com.wso2.apim.operator.resources;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator.Feature;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.wso2.apim.operator.support.Deployed;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ingresses, and the Services that are there for clients outside the cluster, as people would read them. */
class ExposedTest {

    private static final boolean UPDATE = Boolean.getBoolean("golden.update");
    private static final Path CASES = Path.of("src/test/resources/exposure");
    private static final ObjectMapper YAML = YAMLMapper.builder()
            .enable(Feature.MINIMIZE_QUOTES)
            .enable(Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .disable(Feature.SPLIT_LINES)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    @ParameterizedTest
    @ValueSource(strings = {"nginx", "traefik", "other", "service"})
    void isWhatStandsBesideTheCase(String name) throws IOException {
        var change = Files.readString(CASES.resolve(name + ".yaml"));
        var expected = CASES.resolve("expected").resolve(name + ".yaml");

        var actual = Deployed.with(change).objects().stream()
                .filter(object -> object instanceof Ingress || object instanceof Service)
                .filter(object -> !object.getMetadata().getName().matches("apim-(aio|tm)(-headless)?"))
                .sorted(Comparator.comparing(
                        object -> object.getKind() + object.getMetadata().getName()))
                .map(ExposedTest::shown)
                .collect(Collectors.joining());
        if (UPDATE) {
            Files.createDirectories(expected.getParent());
            Files.writeString(expected, actual);
        }

        assertThat(expected).hasContent(actual);
    }

    private static String shown(HasMetadata object) {
        ObjectNode tree = YAML.valueToTree(object);
        ((ObjectNode) tree.get("metadata")).remove(List.of("labels", "namespace"));
        ((ObjectNode) tree.get("spec")).remove("selector");
        tree.remove("apiVersion");
        try {
            return YAML.writeValueAsString(tree);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
