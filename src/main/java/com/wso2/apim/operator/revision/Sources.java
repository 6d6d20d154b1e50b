package com.wso2.apim.operator.revision;

import com.wso2.apim.operator.pki.KeyMaterial;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * The plain material that revisions are made from.
 *
 * @param admin the administrator as the databases know it
 * @param keys key pairs of the deployment
 * @param storePassword password of every key store and of its key
 * @param encryptionKey key of stored secrets, where the version uses one
 * @param retained content of the Secrets that outlive the resource, by name and key
 * @param changes what became of changes of what the first boot wrote into the databases
 * @param renewals what this pass changes of what nodes show and trust
 */
public record Sources(
        Credentials admin,
        Credentials apimDatabase,
        Credentials sharedDatabase,
        Keys keys,
        String storePassword,
        Optional<String> encryptionKey,
        Map<String, Map<String, String>> retained,
        FirstBootChanges changes,
        List<Renewal> renewals) {

    /**
     * Key pairs of the nodes, and whom they trust.
     *
     * @param authorities certificates by which nodes and proxies trust the nodes, in PEM, one in each
     * @param tls what nodes show
     * @param primary what signs
     * @param internal what encrypts
     * @param additional certificates that the user adds to the trust store, in PEM, by name
     */
    public record Keys(
            List<String> authorities,
            KeyMaterial tls,
            KeyMaterial primary,
            KeyMaterial internal,
            SortedMap<String, String> additional) {

        /** The same with another certificate for TLS and other authorities. */
        Keys withTls(KeyMaterial other, List<String> trusted) {
            return new Keys(trusted, other, primary, internal, additional);
        }
    }

    @Override
    public String toString() {
        return "Sources[" + retained.keySet() + "]";
    }
}
