package com.wso2.apim.operator.revision;

import com.wso2.apim.operator.api.v1alpha1.ApiManagerClusterSpec;
import com.wso2.apim.operator.api.v1alpha1.Encryption;
import com.wso2.apim.operator.api.v1alpha1.KeyStoreSecret;
import com.wso2.apim.operator.api.v1alpha1.KeyStoreSource;
import com.wso2.apim.operator.api.v1alpha1.KeyStoresSpec;
import com.wso2.apim.operator.api.v1alpha1.SecretReference;
import com.wso2.apim.operator.model.Names;
import java.util.Optional;

/**
 * What the first boot writes into the databases, or gives to clients: nodes that get another one later are locked out, or
 * cannot read what is stored.
 */
public enum FirstBootValue {
    ADMINISTRATOR(
            "administrator",
            "the administrator",
            "the first boot wrote the old one into the user store",
            "change the password in the Management Console (/carbon), or add the user with the role admin there"),
    ENCRYPTION_KEY(
            "encryption-key",
            "the encryption key",
            "what is stored in the databases is encrypted with the old one",
            "migrate what is stored: whatever was not encrypted anew can never be read again"),
    PRIMARY(
            "primary",
            "the signing key pair",
            "tokens and API keys that were issued are signed with the old one",
            "make sure that none of those is needed any more: they will be refused"),
    INTERNAL(
            "internal",
            "the encryption key pair",
            "what is stored in the databases is encrypted with the old one",
            "migrate what is stored: whatever was not encrypted anew can never be read again");

    private final String id;
    private final String words;
    private final String reason;
    private final String procedure;

    FirstBootValue(String id, String words, String reason, String procedure) {
        this.id = id;
        this.words = words;
        this.reason = reason;
        this.procedure = procedure;
    }

    /** Name of the Secret that it is read from. */
    String secret(ApiManagerClusterSpec spec, Names names) {
        var stores = Optional.ofNullable(spec.keystores());
        return switch (this) {
            case ADMINISTRATOR ->
                Optional.ofNullable(spec.admin())
                        .map(admin -> admin.secretRef().name())
                        .orElse(names.adminSecret());
            case ENCRYPTION_KEY ->
                Optional.ofNullable(spec.encryption())
                        .map(Encryption::secretRef)
                        .map(SecretReference::name)
                        .orElse(names.encryptionSecret());
            case PRIMARY -> given(stores.map(KeyStoresSpec::primary), names);
            case INTERNAL -> given(stores.map(KeyStoresSpec::internal), names);
        };
    }

    private static String given(Optional<KeyStoreSource> store, Names names) {
        return store.map(KeyStoreSource::secret).map(KeyStoreSecret::name).orElse(names.keysSecret());
    }

    /** Its name among the sources of a deployment. */
    String id() {
        return id;
    }

    /** As people call it, with the article. */
    public String words() {
        return words;
    }

    /** Why nodes do not take a change over. */
    public String reason() {
        return reason;
    }

    /** What to do before they may. */
    public String procedure() {
        return procedure;
    }
}
