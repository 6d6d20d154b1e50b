package com.wso2.apim.operator.toml;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.wso2.apim.operator.revision.Revision;
import com.wso2.apim.operator.support.ConfigMapper;
import com.wso2.apim.operator.support.Trees;
import com.wso2.apim.operator.toml.Meant.Addresses;
import com.wso2.apim.operator.toml.RandomSpec.Generated;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.xml.sax.InputSource;

/** Fields of random specs in the files and pods of every node, compared with what they mean by {@link Meant}. */
class RandomFieldsTest {

    private static final List<Drawn> SPECS =
            RandomSpecTest.specs().stream().map(Drawn::of).toList();

    /** A spec, what is meant by it, and what a settled deployment has of it. */
    private record Drawn(
            Generated generated, Meant meant, Map<String, JsonNode> trees, List<StatefulSet> statefulSets) {

        static Drawn of(Generated generated) {
            var desired = RandomSpecTest.simulation(generated).settle();
            var trees = new TreeMap<String, JsonNode>();
            desired.of(ConfigMap.class).stream()
                    .flatMap(configMap -> Revision.stored(configMap).stream())
                    .flatMap(revision -> revision.files().entrySet().stream())
                    .forEach(file -> trees.put(file.getKey(), Trees.json(ConfigMapper.NEW.tree(file.getValue()))));
            assertThat(trees).hasSizeGreaterThan(1);
            return new Drawn(generated, Meant.by(generated.spec()), trees, desired.of(StatefulSet.class));
        }

        boolean readsDatabases(String node) {
            return !node.contains("-tm") || !generated.version().equals("4.7.0");
        }
    }

    @ParameterizedTest
    @MethodSource("specs")
    void giveTheEnvironmentsThatAreMeantToAllInOneNodesOnly(Drawn drawn) {
        var meant = drawn.meant();

        assertThat(drawn.trees()).allSatisfy((file, tree) -> {
            var isAllInOne = file.contains("-aio-");
            assertThat(environments(tree.at("/apim/gateway/environment")))
                    .isEqualTo(isAllInOne ? meant.environments() : List.of());
            assertThat(texts(tree.at("/apim/sync_runtime_artifacts/gateway/gateway_labels")))
                    .isEqualTo(
                            isAllInOne
                                    ? meant.environments().stream()
                                            .map(Meant.Environment::name)
                                            .toList()
                                    : List.of());
        });
    }

    @ParameterizedTest
    @MethodSource("specs")
    void giveThePoliciesToKeepToTrafficManagersOnly(Drawn drawn) {
        var meant = drawn.meant().keptPolicies();

        assertThat(drawn.trees())
                .allSatisfy((file, tree) -> assertThat(texts(tree.at("/apim/throttling/skip_redeploying_policies")))
                        .isEqualTo(file.contains("-tm-") ? meant : List.of()));
    }

    @ParameterizedTest
    @MethodSource("specs")
    void givePoolAndDriverClassToTheNodesThatReadADatabase(Drawn drawn) {
        var meant = drawn.meant();

        assertThat(drawn.trees()).allSatisfy((file, tree) -> Map.of("apim", "apim_db", "shared", "shared_db")
                .forEach((field, table) -> {
                    var database = tree.at("/database/" + table);
                    assertThat(database.isObject()).as(file).isEqualTo(drawn.readsDatabases(file));
                    if (database.isObject()) {
                        assertThat(options(database.path("pool_options"))).isEqualTo(meant.pool(field));
                        assertThat(database.get("driver").asText()).isEqualTo(meant.driverClass());
                    }
                }));
    }

    @ParameterizedTest
    @MethodSource("specs")
    void copyTheDriverIntoThePodsThatReadADatabaseUnlessTheProductsImageHoldsIt(Drawn drawn) {
        var jar = drawn.meant().jar();

        assertThat(drawn.statefulSets()).hasSize(2).allSatisfy(set -> {
            var copies = set.getSpec().getTemplate().getSpec().getInitContainers();
            if (jar.isEmpty() || !drawn.readsDatabases(set.getMetadata().getName())) {
                assertThat(copies).isEmpty();
            } else {
                assertThat(copies).singleElement().satisfies(copy -> {
                    var words = Stream.of(
                                    Stream.of(copy.getImage()), copy.getCommand().stream(), copy.getArgs().stream())
                            .flatMap(stream -> stream)
                            .toList();
                    assertThat(words).containsAll(jar.get());
                });
            }
        });
    }

    /** Else the tests above would say little. */
    @Test
    void drawEveryFieldAndSomeOfThemWithoutIt() {
        var specs = RandomSpecTest.specs().stream().map(Generated::change).toList();

        assertThat(Stream.of(
                        "environments",
                        "virtualHosts",
                        "displayName",
                        "description",
                        "displayInApiConsole",
                        "showAsTokenEndpointUrl",
                        "\"Production\"",
                        "\"Sandbox\"",
                        "skipRedeployingPolicies",
                        "maxActive",
                        "minIdle",
                        "maxIdle",
                        "initialSize",
                        "maxWaitMilliseconds",
                        "maxAgeMilliseconds",
                        "testOnBorrow",
                        "testWhileIdle",
                        "validationIntervalMilliseconds",
                        "timeBetweenEvictionRunsMilliseconds",
                        "minEvictableIdleTimeMilliseconds",
                        "removeAbandoned\"",
                        "removeAbandonedTimeoutSeconds",
                        "logAbandoned",
                        "className",
                        "/drivers/jdbc.jar",
                        "ProductImage"))
                .allSatisfy(word -> assertThat(specs.stream()
                                .filter(spec -> spec.contains(word))
                                .count())
                        .as(word)
                        .isBetween(3L, specs.size() - 3L));
    }

    private static List<Drawn> specs() {
        return SPECS;
    }

    private static List<Meant.Environment> environments(JsonNode list) {
        return elements(list).map(RandomFieldsTest::environment).toList();
    }

    private static Meant.Environment environment(JsonNode table) {
        var addresses = Stream.concat(Stream.of(table), elements(table.path("virtual_host")))
                .map(host -> new Addresses(
                        host.get("http_endpoint").asText(),
                        host.get("https_endpoint").asText(),
                        host.get("ws_endpoint").asText(),
                        host.get("wss_endpoint").asText(),
                        host.get("websub_event_receiver_http_endpoint").asText(),
                        host.get("websub_event_receiver_https_endpoint").asText()));
        return new Meant.Environment(
                table.get("name").asText(),
                Optional.ofNullable(table.get("display_name"))
                        .map(JsonNode::asText)
                        .map(RandomFieldsTest::inXml),
                table.get("type").asText(),
                inXml(table.get("description").asText()),
                table.get("display_in_api_console").asBoolean(),
                table.get("show_as_token_endpoint_url").asBoolean(),
                addresses.toList());
    }

    /** As the product reads it, which copies the text into XML. */
    private static String inXml(String text) {
        try {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new InputSource(new StringReader("<a>" + text + "</a>")))
                    .getDocumentElement()
                    .getTextContent();
        } catch (Exception e) {
            throw new AssertionError(text, e);
        }
    }

    private static Map<String, String> options(JsonNode table) {
        var options = new TreeMap<String, String>();
        table.properties()
                .forEach(entry -> options.put(entry.getKey(), entry.getValue().asText()));
        return options;
    }

    private static List<String> texts(JsonNode list) {
        return elements(list).map(JsonNode::asText).toList();
    }

    private static Stream<JsonNode> elements(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }
}
