package com.wso2.apim.operator.toml;

import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Environment variables through which secrets reach deployment.toml, named as the vendor's charts name them. What goes to
 * several kinds of places has a variable for each: no text is right in all of them.
 */
public enum Environment {
    /** The administrator, as XML text. */
    ADMIN_USERNAME,
    ADMIN_PASSWORD,
    /** With the tenant, if the name is an e-mail address; as XML text. */
    ADMIN_QUALIFIED_USERNAME,
    /** In URLs of message brokers. */
    ADMIN_JMS_USERNAME,
    ADMIN_JMS_PASSWORD,
    /** In a {@code .properties} file. */
    ADMIN_RECOVERY_USERNAME,
    ADMIN_RECOVERY_PASSWORD,
    APIM_DB_USERNAME,
    APIM_DB_PASSWORD,
    SHARED_DB_USERNAME,
    SHARED_DB_PASSWORD,
    PRIMARY_KEYSTORE_PASSWORD,
    PRIMARY_KEYSTORE_KEY_PASSWORD,
    TLS_KEYSTORE_PASSWORD,
    TLS_KEYSTORE_KEY_PASSWORD,
    INTERNAL_KEYSTORE_PASSWORD,
    INTERNAL_KEYSTORE_KEY_PASSWORD,
    TRUSTSTORE_PASSWORD,
    /** Only where the version encrypts with a key. */
    ENCRYPTION_KEY;

    private static final Pattern REFERENCE = Pattern.compile("\\$env\\{([^}]*)}");

    /** Name of the variable. */
    public String variable() {
        return "WSO2_" + name();
    }

    /** How deployment.toml refers to it. */
    public String reference() {
        return "$env{" + variable() + "}";
    }

    /** Names of all variables that a deployment.toml refers to, these and others. */
    public static Set<String> referredToBy(String deploymentToml) {
        return REFERENCE
                .matcher(deploymentToml)
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toUnmodifiableSet());
    }
}
