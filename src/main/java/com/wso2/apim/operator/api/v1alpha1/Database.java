package com.wso2.apim.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** The two databases that all nodes share; their tables exist before the resource is applied. */
@ValidationRule(
        value = "self.type == oldSelf.type",
        fieldPath = ".type",
        message = "database.type cannot be changed: the data stays in the old database; create another "
                + "ApiManagerCluster for the new one")
@ValidationRule(
        value = "self.bootstrap == oldSelf.bootstrap",
        fieldPath = ".bootstrap",
        message =
                "database.bootstrap cannot be changed: it says whose the databases were before the first boot; to start "
                        + "again, delete the ApiManagerCluster and create it with the other value")
@ValidationRule(
        value = "self.apim.url != self.shared.url",
        fieldPath = ".shared.url",
        message =
                "database.apim.url and database.shared.url must name two databases: both hold tables of the same name")
@ValidationRule(
        value = "self.apim.url.startsWith(" + Database.PREFIX + ")",
        fieldPath = ".apim.url",
        message = "database.apim.url " + Database.MUST_FIT)
@ValidationRule(
        value = "self.shared.url.startsWith(" + Database.PREFIX + ")",
        fieldPath = ".shared.url",
        message = "database.shared.url " + Database.MUST_FIT)
@ValidationRule(
        value =
                "!(self.type in ['Oracle', 'DB2']) || (has(self.driver) && (has(self.driver.image) || self.driver.source "
                        + "== 'ProductImage'))",
        fieldPath = ".driver",
        message =
                "the operator's image carries no driver for Oracle and DB2: name an image and the path of the jar in it "
                        + "in database.driver.image and database.driver.path, or write database.driver.source: ProductImage if the "
                        + "product's image holds the driver")
