package com.wso2.apim.operator.revision;

import com.wso2.apim.operator.inputs.Inputs;
import com.wso2.apim.operator.model.Names;
import com.wso2.apim.operator.model.Role;
import com.wso2.apim.operator.toml.Environment;
import com.wso2.apim.operator.toml.KeyStoreFile;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.Base64;
import java.util.Optional;

/** Secrets of the revision that the deployment runs: what its databases and its peers know. */
final class Running {

    private final Optional<Secret> environment;
    private final Optional<Secret> stores;

    private Running(Optional<Secret> environment, Optional<Secret> stores) {
        this.environment = environment;
        this.stores = stores;
    }

    /** The Secrets of the admitted all-in-one revision, if there is one. */
    static Running of(Inputs inputs, Names names) {
        var secrets = Admitted.stored(inputs, names)
                .flatMap(admitted -> admitted.revision(inputs, Role.ALL_IN_ONE))
                .map(Revision::secrets);
        return new Running(
                secrets.flatMap(named -> inputs.owned(Secret.class).stream()
                        .filter(secret -> named.contains(secret.getMetadata().getName()))
                        .filter(secret -> Inputs.value(secret, Environment.ADMIN_PASSWORD.variable())
                                .isPresent())
                        .findFirst()),
                secrets.flatMap(named -> inputs.owned(Secret.class).stream()
                        .filter(secret -> named.contains(secret.getMetadata().getName()))
                        .filter(secret -> secret.getData().containsKey(KeyStoreFile.TLS.fileName()))
                        .findFirst()));
    }

    boolean isPresent() {
        return environment.isPresent();
    }

    Optional<Credentials> admin() {
        return value(Environment.ADMIN_USERNAME).flatMap(username -> value(Environment.ADMIN_PASSWORD)
                .map(password -> new Credentials(username, password)));
    }

    Optional<String> storePassword() {
        return value(Environment.TLS_KEYSTORE_PASSWORD);
    }

    Optional<String> encryptionKey() {
        return value(Environment.ENCRYPTION_KEY);
    }

    Optional<byte[]> store(KeyStoreFile store) {
        return stores.map(secret -> secret.getData().get(store.fileName())).map(Base64.getDecoder()::decode);
    }

    private Optional<String> value(Environment variable) {
        return environment.flatMap(secret -> Inputs.value(secret, variable.variable()));
    }
}
