package com.wso2.apim.operator.revision;

import com.wso2.apim.operator.inputs.Inputs;
import com.wso2.apim.operator.model.Cluster;
import com.wso2.apim.operator.model.Names;
import com.wso2.apim.operator.model.Problem;
import com.wso2.apim.operator.pki.CertificateAuthority;
import com.wso2.apim.operator.pki.InvalidKeyMaterialException;
import com.wso2.apim.operator.pki.KeyMaterial;
import com.wso2.apim.operator.pki.SelfSigned;
import com.wso2.apim.operator.revision.Sources.Keys;
import com.wso2.apim.operator.toml.KeyStoreFile;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
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
    private final GivenKeys given;
    private final Optional<GivenKeys.Tls> givenTls;
    private final Optional<KeyMaterial> givenPrimary;
    private final Optional<KeyMaterial> givenInternal;
    private final AuthorityResolver authority;
    private final Map<String, String> authorityData = new LinkedHashMap<>();
    private final Map<String, String> keysData = new LinkedHashMap<>();

    /** Whether the TLS certificate may be issued anew. */
    enum TlsCertificate {
        /** Where it no longer fits, which restarts every node. */
        ANEW,
        /** Only where there is none, or where it is to be renewed. */
        AS_IT_IS
    }

    KeysResolver(Inputs inputs, Cluster cluster, Running running, TlsCertificate certificate) {
        this.inputs = inputs;
        this.cluster = cluster;
        this.names = cluster.names();
        this.running = running;
        this.certificate = certificate;
        this.authority = new AuthorityResolver(inputs, names, running);
        this.given = new GivenKeys(inputs, names, running);
        this.givenTls = given.tls(cluster.tlsHosts());
        this.givenPrimary = given.primary();
        this.givenInternal = given.internal();
    }

    /** What is missing or broken of what the user gives. */
    List<Problem> problems() {
        return given.problems();
    }

    /** The key pair that is to sign: the user's, else what is kept, else a new one. */
    KeyMaterial primary() {
        return pair(givenPrimary, PRIMARY, KeyStoreFile.PRIMARY, "signing");
    }

    /** The key pair that is to encrypt: the user's, else what is kept, else a new one. */
    KeyMaterial internal() {
        return pair(givenInternal, INTERNAL, KeyStoreFile.INTERNAL, "encryption");
    }

    private KeyMaterial pair(Optional<KeyMaterial> givenPair, String name, KeyStoreFile store, String purpose) {
        if (givenPair.isPresent()) {
            retainUnused(name);
            return givenPair.get();
        }
        var pair = kept(name, store).orElseGet(() -> selfSigned(purpose));
        put(keysData, name, pair);
        return pair;
    }

    /**
     * The key pairs with the one for TLS, and whom nodes trust.
     *
     * @param primary what signs
     * @param internal what encrypts
     * @throws InvalidKeyMaterialException if what is kept cannot be used
     */
    Keys resolve(KeyMaterial primary, KeyMaterial internal, SortedMap<String, String> additional) {
        if (givenTls.isPresent()) {
            retainUnused(TLS);
        }
        var tls = givenTls.orElseGet(this::generatedTls);
        return new Handover(inputs, names, running)
                .towards(new Keys(tls.authorities(), tls.pair(), primary, internal, additional));
    }

    private GivenKeys.Tls generatedTls() {
        var issuer = authority.resolve();
        authorityData.putAll(authority.data());
        var pair = kept(TLS, KeyStoreFile.TLS)
                // One that the user gave before is not this authority's.
                .filter(found -> found.issuedBy(issuer))
                .filter(found -> !Renewing.of(inputs, names).isToBeRenewed(found, issuer))
                .filter(found -> certificate == TlsCertificate.AS_IT_IS
                        || cluster.tlsHosts().stream().allMatch(found.details()::covers))
                .orElseGet(() -> CertificateAuthority.issue(
                        issuer,
                        cluster.hostnames().api(),
                        cluster.tlsHosts(),
                        inputs.now(),
                        CertificateAuthority.DEFAULT_TLS_VALIDITY,
                        inputs.random()));
        put(keysData, TLS, pair);
        return new GivenKeys.Tls(pair, List.of(issuer.certificates()));
    }

    /** Names the authority that running nodes trust, if it is not kept any more: no new one may take its place. */
    Optional<Problem> lostAuthority() {
        if (isGivenTls() || !isGeneratedTlsAdmitted()) {
            return Optional.empty();
        }
        return authority.lost();
    }

    private boolean isGivenTls() {
        return GivenKeys.isTlsGiven(inputs.resource().getSpec());
    }

    /** Where the nodes show what the user gave, they know of no authority of ours. */
    private boolean isGeneratedTlsAdmitted() {
        return Admitted.stored(inputs, names)
                .flatMap(Admitted::spec)
                .filter(GivenKeys::isTlsGiven)
                .isEmpty();
    }

    /** Content of the Secret that keeps the authority; empty if none is needed. */
    Map<String, String> authorityData() {
        return authorityData;
    }

    /** Content of the Secret that keeps the other key pairs. */
    Map<String, String> keysData() {
        return keysData;
    }

    /** What is retained, else what the nodes run. */
    private Optional<KeyMaterial> kept(String name, KeyStoreFile store) {
        return retained(inputs, names.keysSecret(), name).or(() -> running.keyMaterial(store));
    }

    /** A key pair of a retained Secret, checked. */
    static Optional<KeyMaterial> retained(Inputs inputs, String secret, String name) {
        var pair = inputs.secretValue(secret, name + ".key").flatMap(key -> inputs.secretValue(secret, name + ".crt")
                .map(certificates -> new KeyMaterial(key, certificates)));
        pair.ifPresent(KeyMaterial::verify);
        return pair.map(KeyMaterial::normalized);
    }

    private KeyMaterial selfSigned(String purpose) {
        return SelfSigned.create(names.owner() + " " + purpose, inputs.now(), inputs.random());
    }

    /** What the user gives is not copied; what was generated before stays where it is, for the day it is wanted again. */
    private void retainUnused(String name) {
        Stream.of(name + ".key", name + ".crt").forEach(key -> inputs.secretValue(names.keysSecret(), key)
                .ifPresent(value -> keysData.put(key, value)));
    }

    /** Adds a key pair to the content of a retained Secret. */
    static void put(Map<String, String> data, String name, KeyMaterial material) {
        data.put(name + ".key", material.privateKey());
        data.put(name + ".crt", material.certificates());
    }
}
