package com.wso2.apim.operator.examples;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator.Feature;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.wso2.apim.operator.api.v1alpha1.ProductVersion;
import com.wso2.apim.operator.model.Names;
import com.wso2.apim.operator.resources.Desired;
import com.wso2.apim.operator.revision.Admission;
import com.wso2.apim.operator.support.AdmittedResource;
import com.wso2.apim.operator.support.CertManagers;
import com.wso2.apim.operator.support.Retained;
import com.wso2.apim.operator.support.Simulation;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A directory under examples: the resource, its Secrets, and what they give once every node is Ready. */
final class Example {

    private static final Path ALL = Path.of("examples");

    /** Of names that are made from content: keys are new in each run. */
    private static final Pattern HASH = Pattern.compile("-(aio|tm|env|stores)-[0-9a-f]{10}\\b");

    private static final ObjectMapper YAML = YAMLMapper.builder()
            .enable(Feature.MINIMIZE_QUOTES)
            .enable(Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .enable(Feature.LITERAL_BLOCK_STYLE)
            .disable(Feature.SPLIT_LINES)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private static final String HEADING = """
            # What the resource gives once every node is Ready; all but the retained Secrets also name it as their owner.
            # Written by ExamplesTest: mvn test -Dtest=ExamplesTest -Dgolden.update=true
            """;

    private static final CertManagers CERT_MANAGER = new CertManagers(Simulation.START);

    private final Path directory;
    private final Simulation simulation;
    private final Desired desired;

    private Example(Path directory, String... changes) {
        this.directory = directory;
        this.simulation = simulation(directory, changes);
        this.simulation.getsCertManager(CERT_MANAGER);
        this.desired = simulation.settle();
    }

    /** Every example. */
    static List<Example> all() {
        return names().map(Example::changed).toList();
    }

    /** The names of all examples. */
    static Stream<String> names() {
        try (var directories = Files.list(ALL)) {
            return directories
                    .filter(Files::isDirectory)
                    .map(directory -> directory.getFileName().toString())
                    .sorted()
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An example with changes, as {@link AdmittedResource} takes them. */
    static Example changed(String name, String... changes) {
        return new Example(ALL.resolve(name), changes);
    }

    /** The version that an example names. */
    static ProductVersion version(String name) {
        return AdmittedResource.of(ALL.resolve(name).resolve("cr.yaml"))
                .getSpec()
                .version();
    }

    /** A cluster in which nothing has happened yet, for an example with changes. */
    static Simulation simulation(String name, String... changes) {
        return simulation(ALL.resolve(name), changes);
    }

    private static Simulation simulation(Path directory, String... changes) {
        var resource = AdmittedResource.of(directory.resolve("cr.yaml"), changes);
        var names = new Names("wso2", "apim");
        var retained = Retained.secrets(names).stream()
                .filter(secret -> resource.getSpec().admin() == null
                        || !secret.getMetadata().getName().equals(names.adminSecret()));
        return new Simulation(
                resource, Stream.concat(given(directory).stream(), retained).toList());
    }

    Simulation simulation() {
        return simulation;
    }

    Desired desired() {
        return desired;
    }

    /** What the operator says of the resource in {@code status.warnings}. */
    String warnings() {
        return Admission.of(simulation.inputs()).warnings().stream()
                .map(warning -> warning + "\n")
                .collect(Collectors.joining());
    }

    /** What the example promises, by file. */
    Path expected(String file) {
        return directory.resolve("expected").resolve(file);
    }

    /** deployment.toml of each node, by file. */
    Map<String, String> files() {
        return desired.of(ConfigMap.class).stream()
                .flatMap(configMap -> configMap.getData().entrySet().stream())
                .filter(entry -> entry.getKey().endsWith(".toml"))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a, TreeMap::new));
    }

    /** Every object, for people: no secret value, no name that differs from run to run, no text twice. */
    String objects() {
        return desired.objects().stream()
                .sorted(Comparator.comparing(
                        object -> object.getKind() + "/" + object.getMetadata().getName()))
                .map(Example::shown)
                .map(text -> HASH.matcher(text).replaceAll("-$1-<hash>"))
                .collect(Collectors.joining("", HEADING, ""));
    }

    /** Values that nobody but a Secret may hold, plain and as a Secret encodes them. */
    Stream<String> secretValues() {
        return Stream.concat(desired.of(Secret.class).stream(), given(directory).stream())
                .flatMap(secret -> secret.getData().entrySet().stream())
                .filter(entry -> !entry.getKey().matches("(?i).*username"))
                .map(Map.Entry::getValue)
                .flatMap(encoded -> Stream.of(
                        encoded, new String(Base64.getDecoder().decode(encoded), StandardCharsets.ISO_8859_1)));
    }

    @Override
    public String toString() {
        return directory.getFileName().toString();
    }

    private static String shown(HasMetadata object) {
        var tree = (ObjectNode) YAML.valueToTree(object);
        if (object instanceof Secret) {
            replace(tree, (key, value) -> "<hidden>");
        } else if (object instanceof ConfigMap) {
            replace(tree, Example::elsewhere);
        }
        try {
            return YAML.writeValueAsString(tree);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void replace(ObjectNode object, BinaryOperator<String> text) {
        var data = (ObjectNode) object.get("data");
        data.properties()
                .forEach(entry -> entry.setValue(data.textNode(
                        text.apply(entry.getKey(), entry.getValue().textValue()))));
    }

    private static String elsewhere(String key, String value) {
        if (key.endsWith(".toml")) {
            return "<see " + key + ">";
        }
        if (key.endsWith(".source")) {
            return "<digest>";
        }
        return key.equals("pod-template.json") ? "<see the StatefulSet>" : pretty(value);
    }

    private static String pretty(String value) {
        try {
            return value.startsWith("{") ? YAML.readTree(value).toPrettyString() + "\n" : value;
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Secret> given(Path directory) {
        try (var secrets = YAML.readerFor(Secret.class)
                .<Secret>readValues(directory.resolve("secrets.yaml").toFile())) {
            return secrets.readAll().stream().map(Example::encoded).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As the API server stores it. */
    private static Secret encoded(Secret secret) {
        var data = secret.getStringData().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> base64(entry.getValue())));
        return secret.edit().withStringData(null).withData(data).build();
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