public record Database(
        @Required
        @JsonPropertyDescription("Vendor. Decides the product's type word, the JDBC driver and the validation query.")
        Type type,

        @Default("New")
        @JsonPropertyDescription(
                "What the databases hold before the first boot. New: tables and nothing else; the first node writes the "
                        + "administrator. Existing: they belong to a deployment already; then its administrator, its signing and "
                        + "encryption key pairs and, where the version has one, its key of stored secrets must be given as "
                        + "Secrets.")
        Bootstrap bootstrap,

        @Required @JsonPropertyDescription("APIs, applications, subscriptions and tokens (WSO2AM_DB).")
        Connection apim,

        @Required @JsonPropertyDescription("Users, roles and the registry (WSO2SHARED_DB).")
        Connection shared,

        @JsonPropertyDescription(
                "Where the JDBC driver comes from, and its class. Without it, it is the one that the operator's image "
                        + "carries for MySQL, MariaDB, PostgreSQL and MSSQL; Oracle and DB2 must name one.")
        Driver driver) {

    static final String PREFIX =
            "{'MySQL': 'jdbc:mysql:', 'MariaDB': 'jdbc:mariadb:', 'PostgreSQL': 'jdbc:postgresql:', "
                    + "'MSSQL': 'jdbc:sqlserver:', 'Oracle': 'jdbc:oracle:', 'DB2': 'jdbc:db2:'}[self.type]";

    static final String MUST_FIT = "must fit database.type: write jdbc:mysql://host:3306/name for MySQL, "
            + "jdbc:mariadb://host:3306/name for MariaDB, jdbc:postgresql://host:5432/name for PostgreSQL, "
            + "jdbc:sqlserver://host:1433;databaseName=name for MSSQL, jdbc:oracle:thin:@//host:1521/service for Oracle, "
            + "jdbc:db2://host:50000/name for DB2";

    /** Database vendors. */
    public enum Type {
        @JsonProperty("MySQL")
        MYSQL,
        @JsonProperty("MariaDB")
        MARIADB,
        @JsonProperty("PostgreSQL")
        POSTGRESQL,
        @JsonProperty("MSSQL")
        MSSQL,
        @JsonProperty("Oracle")
        ORACLE,
        @JsonProperty("DB2")
        DB2
    }

    /** States of the databases before the first boot. */
    public enum Bootstrap {
        @JsonProperty("New")
        NEW,
        @JsonProperty("Existing")
        EXISTING
    }

    /** One database. */
    @ValidationRule(
            value =
                    "!self.url.matches('//[^/?]+@|thin:[^@]+@') && !self.url.matches('(?i)[?&;:](user|username|password)=')",
            fieldPath = ".url",
            message = "the URL must not hold credentials: put user name and password into a Secret and name it in "
                    + "credentialsSecretRef")
    @ValidationRule(
            value = "!self.url.contains('&amp;')",
            fieldPath = ".url",
            message = "write & as it is, without amp;: the operator escapes the URL where the product needs it")
    @ValidationRule(
            value = "!self.url.matches('[$]|[{][{%#]')",
            fieldPath = ".url",
            message = "the URL must not hold $, {{, {% or {#, which the product would read as its own placeholders")
    public record Connection(
            @Required
            @Size(min = 1, max = 2048)
            @JsonPropertyDescription("JDBC URL as the driver documents it; & is written as it is.")
            String url,

            @Required @JsonPropertyDescription("Secret with the user name and the password of the database.")
            CredentialsReference credentialsSecretRef,

            @JsonPropertyDescription("Connection pool of each node.")
            Pool pool) {}

    /** Options of the Tomcat JDBC pool; what is absent keeps the product's default. */
    @ValidationRule(
            value = "!has(self.minIdle) || self.minIdle <= " + Pool.MOST,
            fieldPath = ".minIdle",
            message = "pool.minIdle must not be larger than pool.maxActive " + Pool.IF_ABSENT)
    @ValidationRule(
            value = "!has(self.maxIdle) || self.maxIdle <= " + Pool.MOST,
            fieldPath = ".maxIdle",
            message = "pool.maxIdle must not be larger than pool.maxActive " + Pool.IF_ABSENT)
    @ValidationRule(
            value = "!has(self.initialSize) || self.initialSize <= " + Pool.MOST,
            fieldPath = ".initialSize",
            message = "pool.initialSize must not be larger than pool.maxActive " + Pool.IF_ABSENT)
    @ValidationRule(
            value = "!has(self.minIdle) || !has(self.maxIdle) || self.minIdle <= self.maxIdle",
            fieldPath = ".minIdle",
            message = "pool.minIdle must not be larger than pool.maxIdle")
    @ValidationRule(
            value = "(!has(self.removeAbandonedTimeoutSeconds) && !has(self.logAbandoned)) || "
                    + "(has(self.removeAbandoned) && self.removeAbandoned)",
            fieldPath = ".removeAbandoned",
            message =
                    "pool.removeAbandonedTimeoutSeconds and pool.logAbandoned are only read with pool.removeAbandoned: "
                            + "true: set it or remove them")
    public record Pool(
            @Min(1) @JsonPropertyDescription("Most connections open at a time, per node. Product default 50.")
            Integer maxActive,

            @Min(0) @JsonPropertyDescription("Idle connections kept open at least, per node. Product default 0.")
            Integer minIdle,

            @Min(0) @JsonPropertyDescription("Idle connections kept open at most, per node. Product default 8.")
            Integer maxIdle,

            @Min(0) @JsonPropertyDescription("Connections opened when the node starts. Product default 0.")
            Integer initialSize,

            @Min(0) @JsonPropertyDescription("Milliseconds to wait for a free connection. Product default 60000.")
            Integer maxWaitMilliseconds,

            @Min(0)
            @JsonPropertyDescription(
                    "A connection older than this is closed when it is returned; 0 is never. Shorter than what "
                            + "a firewall or proxy on the way allows.")
            Integer maxAgeMilliseconds,

            @JsonPropertyDescription("Whether a connection is tried before it is used. Product default true.")
            Boolean testOnBorrow,

            @JsonPropertyDescription("Whether idle connections are tried from time to time.")
            Boolean testWhileIdle,

            @Min(0)
            @JsonPropertyDescription("A connection tried within this time is not tried again. Product default 30000.")
            Integer validationIntervalMilliseconds,

            @Min(1000)
            @JsonPropertyDescription("Time between two looks at idle and abandoned connections, at least a second.")
            Integer timeBetweenEvictionRunsMilliseconds,

            @Min(1) @JsonPropertyDescription("Time after which an idle connection above minIdle is closed.")
            Integer minEvictableIdleTimeMilliseconds,

            @JsonPropertyDescription("Whether connections that are never given back are taken back.")
            Boolean removeAbandoned,

            @Min(1)
            @JsonPropertyDescription(
                    "Seconds in use after which a connection counts as abandoned; longer than the longest query.")
            Integer removeAbandonedTimeoutSeconds,

            @JsonPropertyDescription("Whether the code that abandoned a connection is written to the log.")
            Boolean logAbandoned) {

        static final String MOST = "(has(self.maxActive) ? self.maxActive : 50)";
        static final String IF_ABSENT = "(50 if absent): raise that or lower this";
    }

    /** The JDBC driver. */
    @ValidationRule(
            value = "has(self.image) == has(self.path)",
            message =
                    "database.driver.image and database.driver.path belong together: the image, and the path of the jar "
                            + "in it")
    @ValidationRule(
            value = "self.source == 'Image' || (!has(self.image) && !has(self.path))",
            fieldPath = ".source",
            message =
                    "database.driver.image and database.driver.path are only read with database.driver.source: Image: "
                            + "remove them, or remove the source")
    public record Driver(
            @Default("Image")
            @JsonPropertyDescription(
                    "Image: an init container copies the jar out of an image. ProductImage: the product's "
                            + "image holds it; nothing is copied.")
            Source source,

            @Size(max = 253)
            @Pattern("^[A-Za-z_$][\\w$]*(\\.[A-Za-z_$][\\w$]*)*$")
            @JsonPropertyDescription("Driver class. Default: that of database.type.")
            String className,

            @Size(min = 1, max = 512)
            @JsonPropertyDescription("Image with the driver's jar and a cp command; an init container copies the jar "
                    + "into repository/components/lib. Default: the operator's image.")
            String image,

            @Size(max = 1024)
            @Pattern("^/.+\\.jar$")
            @JsonPropertyDescription("Absolute path of the jar in that image.")
            String path) {

        /** Places a driver comes from. */
        public enum Source {
            @JsonProperty("Image")
            IMAGE,
            @JsonProperty("ProductImage")
            PRODUCT_IMAGE
        }
    }
}
