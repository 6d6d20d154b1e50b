package com.wso2.apim.operator.toml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What fields of a spec mean in deployment.toml, told without the operator: from their text and the product's words. */
record Meant(JsonNode spec) {

    private static final Map<String, String> POOL_OPTIONS = Map.ofEntries(
            Map.entry("maxActive", "maxActive"),
            Map.entry("minIdle", "minIdle"),
            Map.entry("maxIdle", "maxIdle"),
            Map.entry("initialSize", "initialSize"),
            Map.entry("maxWaitMilliseconds", "maxWait"),
            Map.entry("maxAgeMilliseconds", "maxAge"),
            Map.entry("testOnBorrow", "testOnBorrow"),
            Map.entry("testWhileIdle", "testWhileIdle"),
            Map.entry("validationIntervalMilliseconds", "validationInterval"),
            Map.entry("timeBetweenEvictionRunsMilliseconds", "timeBetweenEvictionRunsMillis"),
            Map.entry("minEvictableIdleTimeMilliseconds", "minEvictableIdleTimeMillis"),
            Map.entry("removeAbandoned", "removeAbandoned"),
            Map.entry("removeAbandonedTimeoutSeconds", "removeAbandonedTimeout"),
            Map.entry("logAbandoned", "logAbandoned"));

    private static final Map<String, String> DRIVER_CLASSES = Map.of(
            "MySQL", "com.mysql.cj.jdbc.Driver",
            "MariaDB", "org.mariadb.jdbc.Driver",
            "PostgreSQL", "org.postgresql.Driver",
            "MSSQL", "com.microsoft.sqlserver.jdbc.SQLServerDriver",
            "Oracle", "oracle.jdbc.OracleDriver",
            "DB2", "com.ibm.db2.jcc.DB2Driver");

    static Meant by(Map<String, Object> spec) {
        return new Meant(new ObjectMapper().valueToTree(spec));
    }

    /** Options of a pool by the product's names, all as text. */
    Map<String, String> pool(String database) {
        var options = new TreeMap<String, String>();
        spec.at("/database/" + database + "/pool")
                .properties()
                .forEach(entry -> options.put(
                        Optional.ofNullable(POOL_OPTIONS.get(entry.getKey())).orElseThrow(),
                        entry.getValue().asText()));
        return options;
    }

    String driverClass() {
        return text(spec.at("/database/driver"), "className")
                .orElseGet(() -> DRIVER_CLASSES.get(spec.at("/database/type").asText()));
    }

    /** Image and path of the jar to copy, as far as the user names them; empty where the product's image holds it. */
    Optional<List<String>> jar() {
        var driver = spec.at("/database/driver");
        return driver.path("source").asText().equals("ProductImage")
                ? Optional.empty()
                : Optional.of(Stream.of("image", "path")
                        .flatMap(field -> text(driver, field).stream())
                        .toList());
    }

    List<Environment> environments() {
        var given = elements(spec.at("/gateway/environments"));
        return given.isEmpty()
                ? List.of(environment(new ObjectMapper().createObjectNode().put("name", "Default")))
                : given.stream().map(this::environment).toList();
    }

    List<String> keptPolicies() {
        return elements(spec.at("/throttling/skipRedeployingPolicies")).stream()
                .map(JsonNode::asText)
                .toList();
    }

    /** An environment as the portals show it. */
    record Environment(
            String name,
            Optional<String> displayName,
            String type,
            String description,
            boolean isInConsole,
            boolean isTokenEndpoint,
            List<Addresses> addresses) {}

    /** The six addresses of a host. */
    record Addresses(String http, String https, String ws, String wss, String webSub, String webSubTls) {}

    /** A host of its own for WebSocket or WebSub is behind the standard ports, unless a Service carries the product's. */
    private Addresses addresses(String host) {
        return new Addresses(
                "http://" + host,
                "https://" + host,
                "ws://" + own("websocket", host, 80, 9099),
                "wss://" + own("websocket", host, 443, 8099),
                "http://" + own("websub", host, 80, 9021),
                "https://" + own("websub", host, 443, 8021));
    }

    private String own(String field, String host, int standard, int products) {
        var hasService = spec.at("/exposure").has("service");
        return text(spec.path("hostnames"), field)
                .map(named -> named + ":" + (hasService ? products : standard))
                .orElse(host + ":" + products);
    }

    private Environment environment(JsonNode given) {
        var hosts = Stream.concat(
                Stream.of(text(given, "hostname")
                        .orElseGet(() -> spec.at("/hostnames/gateway").asText())),
                elements(given.path("virtualHosts")).stream()
                        .map(host -> host.path("hostname").asText()));
        return new Environment(
                given.get("name").asText(),
                text(given, "displayName"),
                text(given, "type").orElse("Hybrid").toLowerCase(Locale.ROOT),
                text(given, "description").orElseGet(() -> description(given)),
                given.path("displayInApiConsole").asBoolean(true),
                given.path("showAsTokenEndpointUrl").asBoolean(true),
                hosts.map(this::addresses).toList());
    }

    private static String description(JsonNode given) {
        return switch (text(given, "type").orElse("Hybrid")) {
            case "Production" -> "This is a gateway that handles production token traffic.";
            case "Sandbox" -> "This is a gateway that handles sandbox token traffic.";
            default -> "This is a hybrid gateway that handles both production and sandbox token traffic.";
        };
    }

    private static Optional<String> text(JsonNode table, String field) {
        return Optional.ofNullable(table.get(field)).map(JsonNode::asText);
    }

    private static List<JsonNode> elements(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false).toList();
    }
}
