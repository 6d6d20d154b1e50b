package com.wso2.apim.operator.toml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import com.wso2.apim.operator.api.v1alpha1.ProductVersion;
import com.wso2.apim.operator.inputs.Settings;
import com.wso2.apim.operator.model.Cluster;
import com.wso2.apim.operator.model.Dialect;
import com.wso2.apim.operator.model.Names;
import com.wso2.apim.operator.model.Resolver;
import com.wso2.apim.operator.model.Role;
import com.wso2.apim.operator.support.AdmittedResource;
import com.wso2.apim.operator.support.ConfigMapper;
import com.wso2.apim.operator.support.Installation;
import com.wso2.apim.operator.support.SettingsBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** deployment.toml of every node, against the files that real servers ran on and against their own reader. */
class ServerFileTest {

    private static final Path REFERENCE = Path.of("src/test/resources/reference");
    private static final TomlMapper TOML = new TomlMapper();
    private static final Pattern VARIABLE = Pattern.compile("\\$env\\{([^}]*)}");

    private static final String ONE_ALL_IN_ONE = "{spec: {allInOne: {replicas: 1}}}";
    private static final String ONE_TRAFFIC_MANAGER = "{spec: {trafficManager: {replicas: 1}}}";
    private static final String POOLS = """
            spec:
              database:
                apim: {pool: {maxActive: 100, minIdle: 5, maxWaitMilliseconds: 30000}}
                shared: {pool: {maxActive: 20}}
            """;
    private static final String POSTGRESQL = """
            spec:
              database:
                type: PostgreSQL
                apim: {url: "jdbc:postgresql://postgres.db.svc:5432/apim_db"}
                shared: {url: "jdbc:postgresql://postgres.db.svc:5432/shared_db?sslmode=require&tcpKeepAlive=true"}
            """;
    private static final String EVERY_POOL_OPTION = """
            spec:
              database:
                shared:
                  pool:
                    maxActive: 100
                    minIdle: 5
                    maxIdle: 20
                    initialSize: 2
                    maxWaitMilliseconds: 30000
                    maxAgeMilliseconds: 1800000
                    testOnBorrow: false
                    testWhileIdle: true
                    validationIntervalMilliseconds: 10000
                    timeBetweenEvictionRunsMilliseconds: 5000
                    minEvictableIdleTimeMilliseconds: 60000
                    removeAbandoned: true
                    removeAbandonedTimeoutSeconds: 600
                    logAbandoned: true
            """;
    private static final String NO_CACHE_INVALIDATION = "{spec: {cacheInvalidation: {enabled: false}}}";
    private static final String ENVIRONMENTS = """
            spec:
              gateway:
                environments:
                - {name: Default}
                - name: Partners and more
                  displayName: "R&D <é>"
                  type: Production
                  description: 'For "partners" & co: 100% #1'
                  hostname: partners.am.wso2.com
                  displayInApiConsole: false
                  showAsTokenEndpointUrl: false
                  virtualHosts: [{hostname: foods.am.wso2.com}, {hostname: drinks.am.wso2.com}]
                - {name: Sandbox, type: Sandbox, virtualHosts: [{hostname: foods.am.wso2.com}]}
            """;
    private static final String KEPT_POLICIES =
            "{spec: {throttling: {skipRedeployingPolicies: [carbon.super_app_50PerMin, my-plan]}}}";
    private static final String OWN_DRIVER = "{spec: {database: {driver: {className: org.mariadb.jdbc.Driver}}}}";

    @ParameterizedTest
    @MethodSource("nodes")
    void saysWhatTheReferenceSays(ProductVersion version, String file) throws IOException {
        var reference = REFERENCE.resolve(version.toString()).resolve(file);

        assertThat(parsed(files(version).get(file))).isEqualTo(parsed(Files.readString(reference)));
    }

    @ParameterizedTest
    @EnumSource
    void isWrittenForEachNodeAndNoOther(ProductVersion version) {
        assertThat(files(version))
                .containsOnlyKeys("apim-aio-0.toml", "apim-aio-1.toml", "apim-tm-0.toml", "apim-tm-1.toml");
    }

