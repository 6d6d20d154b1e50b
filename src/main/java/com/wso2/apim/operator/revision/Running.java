package com.wso2.apim.operator.revision;

import com.wso2.apim.operator.inputs.Inputs;
import com.wso2.apim.operator.model.Names;
import com.wso2.apim.operator.model.Role;
import com.wso2.apim.operator.pki.InvalidKeyMaterialException;
import com.wso2.apim.operator.pki.KeyMaterial;
import com.wso2.apim.operator.pki.KeyStores;
import com.wso2.apim.operator.pki.StoreType;
import com.wso2.apim.operator.toml.Environment;
import com.wso2.apim.operator.toml.KeyStoreFile;
import com.wso2.apim.operator.toml.XmlText;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Secrets of a revision that the deployment runs: what its databases and its peers know. */
final class Running {

    private static final StoreType TYPE = StoreType.valueOf(KeyStoreFile.TYPE);

    private final Optional<Secret> environment;
    private final Optional<Secret> stores;

    private Running(Optional<Secret> environment, Optional<Secret> stores) {
        this.environment = environment;
        this.stores = stores;
    }

    /** The Secrets of the admitted all-in-one revision, if there is one. */
    static Running of(Inputs inputs, Names names) {
        return of(
                inputs,
                Admitted.stored(inputs, names)
                        .flatMap(admitted -> admitted.revision(inputs, Role.ALL_IN_ONE))
                        .map(Revision::secrets)
                        .orElse(Set.of()));
    }

    /** What any node may run or come back with: every revision that is stored. Empty until a tier has come to rest. */
    static List<Running> inUse(Inputs inputs, Names names) {
        var hasRested = Admitted.stored(inputs, names)
                .filter(last -> !last.settled().isEmpty())
                .isPresent();
        return !hasRested
                ? List.of()
                : inputs.owned(ConfigMap.class).stream()
                        .flatMap(configMap -> Revision.stored(configMap).stream())
                        .map(Revision::secrets)
                        .distinct()
                        .map(secrets -> of(inputs, secrets))
                        .toList();
    }

    private static Running of(Inputs inputs, Set<String> secrets) {
        var found = inputs.owned(Secret.class).stream()
                .filter(secret -> secrets.contains(secret.getMetadata().getName()))
                .toList();
        return new Running(
                found.stream()
                        .filter(secret -> Inputs.value(secret, Environment.ADMIN_PASSWORD.variable())
                                .isPresent())
                        .findFirst(),
                found.stream()
                        .filter(secret -> secret.getData().containsKey(KeyStoreFile.TLS.fileName()))
                        .findFirst());
    }

    boolean isPresent() {
        return environment.isPresent();
    }

    Optional<Credentials> admin() {
        return value(Environment.ADMIN_USERNAME).flatMap(username -> value(Environment.ADMIN_PASSWORD)
                .map(password -> new Credentials(XmlText.read(username), XmlText.read(password))));
    }

    Optional<String> storePassword() {
        return value(Environment.TLS_KEYSTORE_PASSWORD);
    }

    Optional<String> encryptionKey() {
        return value(Environment.ENCRYPTION_KEY);
    }

    /**
     * A key pair.
     *
     * @throws InvalidKeyMaterialException if somebody has changed the store
     */
    Optional<KeyMaterial> keyMaterial(KeyStoreFile store) {
        return store(store).flatMap(bytes -> storePassword()
                .map(password -> KeyStores.open(TYPE, bytes, KeyStoreFile.ALIAS, password)));
    }

    /**
     * What the nodes trust under an alias and its numbered fellows, by alias.
     *
     * @throws InvalidKeyMaterialException if somebody has changed the store
     */
    SortedMap<String, String> trusted(String alias) {
        return store(KeyStoreFile.TRUST)
                .flatMap(bytes -> storePassword().map(password -> KeyStores.certificates(TYPE, bytes, password)))
                .map(all -> all.entrySet().stream()
                        .filter(entry ->
                                entry.getKey().equals(alias) || entry.getKey().startsWith(alias + "."))
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a, TreeMap::new)))
                .orElseGet(TreeMap::new);
    }

    private Optional<byte[]> store(KeyStoreFile store) {
        return stores.map(secret -> secret.getData().get(store.fileName())).map(Base64.getDecoder()::decode);
    }

    private Optional<String> value(Environment variable) {
        return environment.flatMap(secret -> Inputs.value(secret, variable.variable()));
    }
}
