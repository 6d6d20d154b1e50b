package com.wso2.apim.operator.revision;

import com.wso2.apim.operator.inputs.Inputs;
import com.wso2.apim.operator.model.Cluster;
import com.wso2.apim.operator.model.Names;
import com.wso2.apim.operator.model.Problem;
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

    private static final String AUTHORITY = "ca";
    private static final String TLS = "tls";
    private static final String PRIMARY = "primary";
    private static final String INTERNAL = "internal";

    private final Inputs inputs;
    private final Cluster cluster;
    private final Names names;
    private final Running running;
    private final TlsCertificate certificate;
    private final Map<String, String> authorityData = new LinkedHashMap<>();
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
    }

    /**
     * The key pairs.
     *
     * @throws InvalidKeyMaterialException if what is kept cannot be used
     */
    Keys resolve() {
        var authority = authority();
        var primary = kept(PRIMARY, KeyStoreFile.PRIMARY).orElseGet(() -> selfSigned("signing"));
        var internal = kept(INTERNAL, KeyStoreFile.INTERNAL).orElseGet(() -> selfSigned("encryption"));
        var tls = kept(TLS, KeyStoreFile.TLS)
                .filter(pair -> certificate == TlsCertificate.AS_IT_IS || isFit(pair, authority))
                .orElseGet(() -> CertificateAuthority.issue(
                        authority,
                        cluster.hostnames().api(),
                        hosts(),
                        inputs.now(),
                        CertificateAuthority.DEFAULT_TLS_VALIDITY,
                        inputs.random()));
        put(authorityData, AUTHORITY, authority);
        put(keysData, TLS, tls);
        put(keysData, PRIMARY, primary);
        put(keysData, INTERNAL, internal);
        return new Keys(authority, tls, primary, internal);
    }

    /** Certificate of the authority that is kept, unread. */
    static Optional<String> authority(Inputs inputs, Names names) {
        return inputs.secretValue(names.authoritySecret(), AUTHORITY + ".crt");
    }

    /** Names the authority that running nodes trust, if it is not kept any more: no new one may take its place. */
    Optional<Problem> lostAuthority() {
        var isKept = Stream.of(".key", ".crt")
                .allMatch(part -> inputs.secretValue(names.authoritySecret(), AUTHORITY + part)
                        .isPresent());
        return isKept || !running.isPresent()
                ? Optional.empty()
                : Optional.of(SourceProblem.AUTHORITY_GONE.at("Secret " + names.authoritySecret()));
    }

    /** Content of the Secret that keeps the authority. */
    Map<String, String> authorityData() {
        return authorityData;
    }

    /** Content of the Secret that keeps the other key pairs. */
    Map<String, String> keysData() {
        return keysData;
    }

    private KeyMaterial authority() {
        return retained(names.authoritySecret(), AUTHORITY)
                .orElseGet(() -> CertificateAuthority.create(
                        "WSO2 API Manager CA of " + names.owner(), inputs.now(), inputs.random()));
    }

    /** What is retained, else what the nodes run. */
    private Optional<KeyMaterial> kept(String name, KeyStoreFile store) {
        return retained(names.keysSecret(), name).or(() -> running.store(store).flatMap(bytes -> running.storePassword()
                .map(password ->
                        KeyStores.open(StoreType.valueOf(KeyStoreFile.TYPE), bytes, KeyStoreFile.ALIAS, password))));
    }

    private Optional<KeyMaterial> retained(String secret, String name) {
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

    private static void put(Map<String, String> data, String name, KeyMaterial material) {
        data.put(name + ".key", material.privateKey());
        data.put(name + ".crt", material.certificates());
    }
}
