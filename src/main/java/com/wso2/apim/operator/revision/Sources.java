package com.wso2.apim.operator.revision;

import com.wso2.apim.operator.pki.KeyMaterial;
import java.util.Map;

/**
 * The plain material that revisions are made from.
 *
 * @param admin the administrator as the databases know it
 * @param keys key pairs of the deployment
 * @param storePassword password of every key store and of its key
 * @param retained content of the Secrets that outlive the resource, by name and key
 * @param credentialsInSync whether the administrator's Secret says what the databases know
 */
public record Sources(
        Credentials admin,
        Credentials apimDatabase,
        Credentials sharedDatabase,
        Keys keys,
        String storePassword,
        Map<String, Map<String, String>> retained,
        boolean credentialsInSync) {

    /** Authority, TLS key pair issued by it, signing key pair and encryption key pair. */
    public record Keys(KeyMaterial authority, KeyMaterial tls, KeyMaterial primary, KeyMaterial internal) {}

    @Override
    public String toString() {
        return "Sources[" + retained.keySet() + "]";
    }
}
