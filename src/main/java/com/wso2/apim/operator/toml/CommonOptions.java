package com.wso2.apim.operator.toml;

import static com.wso2.apim.operator.toml.Option.constant;
import static com.wso2.apim.operator.toml.Option.option;
import static com.wso2.apim.operator.toml.Option.optional;

import com.wso2.apim.operator.api.v1alpha1.Database;
import com.wso2.apim.operator.api.v1alpha1.Database.Connection;
import com.wso2.apim.operator.model.NodeStorage;
import com.wso2.apim.operator.toml.Option.NodeModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Options that both tiers have. */
final class CommonOptions {

    /** The administrator, through a reference: no getter ever sees a password. */
    static final String ADMIN_USERNAME = "$ref{super_admin.username}";

    static final String ADMIN_PASSWORD = "$ref{super_admin.password}";

    /** Where it is told from users of other tenants. */
    static final String QUALIFIED_USERNAME = Environment.ADMIN_QUALIFIED_USERNAME.reference();

    /** Without these, the product would paste the administrator into the URLs of brokers as XML has it. */
    static final List<Option> DECISION_BROKER_USER = List.of(
            constant("apim.throttling.jms.username", Environment.ADMIN_JMS_USERNAME.reference()),
            constant("apim.throttling.jms.password", Environment.ADMIN_JMS_PASSWORD.reference()));

    static final List<Option> EVENT_BROKER_USER = List.of(
            constant("apim.event_hub.jms.username", Environment.ADMIN_JMS_USERNAME.reference()),
            constant("apim.event_hub.jms.password", Environment.ADMIN_JMS_PASSWORD.reference()));

    static final List<Option> ADMIN_AND_USER_STORE = List.of(
            constant("super_admin.username", Environment.ADMIN_USERNAME.reference()),
            constant("super_admin.password", Environment.ADMIN_PASSWORD.reference()),
            constant("super_admin.create_admin_account", true),
            constant("user_store.type", "database_unique_id"));

    static final List<Option> DATABASES = databases();

    static final List<Option> LOCAL_DATABASE = List.of(option(
            "database.local.url",
            n -> "jdbc:h2:"
                    + storage(n).map(NodeStorage::databaseDirectory).orElse("./repository/database")
                    + "/WSO2CARBON_DB;DB_CLOSE_ON_EXIT=FALSE"));

    static final List<Option> ENCRYPTION = List.of(
            constant("encryption.key", Environment.ENCRYPTION_KEY.reference())
                    .where(n -> n.cluster().encryptsWithKey()),
            constant(
                            "encryption.internal_crypto_provider",
                            "org.wso2.carbon.crypto.provider.KeyStoreBasedInternalCryptoProvider")
                    .where(CommonOptions::keepsInternalKeyPair),
            constant("keystore.userstore_password_encryption", "InternalKeyStore")
                    .where(CommonOptions::keepsInternalKeyPair),
            new Option(
                            List.of("system", "parameter", "org.wso2.CipherTransformation"),
                            n -> Optional.of("RSA/ECB/OAEPwithSHA1andMGF1Padding"))
                    .where(CommonOptions::keepsInternalKeyPair));

    static final List<Option> KEYSTORES = keystores();

    private CommonOptions() {}

    /** A version that would encrypt with a key goes on with the internal key pair. */
    private static boolean keepsInternalKeyPair(NodeModel n) {
        return n.dialect().encryptsWithKey() && !n.cluster().encryptsWithKey();
    }

    static Optional<NodeStorage> storage(NodeModel n) {
        return n.cluster().tier(n.node().role()).storage();
    }

    private static List<Option> databases() {
        var options = new ArrayList<Option>();
        options.addAll(database(
                "database.apim_db", Database::apim, Environment.APIM_DB_USERNAME, Environment.APIM_DB_PASSWORD));
        options.addAll(database(
                "database.shared_db",
                Database::shared,
                Environment.SHARED_DB_USERNAME,
                Environment.SHARED_DB_PASSWORD));
        return List.copyOf(options);
    }

    private static List<Option> database(
            String table, Function<Database, Connection> connection, Environment username, Environment password) {
        Function<NodeModel, Connection> get = n -> connection.apply(n.cluster().database());
        var options = new ArrayList<>(List.of(
                option(table + ".type", n -> vendor(n).word()),
                option(table + ".url", n -> XmlText.escape(get.apply(n).url())),
                constant(table + ".username", username.reference()),
                constant(table + ".password", password.reference()),
                option(table + ".driver", CommonOptions::driver)));
        for (var pool : PoolOption.values()) {
            options.add(optional(
                    table + ".pool_options." + pool.key(),
                    n -> Optional.ofNullable(get.apply(n).pool()).flatMap(pool::value)));
        }
        return options;
    }

    private static DatabaseVendor vendor(NodeModel n) {
        return DatabaseVendor.of(n.cluster().database().type());
    }

    private static String driver(NodeModel n) {
        return Optional.ofNullable(n.cluster().database().driver())
                .map(Database.Driver::className)
                .orElse(vendor(n).driverClass());
    }

    private static List<Option> keystores() {
        var options = new ArrayList<Option>();
        for (var store : KeyStoreFile.values()) {
            var table = store.table();
            options.add(constant(table + ".type", KeyStoreFile.TYPE));
            options.add(constant(table + ".file_name", store.fileName()));
            if (store.hasPrivateKey()) {
                options.add(constant(table + ".alias", KeyStoreFile.ALIAS));
            }
            options.add(constant(table + ".password", store.password().reference()));
            store.keyPassword()
                    .ifPresent(keyPassword -> options.add(constant(table + ".key_password", keyPassword.reference())));
        }
        return List.copyOf(options);
    }
}
