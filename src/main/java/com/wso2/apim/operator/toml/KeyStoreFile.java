package com.wso2.apim.operator.toml;

import java.util.List;
import java.util.Optional;

/** The key stores of a node: what each is called in deployment.toml and in {@code repository/resources/security}. */
public enum KeyStoreFile {
    PRIMARY(
            "keystore.primary",
            "primary.jks",
            Environment.PRIMARY_KEYSTORE_PASSWORD,
            Optional.of(Environment.PRIMARY_KEYSTORE_KEY_PASSWORD)),
    TLS(
            "keystore.tls",
            "tls.jks",
            Environment.TLS_KEYSTORE_PASSWORD,
            Optional.of(Environment.TLS_KEYSTORE_KEY_PASSWORD)),
    INTERNAL(
            "keystore.internal",
            "internal.jks",
            Environment.INTERNAL_KEYSTORE_PASSWORD,
            Optional.of(Environment.INTERNAL_KEYSTORE_KEY_PASSWORD)),
    TRUST("truststore", "client-truststore.jks", Environment.TRUSTSTORE_PASSWORD, Optional.empty());

    /** Format of all stores, as the product ships its own. */
    public static final String TYPE = "JKS";

    /** Alias of every private key. */
    public static final String ALIAS = "wso2carbon";

    /**
     * Alias under which the truststore must hold the primary certificate: the product's default for
     * {@code gateway_certificate_alias}; under another one API keys are refused (seen on real servers).
     */
    public static final String GATEWAY_CERTIFICATE_ALIAS = "gateway_certificate_alias";

    /** Alias, in the truststore, of the first authority of the nodes; further ones have a number, ca.2 and so on. */
    public static final String AUTHORITY_ALIAS = "ca";

    /** What aliases of the user's own certificates start with; none of ours and no public root's does. */
    public static final String ADDITIONAL_ALIAS = "additional-";

    private final String table;
    private final String fileName;
    private final Environment password;
    private final Optional<Environment> keyPassword;

    KeyStoreFile(String table, String fileName, Environment password, Optional<Environment> keyPassword) {
        this.table = table;
        this.fileName = fileName;
        this.password = password;
        this.keyPassword = keyPassword;
    }

    /** Table of deployment.toml. */
    public String table() {
        return table;
    }

    /** Name of the file. */
    public String fileName() {
        return fileName;
    }

    /** Variable with the store's password. */
    public Environment password() {
        return password;
    }

    /** Variable with the key's password; absent for the truststore, which holds no key. */
    public Optional<Environment> keyPassword() {
        return keyPassword;
    }

    /** Whether the store holds a private key. */
    public boolean hasPrivateKey() {
        return keyPassword.isPresent();
    }

    /** Every password variable of the store; key and store password are always equal, as the product requires. */
    public List<Environment> passwords() {
        return keyPassword.map(key -> List.of(password, key)).orElse(List.of(password));
    }
}
