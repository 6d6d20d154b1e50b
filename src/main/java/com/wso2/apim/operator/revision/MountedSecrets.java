package com.wso2.apim.operator.revision;

import com.wso2.apim.operator.inputs.Inputs;
import com.wso2.apim.operator.model.Names;
import com.wso2.apim.operator.pki.KeyStores;
import com.wso2.apim.operator.pki.PublicRoots;
import com.wso2.apim.operator.pki.StoreType;
import com.wso2.apim.operator.toml.AdministratorName;
import com.wso2.apim.operator.toml.Environment;
import com.wso2.apim.operator.toml.KeyStoreFile;
import com.wso2.apim.operator.toml.PropertyText;
import com.wso2.apim.operator.toml.UrlText;
import com.wso2.apim.operator.toml.XmlText;
import io.fabric8.kubernetes.api.model.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What pods mount, named by its content: the environment and the key stores.
 *
 * @param environment name of the Secret with the environment
 * @param stores name of the Secret with the key stores
 * @param sources what both are made from
 */
record MountedSecrets(String environment, String stores, Sources sources) {

    /** Key stores are salted and dated, so their name is the digest of what they are made from. */
    static MountedSecrets of(Names names, Sources sources) {
        return new MountedSecrets(
                names.environment(Hash.of(environment(sources))),
                names.stores(Hash.of(List.of(KeyStoreFile.TYPE, sources.keys(), sources.storePassword()))),
                sources);
    }

    /** Whether a Secret is there, or can be made again. */
    boolean canHave(Inputs inputs, String name) {
        return name.equals(environment)
                || name.equals(stores)
                || inputs.owned(Secret.class, name).isPresent();
    }

    /**
     * Content of the Secrets that some revisions mount, by name and key, encoded as a Secret holds it. What exists is carried
     * forward byte for byte, what does not is made.
     */
    Map<String, Map<String, String>> data(Inputs inputs, Collection<Revision> revisions) {
        var data = new LinkedHashMap<String, Map<String, String>>();
        revisions.stream()
                .flatMap(revision -> revision.secrets().stream())
                .sorted()
                .forEach(name -> data.computeIfAbsent(name, wanted -> data(inputs, wanted)));
        return data;
    }

    private Map<String, String> data(Inputs inputs, String name) {
        return name.equals(environment)
                ? encoded(environment(sources))
                : inputs.owned(Secret.class, name).map(Secret::getData).orElseGet(() -> assemble(sources));
    }

    /** The environment by variable, as pods get it. */
    static Map<String, String> environment(Sources sources) {
        var values = new TreeMap<String, String>();
        putAdministrator(values, sources.admin());
        put(
                values,
                Environment.APIM_DB_USERNAME,
                XmlText.escape(sources.apimDatabase().username()));
        put(
                values,
                Environment.APIM_DB_PASSWORD,
                XmlText.escape(sources.apimDatabase().password()));
        put(
                values,
                Environment.SHARED_DB_USERNAME,
                XmlText.escape(sources.sharedDatabase().username()));
        put(
                values,
                Environment.SHARED_DB_PASSWORD,
                XmlText.escape(sources.sharedDatabase().password()));
        sources.encryptionKey().ifPresent(key -> put(values, Environment.ENCRYPTION_KEY, key));
        for (var store : KeyStoreFile.values()) {
            store.passwords().forEach(variable -> put(values, variable, sources.storePassword()));
        }
        return values;
    }

    /** In every form that some place needs. */
    private static void putAdministrator(Map<String, String> values, Credentials admin) {
        var name = new AdministratorName(admin.username());
        put(values, Environment.ADMIN_USERNAME, XmlText.escape(admin.username()));
        put(values, Environment.ADMIN_PASSWORD, XmlText.escape(admin.password()));
        put(values, Environment.ADMIN_QUALIFIED_USERNAME, XmlText.escape(name.qualified()));
        put(values, Environment.ADMIN_JMS_USERNAME, name.inBrokerUrl());
        put(values, Environment.ADMIN_JMS_PASSWORD, UrlText.escape(admin.password()));
        put(values, Environment.ADMIN_RECOVERY_USERNAME, PropertyText.escape(admin.username()));
        put(values, Environment.ADMIN_RECOVERY_PASSWORD, PropertyText.escape(admin.password()));
    }

    private static void put(Map<String, String> values, Environment variable, String value) {
        values.put(variable.variable(), value);
    }

    private static Map<String, String> assemble(Sources sources) {
        var type = StoreType.valueOf(KeyStoreFile.TYPE);
        var password = sources.storePassword();
        var keys = sources.keys();
        var stores = new TreeMap<String, String>();
        Map.of(
                        KeyStoreFile.PRIMARY,
                        keys.primary(),
                        KeyStoreFile.TLS,
                        keys.tls(),
                        KeyStoreFile.INTERNAL,
                        keys.internal())
                .forEach((store, key) -> stores.put(
                        store.fileName(), base64(KeyStores.keyStore(type, KeyStoreFile.ALIAS, key, password))));
        stores.put(
                KeyStoreFile.TRUST.fileName(),
                base64(KeyStores.trustStore(type, trusted(keys), PublicRoots.certificates(), password)));
        return stores;
    }

    private static Map<String, String> trusted(Sources.Keys keys) {
        var trusted = new LinkedHashMap<String, String>();
        trusted.put(KeyStoreFile.AUTHORITY_ALIAS, String.join("", keys.authorities()));
        keys.additional().forEach((name, pem) -> trusted.put(KeyStoreFile.ADDITIONAL_ALIAS + name, pem));
        trusted.put(KeyStoreFile.GATEWAY_CERTIFICATE_ALIAS, keys.primary().certificates());
        return trusted;
    }

    private static Map<String, String> encoded(Map<String, String> values) {
        var encoded = new TreeMap<String, String>();
        values.forEach((key, value) -> encoded.put(key, base64(value.getBytes(StandardCharsets.UTF_8))));
        return encoded;
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
