package com.wso2.apim.operator.revision;

import com.wso2.apim.operator.inputs.Inputs;
import com.wso2.apim.operator.model.Cluster;
import com.wso2.apim.operator.model.Names;
import com.wso2.apim.operator.pki.CertificateAuthority;
import com.wso2.apim.operator.pki.InvalidKeyMaterialException;
import com.wso2.apim.operator.pki.KeyMaterial;
import com.wso2.apim.operator.pki.KeyStores;
import com.wso2.apim.operator.pki.SelfSigned;
import com.wso2.apim.operator.pki.StoreType;
import com.wso2.apim.operator.revision.Sources.Keys;
import com.wso2.apim.operator.toml.KeyStoreFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds, or makes, the key pairs of a deployment. */
final class KeysResolver {

    private static final String TLS = "tls";
    private static final String PRIMARY = "primary";
    private static final String INTERNAL = "internal";

    private final Inputs inputs;
    private final Cluster cluster;
    private final Names names;
    private final Running running;
    private final TlsCertificate certificate;
    private final AuthorityResolver authority;
    private final Map<String, String> keysData = new LinkedHashMap<>();

    /** Whether the TLS certificate may be issued anew. */
    enum TlsCertificate {
        /** Where it no longer fits, which restarts every node. */
        ANEW,
        /** Only where there is none. */
        AS_IT_IS
    }

    KeysResolver(Inputs inputs, Cluster cluster, Running running, TlsCertificate certificate) {
        this.inputs = inputs;
        this.cluster = cluster;
        this.names = cluster.names();
        this.running = running;
        this.certificate = certificate;
        this.authority = new AuthorityResolver(inputs, names, running);
    }

    /**
     * The key pairs.
     *
     * @throws InvalidKeyMaterialException if what is kept cannot be used
     */
    Keys resolve() {
        var issuer = authority.resolve();
        var primary = kept(PRIMARY, KeyStoreFile.PRIMARY).orElseGet(() -> selfSigned("signing"));
        var internal = kept(INTERNAL, KeyStoreFile.INTERNAL).orElseGet(() -> selfSigned("encryption"));
        var tls = kept(TLS, KeyStoreFile.TLS)
                .filter(pair -> certificate == TlsCertificate.AS_IT_IS || isFit(pair, issuer))
                .orElseGet(() -> CertificateAuthority.issue(
                        issuer,
                        cluster.hostnames().api(),
                        hosts(),
                        inputs.now(),
                        CertificateAuthority.DEFAULT_TLS_VALIDITY,
                        inputs.random()));
        put(keysData, TLS, tls);
        put(keysData, PRIMARY, primary);
        put(keysData, INTERNAL, internal);
        return new Keys(issuer, tls, primary, internal);
    }

    /** Where the authority comes from. */
    AuthorityResolver authority() {
        return authority;
    }

    /** Content of the Secret that keeps the other key pairs. */
    Map<String, String> keysData() {
        return keysData;
    }

    /** What is retained, else what the nodes run. */
    private Optional<KeyMaterial> kept(String name, KeyStoreFile store) {
        return retained(inputs, names.keysSecret(), name)
                .or(() -> running.store(store).flatMap(bytes -> running.storePassword()
                        .map(password -> KeyStores.open(
                                StoreType.valueOf(KeyStoreFile.TYPE), bytes, KeyStoreFile.ALIAS, password))));
    }

    /** A key pair of a retained Secret, checked. */
    static Optional<KeyMaterial> retained(Inputs inputs, String secret, String name) {
        var pair = inputs.secretValue(secret, name + ".key").flatMap(key -> inputs.secretValue(secret, name + ".crt")
                .map(certificates -> new KeyMaterial(key, certificates)));
        pair.ifPresent(KeyMaterial::verify);
        return pair;
    }

    private boolean isFit(KeyMaterial pair, KeyMaterial authority) {
        return pair.issuedBy(authority) && hosts().stream().allMatch(pair.details()::covers);
    }

    private KeyMaterial selfSigned(String purpose) {
        return SelfSigned.create(names.owner() + " " + purpose, inputs.now(), inputs.random());
    }

    /** Every name by which a node, a probe or a client may call a server. */
    private List<String> hosts() {
        var hosts = new ArrayList<String>();
        hosts.add(cluster.hostnames().api());
        hosts.addAll(cluster.gatewayHosts());
        hosts.addAll(cluster.streams().hosts());
        hosts.add("localhost");
        for (var tier : cluster.tiers()) {
            hosts.addAll(cluster.endpoints().serviceNames(tier.role()));
            // Both places of the pair, whatever the number of nodes: growing it must not need a new certificate.
            Stream.of(0, 1)
                    .map(ordinal -> cluster.endpoints().podNames(tier.role(), ordinal))
                    .forEach(hosts::addAll);
        }
        return hosts;
    }

    /** Adds a key pair to the content of a retained Secret. */
    static void put(Map<String, String> data, String name, KeyMaterial material) {
        data.put(name + ".key", material.privateKey());
        data.put(name + ".crt", material.certificates());
    }
}