    @ParameterizedTest
    @MethodSource("variants")
    void isTakenByTheServersOwnReader(ConfigMapper mapper, ProductVersion version, String change) {
        assertThat(files(version, change)).allSatisfy((file, text) -> assertThat(mapper.read(text))
                .as(file)
                .contains(entry("super_admin.password", "stand-in-admin"))
                .contains(entry("apim.event_hub.password", "stand-in-admin"))
                .contains(entry("truststore.password", "stand-in-trust"))
                .noneSatisfy((key, value) -> assertThat(value.toString()).containsAnyOf("$env{", "$ref{")));
    }

    @ParameterizedTest
    @EnumSource
    void asksForNoVariableThatPodsLack(ProductVersion version) {
        var variables = Stream.concat(
                        Stream.of("NODE_IP"),
                        Arrays.stream(Environment.values()).map(Environment::variable))
                .toList();

        assertThat(files(version)).allSatisfy((file, text) -> assertThat(
                        VARIABLE.matcher(text).results().map(match -> match.group(1)))
                .isSubsetOf(variables));
    }

    @ParameterizedTest
    @EnumSource
    void namesNoSecondAllInOneNodeWhereThereIsOne(ProductVersion version) {
        var files = files(version, ONE_ALL_IN_ONE);

        assertThat(files).containsOnlyKeys("apim-aio-0.toml", "apim-tm-0.toml", "apim-tm-1.toml");
        assertThat(files.values()).noneMatch(text -> text.contains("apim-aio-1"));
        var node = parsed(files.get("apim-aio-0.toml"));
        assertThat(node.at("/apim/throttling").has("event_duplicate_url")).isFalse();
        assertThat(node.at("/apim/event_hub").has("event_duplicate_url")).isFalse();
        assertThat(node.at("/apim/event_hub/publish/url_group")).hasSize(1);
        assertThat(parsed(files.get("apim-tm-1.toml")).at("/apim/event_hub/event_listening_endpoints"))
                .hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void namesNoSecondTrafficManagerWhereThereIsOne(ProductVersion version) {
        var files = files(version, ONE_TRAFFIC_MANAGER);

        assertThat(files).containsOnlyKeys("apim-aio-0.toml", "apim-aio-1.toml", "apim-tm-0.toml");
        assertThat(files.values()).noneMatch(text -> text.contains("apim-tm-1"));
        var throttling = parsed(files.get("apim-aio-1.toml")).at("/apim/throttling");
        assertThat(throttling.at("/throttle_decision_endpoints")).hasSize(1);
        assertThat(throttling.at("/url_group")).hasSize(1);
        assertThat(parsed(files.get("apim-tm-0.toml")).at("/apim/throttling").has("event_duplicate_url"))
                .isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void carriesPoolOptionsOfTheDatabaseThatHasThem(ProductVersion version) {
        assertThat(withDatabases(version, POOLS)).allSatisfy((file, text) -> {
            assertThat(text).contains("""
                            [database.apim_db.pool_options]
                            maxActive = "100"
                            minIdle = "5"
                            maxWait = "30000"

                            """);
            assertThat(parsed(text).at("/database/shared_db/pool_options"))
                    .isEqualTo(TOML.createObjectNode().put("maxActive", "20"));
        });
    }

    @ParameterizedTest
    @EnumSource
    void writesEveryPoolOptionUnderTheNameThatThePoolReads(ProductVersion version) {
        assertThat(withDatabases(version, EVERY_POOL_OPTION))
                .allSatisfy((file, text) -> assertThat(text).contains("""
                        [database.shared_db.pool_options]
                        maxActive = "100"
                        minIdle = "5"
                        maxIdle = "20"
                        initialSize = "2"
                        maxWait = "30000"
                        maxAge = "1800000"
                        testOnBorrow = "false"
                        testWhileIdle = "true"
                        validationInterval = "10000"
                        timeBetweenEvictionRunsMillis = "5000"
                        minEvictableIdleTimeMillis = "60000"
                        removeAbandoned = "true"
                        removeAbandonedTimeout = "600"
                        logAbandoned = "true"

                        """));
    }

    /** For both databases and in every version, as the key catalogue of the product says. */
    @ParameterizedTest
    @MethodSource("vendors")
    void hasATypeFromWhichTheServerInfersTheValidationQuery(ProductVersion version, String vendor) {
        var words = List.of("db2", "h2", "mariadb", "mssql", "mysql", "oracle", "postgre");

        assertThat(withDatabases(version, vendor)).allSatisfy((file, text) -> {
            var catalogue =
                    KeyCatalogue.of(version.toString(), file.contains("-tm-") ? Role.TRAFFIC_MANAGER : Role.ALL_IN_ONE);
            Stream.of("apim_db", "shared_db").forEach(name -> {
                var database = parsed(text).at("/database/" + name);
                assertThat(words).contains(database.get("type").asText());
                assertThat(database.has("validationQuery")).isFalse();
                assertThat(catalogue.knows(new KeyPath(List.of("database", name, "type"))))
                        .isTrue();
                assertThat(catalogue.knows(new KeyPath(List.of("database", name, "validationQuery"))))
                        .isTrue();
            });
        });
    }

    @ParameterizedTest
    @EnumSource
    void hasTheProductsWordAndTheDriverOfPostgresql(ProductVersion version) {
        assertThat(withDatabases(version, POSTGRESQL)).allSatisfy((file, text) -> {
            assertThat(text).contains("""
                            [database.apim_db]
                            type = "postgre"
                            url = "jdbc:postgresql://postgres.db.svc:5432/apim_db"
                            username = "$env{WSO2_APIM_DB_USERNAME}"
                            password = "$env{WSO2_APIM_DB_PASSWORD}"
                            driver = "org.postgresql.Driver"

                            """);
            assertThat(text).doesNotContain("mysql");
        });
    }

    @ParameterizedTest
    @CsvSource({
        "MySQL, mysql, com.mysql.cj.jdbc.Driver",
        "MariaDB, mariadb, org.mariadb.jdbc.Driver",
        "PostgreSQL, postgre, org.postgresql.Driver",
        "MSSQL, mssql, com.microsoft.sqlserver.jdbc.SQLServerDriver",
        "Oracle, oracle, oracle.jdbc.OracleDriver",
        "DB2, db2, com.ibm.db2.jcc.DB2Driver"
    })
    void hasTheProductsWordAndTheDriverOfEveryVendor(String type, String word, String driver) {
        assertThat(files(ProductVersion.V4_5_0, vendor(type)))
                .allSatisfy((file, text) -> Stream.of("apim_db", "shared_db").forEach(name -> {
                    var database = parsed(text).at("/database/" + name);
                    assertThat(database.get("type").asText()).isEqualTo(word);
                    assertThat(database.get("driver").asText()).isEqualTo(driver);
                }));
    }

    @ParameterizedTest
    @EnumSource
    void escapesAUrlForTheXmlThatTheServerCopiesItInto(ProductVersion version) {
        assertThat(withDatabases(version, POSTGRESQL).values())
                .allMatch(text -> text.contains("/shared_db?sslmode=require&amp;tcpKeepAlive=true\""));
    }

    @ParameterizedTest
    @EnumSource
    void takesTheDriverClassThatTheUserNames(ProductVersion version) {
        assertThat(withDatabases(version, OWN_DRIVER).values())
                .allSatisfy(text -> assertThat(text.split("driver = \"org.mariadb.jdbc.Driver\"", -1))
                        .hasSize(3));
    }

    @ParameterizedTest
    @EnumSource
    void switchesCacheInvalidationOffOnAllInOneNodesOnly(ProductVersion version) {
        assertThat(files(version, NO_CACHE_INVALIDATION))
                .allSatisfy((file, text) -> assertThat(parsed(text).at("/apim/cache_invalidation/enabled"))
                        .as(file)
                        .isEqualTo(
                                file.contains("-aio-")
                                        ? TOML.getNodeFactory().booleanNode(false)
                                        : TOML.getNodeFactory().missingNode()));
    }

    @ParameterizedTest
    @EnumSource
    void hasEveryEnvironmentWithItsAddressesAndVirtualHosts(ProductVersion version) {
        assertThat(files(version, ENVIRONMENTS).get("apim-aio-1.toml")).contains("""
                        [[apim.gateway.environment]]
                        name = "Partners and more"
                        display_name = "R&amp;D &lt;&#233;&gt;"
                        type = "production"
                        provider = "wso2"
                        display_in_api_console = false
                        description = "For &quot;partners&quot; &amp; co: 100% #1"
                        show_as_token_endpoint_url = false
                        service_url = "https://localhost:${mgt.transport.https.port}/services/"
                        username = "${admin.username}"
                        password = "${admin.password}"
                        ws_endpoint = "ws://partners.am.wso2.com:9099"
                        wss_endpoint = "wss://partners.am.wso2.com:8099"
                        http_endpoint = "http://partners.am.wso2.com"
                        https_endpoint = "https://partners.am.wso2.com"
                        websub_event_receiver_http_endpoint = "http://partners.am.wso2.com:9021"
                        websub_event_receiver_https_endpoint = "https://partners.am.wso2.com:8021"

                        [[apim.gateway.environment.virtual_host]]
                        ws_endpoint = "ws://foods.am.wso2.com:9099"
                        wss_endpoint = "wss://foods.am.wso2.com:8099"
                        http_endpoint = "http://foods.am.wso2.com"
                        https_endpoint = "https://foods.am.wso2.com"
                        websub_event_receiver_http_endpoint = "http://foods.am.wso2.com:9021"
                        websub_event_receiver_https_endpoint = "https://foods.am.wso2.com:8021"

                        [[apim.gateway.environment.virtual_host]]
                        ws_endpoint = "ws://drinks.am.wso2.com:9099"
                        """, """
                        [[apim.gateway.environment]]
                        name = "Sandbox"
                        type = "sandbox"
                        provider = "wso2"
                        display_in_api_console = true
                        description = "This is a gateway that handles sandbox token traffic."
                        """, """
                        [apim.sync_runtime_artifacts.gateway]
                        gateway_labels = ["Default", "Partners and more", "Sandbox"]
                        """);
    }

    @ParameterizedTest
    @MethodSource("readers")
    void keepsVirtualHostsWithTheirEnvironmentInTheServersEyes(ConfigMapper mapper, ProductVersion version) {
        var read = mapper.read(files(version, ENVIRONMENTS).get("apim-aio-0.toml"));

        assertThat(((List<?>) read.get("apim.gateway.environment"))
                        .stream().map(one -> (Map<?, ?>) one).map(one -> one.get("name") + " " + hosts(one)))
                .containsExactly(
                        "Default []",
                        "Partners and more [https://foods.am.wso2.com, https://drinks.am.wso2.com]",
                        "Sandbox [https://foods.am.wso2.com]");
    }

    @Test
    void changesTheEnvironmentThatTheUsersOwnTomlNames() {
        var file = parsed(files(ProductVersion.V4_5_0, ENVIRONMENTS, """
                spec:
                  config:
                    allInOne: |
                      [[apim.gateway.environment]]
                      name = "Partners and more"
                      visibility = ["partner"]
                """).get("apim-aio-0.toml"));

        assertThat(file.at("/apim/gateway/environment")).hasSize(3);
        assertThat(file.at("/apim/gateway/environment/1/visibility/0").asText()).isEqualTo("partner");
        assertThat(file.at("/apim/gateway/environment/1/virtual_host")).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource
    void tellsTrafficManagersWhichPoliciesToKeep(ProductVersion version) {
        assertThat(files(version, KEPT_POLICIES))
                .allSatisfy((file, text) -> assertThat(parsed(text).at("/apim/throttling/skip_redeploying_policies"))
                        .as(file)
                        .extracting(JsonNode::asText)
                        .containsExactlyElementsOf(
                                file.contains("-tm-") ? List.of("carbon.super_app_50PerMin", "my-plan") : List.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{skipRedeployingPolicies: []}"})
    void saysNothingOfPoliciesWhereNoneIsToBeKept(String throttling) {
        assertThat(files(ProductVersion.V4_5_0, "{spec: {throttling: %s}}".formatted(throttling)))
                .isEqualTo(files(ProductVersion.V4_5_0));
    }

    @ParameterizedTest
    @EnumSource
    void reachesPeersUnderTheNamesOfTheResourceAndOfTheCluster(ProductVersion version) {
        var elsewhere = SettingsBuilder.from(Installation.SETTINGS)
                .clusterDomain("example.internal")
                .build();
        var files = files(cluster(
                elsewhere, "{metadata: {name: prod, namespace: apis}, spec: {version: %s}}".formatted(version)));

        assertThat(files.get("prod-tm-0.toml"))
                .contains(
                        "hostname = \"prod-tm-0.prod-tm-headless.apis.svc.example.internal\"",
                        "service_url = \"https://prod-aio.apis.svc.example.internal:9443/services/\"");
        assertThat(files.values()).noneMatch(text -> text.contains("cluster.local"));
    }

    private static Stream<Arguments> nodes() {
        return Stream.of(ProductVersion.values())
                .flatMap(version -> Stream.of("apim-aio-0.toml", "apim-aio-1.toml", "apim-tm-0.toml", "apim-tm-1.toml")
                        .map(file -> Arguments.of(version, file)));
    }

    private static Stream<Arguments> vendors() {
        return Stream.of(ProductVersion.values())
                .flatMap(version -> Stream.of("MySQL", "MariaDB", "PostgreSQL", "MSSQL", "Oracle", "DB2")
                        .map(type -> Arguments.of(version, vendor(type))));
    }

    private static String vendor(String type) {
        return "{spec: {database: {type: %s, driver: {source: ProductImage}}}}".formatted(type);
    }

    private static Stream<Arguments> variants() {
        var changes = List.of(
                "{}",
                ONE_ALL_IN_ONE,
                ONE_TRAFFIC_MANAGER,
                POOLS,
                EVERY_POOL_OPTION,
                POSTGRESQL,
                NO_CACHE_INVALIDATION,
                ENVIRONMENTS,
                KEPT_POLICIES,
                OWN_DRIVER);
        return Stream.of(ConfigMapper.values()).flatMap(mapper -> Stream.of(ProductVersion.values())
                .flatMap(version -> changes.stream().map(change -> Arguments.of(mapper, version, change))));
    }

    private static Stream<Arguments> readers() {
        return Stream.of(ConfigMapper.values())
                .flatMap(mapper -> Stream.of(ProductVersion.values()).map(version -> Arguments.of(mapper, version)));
    }

    private static List<?> hosts(Map<?, ?> environment) {
        return environment.get("virtual_host") instanceof List<?> list
                ? list.stream()
                        .map(host -> ((Map<?, ?>) host).get("https_endpoint"))
                        .toList()
                : List.of();
    }

    /** The files of the nodes that read the shared databases. */
    private static Map<String, String> withDatabases(ProductVersion version, String change) {
        var files = files(version, change);
        if (!Dialect.of(version).trafficManagerHasDatabases()) {
            files.keySet().removeIf(file -> file.startsWith("apim-tm-"));
        }
        assertThat(files).isNotEmpty();
        return files;
    }

    private static Map<String, String> files(ProductVersion version, String... changes) {
        var all = Stream.concat(Stream.of("{spec: {version: %s}}".formatted(version)), Stream.of(changes));
        return files(cluster(Installation.SETTINGS, all.toArray(String[]::new)));
    }

    private static Map<String, String> files(Cluster cluster) {
        var files = new TreeMap<String, String>();
        cluster.tiers().stream()
                .flatMap(tier -> tier.nodes().stream())
                .forEach(node -> files.put(
                        cluster.names().file(node),
                        ServerFile.render(cluster, node).text()));
        return files;
    }

    private static Cluster cluster(Settings settings, String... changes) {
        var resource = AdmittedResource.of(REFERENCE.resolve("cr.yaml"), changes);
        var names = new Names(
                resource.getMetadata().getNamespace(), resource.getMetadata().getName());
        return Optional.of(Resolver.resolve(names, resource.getSpec(), settings))
                .filter(resolution -> resolution.problems().isEmpty())
                .flatMap(resolution -> resolution.cluster())
                .orElseThrow();
    }

    private static JsonNode parsed(String toml) {
        try {
            return TOML.readTree(toml);
        } catch (JsonProcessingException e) {
            throw new AssertionError("Jackson refuses\n" + toml, e);
        }
    }
}
