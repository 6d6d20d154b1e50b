package com.wso2.apim.operator.revision;

import com.wso2.apim.operator.inputs.Inputs;
import com.wso2.apim.operator.model.Cluster;
import com.wso2.apim.operator.model.Names;
import com.wso2.apim.operator.model.Ownership;
import com.wso2.apim.operator.model.Problem;
import com.wso2.apim.operator.pki.InvalidKeyMaterialException;
import com.wso2.apim.operator.pki.Password;
import com.wso2.apim.operator.revision.KeysResolver.TlsCertificate;
import com.wso2.apim.operator.toml.KeyStoreFile;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;

/**
 * Finds the plain material of a deployment. What is generated is kept: a retained Secret wins, then what the deployment
 * runs, and only where there is neither is something new made.
 */
final class SourcesResolver {

    private static final int ADMIN_PASSWORD_LENGTH = 24;
    private static final int STORE_PASSWORD_LENGTH = 32;
    private static final String STORE_PASSWORD = "store-password";
    private static final String ENCRYPTION_KEY = "key";

    private final Inputs inputs;
    private final Cluster cluster;
    private final ServerFiles files;
    private final Names names;
    private final Ownership ownership;
    private final Running running;
    private final KeysResolver keys;
    private final AdditionalAuthorities additional;
    private final Map<String, Map<String, String>> retained = new LinkedHashMap<>();
    private final List<Problem> problems = new ArrayList<>();

    private SourcesResolver(Inputs inputs, Cluster cluster, ServerFiles files, TlsCertificate certificate) {
        this.inputs = inputs;
        this.cluster = cluster;
        this.files = files;
        this.problems.addAll(files.problems());
        this.names = cluster.names();
        this.ownership = new Ownership(names, inputs.resource().getMetadata().getUid());
        this.running = Running.of(inputs, names);
        this.keys = new KeysResolver(inputs, cluster, running, certificate);
        this.additional = new AdditionalAuthorities(inputs, running);
    }

    /**
     * The outcome: sources, or problems.
     *
     * @param sources absent if there are problems
     */
    record Resolved(Optional<Sources> sources, List<Problem> problems) {}

    /**
     * Finds, or makes, the sources of a cluster.
     *
     * @param files what the servers will read: with a problem there, nothing is made
     */
    static Resolved resolve(Inputs inputs, Cluster cluster, ServerFiles files, TlsCertificate certificate) {
        return new SourcesResolver(inputs, cluster, files, certificate).resolve();
    }

    private Resolved resolve() {
        var credentials = new CredentialsResolver(inputs, files);
        var apim = credentials.apimDatabase();
        var shared = credentials.sharedDatabase();
        var given = credentials.admin();
        // What somebody else keeps under the name is none of ours to judge.
        if (given.isEmpty()
                && inputs.secret(names.adminSecret())
                        .filter(ownership::isRetained)
                        .isPresent()) {
            credentials.checkGenerated(names.adminSecret());
        }
        var encryptionKey = encryptsWithKey() ? credentials.encryptionKey() : Optional.<String>empty();
        problems.addAll(credentials.problems());
        problems.addAll(new VariablesResolver(inputs, files).problems());
        problems.addAll(keys.problems());
        var trusted = additional.read();
        problems.addAll(additional.problems());
        kept(given.isEmpty()).forEach(this::foreign);
        if (!running.isPresent() && problems.isEmpty()) {
            problems.addAll(new KeptParts(inputs, names).missing(kept(given.isEmpty())));
        }
        keys.lostAuthority().ifPresent(problems::add);
        if (!problems.isEmpty()) {
            return new Resolved(Optional.empty(), List.copyOf(problems));
        }
        try {
            var sources = sources(given, apim, shared, encryptionKey, trusted);
            return new Resolved(Optional.of(sources).filter(found -> problems.isEmpty()), List.copyOf(problems));
        } catch (InvalidKeyMaterialException e) {
            return new Resolved(
                    Optional.empty(),
                    List.of(SourceProblem.KEY_MATERIAL.at(
                            "Secret %s, %s".formatted(names.authoritySecret(), names.keysSecret()), e.getMessage())));
        }
    }

