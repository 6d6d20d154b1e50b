package com.wso2.apim.operator.toml;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.wso2.apim.operator.api.v1alpha1.ProductVersion;
import com.wso2.apim.operator.model.Dialect;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Specs that a user might write, every field of them at some time, and no mistake in any. */
final class RandomSpec {

    private static final Map<String, String> URLS = Map.of(
            "MySQL", "jdbc:mysql://db.example.com:3306/%s?useSSL=false&allowPublicKeyRetrieval=true",
            "MariaDB", "jdbc:mariadb://db-1,db-2:3306/%s?connectTimeout=5000&tcpKeepAlive=true",
            "PostgreSQL", "jdbc:postgresql://db.ns.svc:5432/%s?ApplicationName=a%%20b&options=-c%%20x='y\"z'<>",
            "MSSQL", "jdbc:sqlserver://db:1433;databaseName=%s;encrypt=true;trustServerCertificate=false",
            "Oracle", "jdbc:oracle:thin:@//db:1521/%s",
            "DB2", "jdbc:db2://db:50000/%s:retrieveMessagesFromServerOnGetMessage=true;");

    private static final List<String> VENDORS = URLS.keySet().stream().sorted().toList();

    private final Random random;

    RandomSpec(long seed) {
        this.random = new Random(seed);
    }

    /** A resource's spec, and the tree of its overlay for the all-in-one nodes. */
    record Generated(Map<String, Object> spec, Map<String, Object> overlay) {

        /** As a change of a resource, in JSON. */
        String change() {
            return new ObjectMapper().valueToTree(Map.of("spec", spec)).toString();
        }

        String version() {
            return (String) spec.get("version");
        }
    }

    Generated next() {
        var spec = new LinkedHashMap<String, Object>();
        var version = one(ProductVersion.values());
        spec.put("version", version.toString());
        var hostnames = new LinkedHashMap<String, Object>(Map.of("api", host("api"), "gateway", host("gw")));
        maybe(hostnames, "websocket", () -> host("ws"));
        maybe(hostnames, "websub", () -> host("hub"));
        spec.put("hostnames", hostnames);
        spec.put("database", database());
        maybe(spec, "admin", () -> Map.of("secretRef", Map.of("name", "admin")));
        if (Dialect.of(version).encryptsWithKey()) {
            maybe(
                    spec,
                    "encryption",
                    () -> random.nextBoolean()
                            ? Map.of("secretRef", Map.of("name", "encryption"))
                            : Map.of("type", "InternalKeyStore"));
        }
        maybe(spec, "allInOne", () -> tier("1024"));
        maybe(spec, "trafficManager", () -> tier("512"));
        maybe(spec, "gateway", () -> Map.of("environments", environments()));
        maybe(spec, "throttling", () -> Map.of("skipRedeployingPolicies", policies()));
        maybe(spec, "cacheInvalidation", () -> Map.of("enabled", random.nextBoolean(), "domain", "group-1.a_B"));
        maybe(
                spec,
                "exposure",
                () -> random.nextBoolean()
                        ? Map.of("type", "None", "service", Map.of("type", "NodePort"))
                        : Map.of(
                                "type", "Ingress", "ingress", Map.of("className", "traefik", "controller", "Traefik")));
        maybe(spec, "networkPolicy", () -> Map.of("enabled", random.nextBoolean()));
        var overlay = random.nextBoolean() ? new RandomOverlay(random).tree() : Map.<String, Object>of();
        if (!overlay.isEmpty()) {
            spec.put("config", Map.of("allInOne", RandomOverlay.text(overlay, random)));
        }
        return new Generated(spec, overlay);
    }

    private Map<String, Object> database() {
        var type = one(VENDORS.toArray(String[]::new));
        var database = new LinkedHashMap<String, Object>();
        database.put("type", type);
        database.put("apim", connection(URLS.get(type).formatted("apim"), "apim-db"));
        database.put("shared", connection(URLS.get(type).formatted("shared"), "shared-db"));
        if (List.of("Oracle", "DB2").contains(type)) {
            database.put("driver", driver(1 + random.nextInt(2)));
        } else {
            maybe(database, "driver", () -> driver(random.nextInt(3)));
        }
        return database;
    }

    /** From the operator's image, from one of the user's, or in the product's; with the vendor's class or another. */
    private Map<String, Object> driver(int source) {
        var driver = new LinkedHashMap<String, Object>();
        switch (source) {
            case 1 -> {
                maybe(driver, "source", () -> "Image");
                driver.put("image", "registry.example.com/jdbc/driver:1");
                driver.put("path", "/drivers/jdbc.jar");
            }
            case 2 -> driver.put("source", "ProductImage");
            default -> maybe(driver, "source", () -> "Image");
        }
        maybe(driver, "className", () -> "com.example.Driver$Inner");
        return driver;
    }

