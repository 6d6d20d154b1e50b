package com.wso2.apim.operator.revision;

import com.wso2.apim.operator.api.v1alpha1.ApiManagerCluster;
import com.wso2.apim.operator.model.Names;
import com.wso2.apim.operator.revision.Sources.Keys;
import com.wso2.apim.operator.support.AdmittedResource;
import com.wso2.apim.operator.support.GivenSecrets;
import com.wso2.apim.operator.support.Made;
import com.wso2.apim.operator.support.Retained;
import com.wso2.apim.operator.support.Simulation;
import com.wso2.apim.operator.toml.Environment;
import com.wso2.apim.operator.toml.KeyStoreFile;
import io.fabric8.kubernetes.api.model.Secret;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** The smallest example with key material of the user's. */
final class GivenDeployment {

    static final Names NAMES = new Names("wso2", "apim");

    /** What the user's certificates have to cover, as one that the operator issues does. */
    static final List<String> HOSTS =
            keys(simulation("spec: {}")).tls().details().dnsNames();

    static final Made COMPANY = Made.named("Company CA").authority().made();
    static final Made ISSUING = Made.named("Issuing CA").by(COMPANY).authority().made();

    private GivenDeployment() {}

    /** In which nothing has happened yet. */
    static Simulation simulation(String change, Secret... secrets) {
        var given = new ArrayList<>(Retained.secrets(NAMES));
        given.add(GivenSecrets.ofTexts("apim-db", "username", "apim", "password", "apim-password"));
        given.add(GivenSecrets.ofTexts("shared-db", "username", "shared", "password", "shared-password"));
        given.addAll(List.of(secrets));
        return new Simulation(resource(change), given);
    }

    static ApiManagerCluster resource(String change) {
        return AdmittedResource.of(Path.of("examples", "minimal", "cr.yaml"), change);
    }

    /** A change by which a store is read from a Secret. */
    static String reading(String store, String secret) {
        return "spec: {keystores: {%s: {source: Secret, secret: %s}}}".formatted(store, secret);
    }

    /** Key and chain in PEM, as cert-manager has them. */
    static Secret pem(String name, Made made) {
        return pem(name, made, made.key());
    }

    static Secret pem(String name, Made made, String key) {
        return GivenSecrets.ofTexts(name, "tls.crt", made.certificates(), "tls.key", key);
    }

    /** A certificate for the nodes, by the company's issuing authority. */
    static Made.Draft server(String commonName) {
        return Made.named(commonName).by(ISSUING).covering(HOSTS);
    }

    static Keys keys(Simulation simulation) {
        var admission = Admission.of(simulation.inputs());
        return admission
                .sources()
                .orElseThrow(() -> new AssertionError(admission.problems().toString()))
                .keys();
    }

    /** What nodes of the admitted revision mount. */
    record Stores(Map<String, String> files, String password) {

        static Stores of(List<Secret> secrets) {
            var password = value(secrets, Environment.TLS_KEYSTORE_PASSWORD.variable());
            return secrets.stream()
                    .map(Secret::getData)
                    .filter(data -> data.containsKey(KeyStoreFile.TLS.fileName()))
                    .findFirst()
                    .map(data ->
                            new Stores(data, new String(Base64.getDecoder().decode(password), StandardCharsets.UTF_8)))
                    .orElseThrow();
        }

        byte[] bytes(KeyStoreFile file) {
            return Base64.getDecoder().decode(files.get(file.fileName()));
        }

        KeyStore open(KeyStoreFile file) throws GeneralSecurityException, IOException {
            var store = KeyStore.getInstance(KeyStoreFile.TYPE);
            store.load(new ByteArrayInputStream(bytes(file)), password.toCharArray());
            return store;
        }

        private static String value(List<Secret> secrets, String key) {
            return secrets.stream()
                    .map(Secret::getData)
                    .filter(data -> data.containsKey(key))
                    .findFirst()
                    .orElseThrow()
                    .get(key);
        }
    }
}