    /** Names of the retained Secrets that the deployment uses. */
    private Stream<String> kept(boolean usesAdmin) {
        var usesEncryption = encryptsWithKey() && inputs.resource().getSpec().encryption() == null;
        return Stream.of(
                        Stream.of(names.authoritySecret(), names.keysSecret()),
                        usesAdmin ? Stream.of(names.adminSecret()) : Stream.<String>empty(),
                        usesEncryption ? Stream.of(names.encryptionSecret()) : Stream.<String>empty())
                .flatMap(secrets -> secrets);
    }

    private Sources sources(
            Optional<Credentials> given,
            Credentials apim,
            Credentials shared,
            Optional<String> givenKey,
            SortedMap<String, String> trusted) {
        var kept = retainedValue(names.keysSecret(), STORE_PASSWORD).or(running::storePassword);
        var storePassword = kept.orElseGet(() -> Password.random(STORE_PASSWORD_LENGTH, inputs.random()));
        var firstBoot = kept.map(password -> FirstBoot.known(inputs, names, password))
                .orElseGet(() -> FirstBoot.unknown(inputs, names, storePassword));
        var admin =
                firstBoot.settle(FirstBootValue.ADMINISTRATOR, given.orElseGet(this::retainedAdmin), running.admin());
        var primary =
                firstBoot.settle(FirstBootValue.PRIMARY, keys.primary(), running.keyMaterial(KeyStoreFile.PRIMARY));
        var internal =
                firstBoot.settle(FirstBootValue.INTERNAL, keys.internal(), running.keyMaterial(KeyStoreFile.INTERNAL));
        var key = encryptionKey(givenKey)
                .map(named -> firstBoot.settle(FirstBootValue.ENCRYPTION_KEY, named, running.encryptionKey()));
        problems.addAll(firstBoot.problems());
        var pairs = keys.resolve(primary, internal, trusted);
        if (!keys.authorityData().isEmpty()) {
            retained.put(names.authoritySecret(), keys.authorityData());
        }
        var data = new LinkedHashMap<>(keys.keysData());
        data.put(STORE_PASSWORD, storePassword);
        retained.put(names.keysSecret(), data);
        return new Sources(
                admin,
                apim,
                shared,
                pairs,
                storePassword,
                key,
                Collections.unmodifiableMap(retained),
                firstBoot.changes(),
                Renewal.between(running, pairs));
    }

    private Optional<String> encryptionKey(Optional<String> given) {
        if (!encryptsWithKey()) {
            return Optional.empty();
        }
        return Optional.of(given.orElseGet(() -> {
            var key = retainedValue(names.encryptionSecret(), ENCRYPTION_KEY)
                    .or(running::encryptionKey)
                    .orElseGet(() -> Password.hexadecimal(CredentialsResolver.ENCRYPTION_KEY_LENGTH, inputs.random()));
            retained.put(names.encryptionSecret(), Map.of(ENCRYPTION_KEY, key));
            return key;
        }));
    }

    private boolean encryptsWithKey() {
        return cluster.encryptsWithKey();
    }

    private Credentials retainedAdmin() {
        var secret = names.adminSecret();
        var admin = retainedValue(secret, "username")
                .flatMap(username ->
                        retainedValue(secret, "password").map(password -> new Credentials(username, password)))
                .or(running::admin)
                .orElseGet(() -> new Credentials("admin", Password.random(ADMIN_PASSWORD_LENGTH, inputs.random())));
        retained.put(secret, Map.of("username", admin.username(), "password", admin.password()));
        return admin;
    }

    private Optional<String> retainedValue(String secret, String key) {
        return inputs.secretValue(secret, key);
    }

    /** A Secret of a retained name that is not ours is never taken over. */
    private void foreign(String name) {
        inputs.secret(name)
                .filter(secret -> !ownership.isRetained(secret))
                .map(ownership::conflict)
                .ifPresent(problems::add);
    }
}
