package com.wso2.apim.operator.revision;

import com.wso2.apim.operator.pki.KeyMaterial;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The plain material that revisions are made from.
 *
 * @param admin the administrator as the databases know it
 * @param keys key pairs of the deployment
 * @param storePassword password of every key store and of its key
 * @param encryptionKey key of stored secrets, where the version uses one
 * @param retained content of the Secrets that outlive the resource, by name and key
 * @param heldBack what was changed in a Secret after the first boot wrote it into the databases, in words; nodes keep what
 *     the databases know
 */
public record Sources(
        Credentials admin,
        Credentials apimDatabase,
        Credentials sharedDatabase,
        Keys keys,
        String storePassword,
        Optional<String> encryptionKey,
        Map<String, Map<String, String>> retained,
        List<String> heldBack) {

    /** Authority, TLS key pair issued by it, signing key pair and encryption key pair. */
    public record Keys(KeyMaterial authority, KeyMaterial tls, KeyMaterial primary, KeyMaterial internal) {}

    @Override
    public String toString() {
        return "Sources[" + retained.keySet() + "]";
    }
}