    private Map<String, Object> connection(String url, String secret) {
        var connection = new LinkedHashMap<String, Object>();
        connection.put("url", url);
        connection.put("credentialsSecretRef", Map.of("name", secret));
        maybe(connection, "pool", this::pool);
        return connection;
    }

    private Map<String, Object> pool() {
        var pool = new LinkedHashMap<String, Object>();
        maybe(pool, "maxActive", () -> 50 + random.nextInt(50));
        maybe(pool, "minIdle", () -> random.nextInt(8));
        maybe(pool, "maxIdle", () -> 8 + random.nextInt(42));
        maybe(pool, "initialSize", () -> random.nextInt(50));
        maybe(pool, "maxWaitMilliseconds", () -> random.nextInt(60_000));
        maybe(pool, "maxAgeMilliseconds", () -> random.nextInt(3_600_000));
        maybe(pool, "testOnBorrow", random::nextBoolean);
        maybe(pool, "testWhileIdle", random::nextBoolean);
        maybe(pool, "validationIntervalMilliseconds", () -> random.nextInt(60_000));
        maybe(pool, "timeBetweenEvictionRunsMilliseconds", () -> 1000 + random.nextInt(60_000));
        maybe(pool, "minEvictableIdleTimeMilliseconds", () -> 1 + random.nextInt(600_000));
        maybe(pool, "removeAbandoned", () -> true);
        if (pool.containsKey("removeAbandoned")) {
            maybe(pool, "removeAbandonedTimeoutSeconds", () -> 1 + random.nextInt(600));
            maybe(pool, "logAbandoned", random::nextBoolean);
        }
        return pool;
    }

    /** Names that differ; addresses may be shared. */
    private List<Map<String, Object>> environments() {
        return IntStream.rangeClosed(0, random.nextInt(3))
                .mapToObj(i -> {
                    var environment = new LinkedHashMap<String, Object>();
                    environment.put("name", one("Default", "Partners", "a b.c_d-e") + i);
                    maybe(environment, "displayName", () -> one("R&D <é>", "For \"partners\"", "100% 'ours' 日"));
                    maybe(environment, "type", () -> one("Hybrid", "Production", "Sandbox"));
                    maybe(environment, "description", () -> one("plain", "# & <co>, \"quoted\""));
                    maybe(environment, "hostname", () -> host("env"));
                    maybe(environment, "displayInApiConsole", random::nextBoolean);
                    maybe(environment, "showAsTokenEndpointUrl", random::nextBoolean);
                    maybe(environment, "virtualHosts", () -> IntStream.range(0, random.nextInt(3))
                            .mapToObj(host -> Map.of("hostname", host("vhost" + host + "-")))
                            .toList());
                    return (Map<String, Object>) environment;
                })
                .toList();
    }

    private List<String> policies() {
        return IntStream.range(0, random.nextInt(3))
                .mapToObj(i -> one("carbon.super_app_50PerMin", "my-plan", "X") + i)
                .toList();
    }

    private Map<String, Object> tier(String heap) {
        var tier = new LinkedHashMap<String, Object>();
        tier.put("replicas", 1 + random.nextInt(2));
        maybe(tier, "image", () -> "registry.example.com:5000/wso2/am@sha256:" + "0".repeat(64));
        maybe(tier, "imagePullPolicy", () -> one("Always", "IfNotPresent", "Never"));
        maybe(tier, "imagePullSecrets", () -> List.of(Map.of("name", "registry")));
        maybe(tier, "jvm", () -> Map.of("xms", "256m", "xmx", heap + "m"));
        maybe(tier, "resources", () -> Map.of("limits", Map.of("memory", "6Gi", "cpu", "2500m")));
        maybe(tier, "terminationGracePeriodSeconds", () -> 30 + random.nextInt(300));
        maybe(tier, "probes", () -> Map.of("startupSeconds", 60 + random.nextInt(600)));
        maybe(tier, "env", () -> IntStream.rangeClosed(0, random.nextInt(3))
                .mapToObj(i -> random.nextBoolean()
                        ? Map.of("name", "PLAIN_" + i, "value", "$(x) {{ any }} text & more")
                        : Map.of(
                                "name",
                                "SECRET_" + i,
                                "valueFrom",
                                Map.of("secretKeyRef", Map.of("name", "admin", "key", "password"))))
                .toList());
        return tier;
    }

    private String host(String first) {
        return first + random.nextInt(10) + "." + one("example.com", "a-b.c-d.example", "x");
    }

    private void maybe(Map<String, Object> table, String key, Supplier<Object> value) {
        if (random.nextBoolean()) {
            table.put(key, value.get());
        }
    }

    @SafeVarargs
    private <T> T one(T... values) {
        return values[random.nextInt(values.length)];
    }
}
