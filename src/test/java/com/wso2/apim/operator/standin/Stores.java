package com.wso2.apim.operator.standin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** The key stores that a server opens: what it shows to others, and whom it trusts. */
record Stores(SSLContext tls, X509Certificate certificate) {

    /** Ends the process if one of the four does not open, or lacks its key. */
    static Stores load(ServerFile file, Path directory) {
        try {
            for (var store : new String[] {"primary", "internal"}) {
                key(file, "keystore." + store, open(file, "keystore." + store, directory));
            }
            var shown = open(file, "keystore.tls", directory);
            key(file, "keystore.tls", shown);
            var trusted = open(file, "truststore", directory);
            if (!trusted.containsAlias("gateway_certificate_alias")) {
                throw new GeneralSecurityException("the truststore lacks gateway_certificate_alias");
            }
            var certificate = shown.getCertificate(file.get("keystore.tls.alias"));
            return new Stores(
                    context(shown, file.get("keystore.tls.key_password").toCharArray(), trusted),
                    (X509Certificate) certificate);
        } catch (GeneralSecurityException | IOException | RuntimeException failure) {
            throw StandIn.end("key stores: " + failure);
        }
    }

    private static KeyStore open(ServerFile file, String table, Path directory)
            throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance(file.get(table + ".type"));
        try (var bytes = Files.newInputStream(directory.resolve(file.get(table + ".file_name")))) {
            store.load(bytes, file.get(table + ".password").toCharArray());
        } catch (IOException failure) {
            throw new IOException(table + ": " + failure, failure);
        }
        return store;
    }

    private static void key(ServerFile file, String table, KeyStore store) throws GeneralSecurityException {
        var password = file.get(table + ".key_password").toCharArray();
        if (store.getKey(file.get(table + ".alias"), password) == null) {
            throw new GeneralSecurityException(table + " has no key of that alias");
        }
    }

    private static SSLContext context(KeyStore shown, char[] password, KeyStore trusted)
            throws GeneralSecurityException {
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(shown, password);
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }
}
