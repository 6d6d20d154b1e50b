package com.wso2.apim.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
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
public record Database(
        @Required
        @JsonPropertyDescription("Vendor. Decides the product's type word, the JDBC driver and the validation query.")
        Type type,

        @Required @JsonPropertyDescription("APIs, applications, subscriptions and tokens (WSO2AM_DB).")
        Connection apim,

        @Required @JsonPropertyDescription("Users, roles and the registry (WSO2SHARED_DB).")
        Connection shared,

        @JsonPropertyDescription(
                "Where the JDBC driver comes from, and its class. Without it the product image must carry "
                        + "the vendor's driver.")
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
    public record Pool(
            @Min(1) @JsonPropertyDescription("Most connections in use at a time, per node. Product default 50.")
            Integer maxActive,

            @Min(0) @JsonPropertyDescription("Idle connections kept open, per node.")
            Integer minIdle,

            @Min(0) @JsonPropertyDescription("Milliseconds to wait for a free connection. Product default 60000.")
            Integer maxWaitMilliseconds) {}

    /** The JDBC driver. */
    @ValidationRule(
            value = "has(self.image) == has(self.path)",
            message =
                    "database.driver.image and database.driver.path belong together: the image, and the path of the jar "
                            + "in it")
    public record Driver(
            @Size(max = 253)
            @Pattern("^[A-Za-z_$][\\w$]*(\\.[A-Za-z_$][\\w$]*)*$")
            @JsonPropertyDescription("Driver class. Default: that of database.type.")
            String className,

            @Size(min = 1, max = 512)
            @JsonPropertyDescription("Image with the driver's jar and a cp command; an init container copies the jar "
                    + "into repository/components/lib.")
            String image,

            @Size(max = 1024)
            @Pattern("^/.+\\.jar$")
            @JsonPropertyDescription("Absolute path of the jar in that image.")
            String path) {}
}
