package com.wso2.apim.operator.revision;

import com.wso2.apim.operator.api.v1alpha1.ApiManagerClusterSpec;
import com.wso2.apim.operator.api.v1alpha1.KeyStoreSecret;
import com.wso2.apim.operator.api.v1alpha1.KeyStoreSecret.Format;
import com.wso2.apim.operator.api.v1alpha1.KeyStoreSource;
import com.wso2.apim.operator.api.v1alpha1.KeyStoreSource.Source;
import com.wso2.apim.operator.api.v1alpha1.KeyStoresSpec;
import com.wso2.apim.operator.api.v1alpha1.TlsSource;
import com.wso2.apim.operator.inputs.Inputs;
import com.wso2.apim.operator.model.Names;
import com.wso2.apim.operator.model.Problem;
import com.wso2.apim.operator.pki.Anchors;
import com.wso2.apim.operator.pki.Flaw;
import com.wso2.apim.operator.pki.GivenPem;
import com.wso2.apim.operator.pki.GivenStore;
import com.wso2.apim.operator.pki.InvalidKeyMaterialException;
import com.wso2.apim.operator.pki.KeyMaterial;
import com.wso2.apim.operator.pki.Purpose;
import com.wso2.apim.operator.pki.StoreType;
import com.wso2.apim.operator.revision.KeyProblem.Held;
import com.wso2.apim.operator.toml.KeyStoreFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Reads the key pairs that the user gives in Secrets. Whatever is missing or broken is a problem; nothing takes its place.
 */
final class GivenKeys {

    private static final String AUTHORITY = "ca.crt";

    private final Inputs inputs;
    private final Running running;
    private final Optional<Issuance> issuance;
    private final List<Problem> problems = new ArrayList<>();

    GivenKeys(Inputs inputs, Names names, Running running) {
        this.inputs = inputs;
        this.running = running;
        this.issuance = Issuance.of(inputs, names);
    }

    /**
     * What nodes are to show, and by what they are trusted.
     *
     * @param authorities certificates in PEM, one in each
     */
    record Tls(KeyMaterial pair, List<String> authorities) {}

    /** Whether the key pair for TLS is not the operator's to make, in whatever state it is. */
    static boolean isTlsGiven(ApiManagerClusterSpec spec) {
        return Optional.ofNullable(spec.keystores())
                .map(KeyStoresSpec::tls)
                .filter(tls -> tls.source() != TlsSource.Source.GENERATED)
                .isPresent();
    }

    List<Problem> problems() {
        return List.copyOf(problems);
    }

    /**
     * The key pair for TLS, if one is given and good.
     *
     * @param hosts that its certificate must cover
     */
    Optional<Tls> tls(List<String> hosts) {
        if (issuance.isPresent()) {
            var obstacle = issuance.flatMap(Issuance::obstacle);
            obstacle.ifPresent(problems::add);
            return obstacle.isPresent()
                    ? Optional.empty()
                    : tls(Issuance.FIELD, issuance.get().secret(), hosts);
        }
        return Optional.ofNullable(inputs.resource().getSpec().keystores())
                .map(KeyStoresSpec::tls)
                .map(TlsSource::secret)
                .flatMap(secret -> tls("spec.keystores.tls.secret", secret, hosts));
    }

    private Optional<Tls> tls(String field, KeyStoreSecret secret, List<String> hosts) {
        return pair(field, secret, Purpose.TLS, hosts, KeyStoreFile.TLS)
                .flatMap(pair -> authorities(field, secret, pair).map(anchors -> new Tls(pair, anchors)));
    }

    /** The key pair that signs, if one is given and good. */
    Optional<KeyMaterial> primary() {
        return secret(KeyStoresSpec::primary)
                .flatMap(secret -> pair(
                        "spec.keystores.primary.secret", secret, Purpose.SIGNING, List.of(), KeyStoreFile.PRIMARY));
    }

    /** The key pair that encrypts, if one is given and good. */
    Optional<KeyMaterial> internal() {
        return secret(KeyStoresSpec::internal)
                .flatMap(secret -> pair(
                        "spec.keystores.internal.secret",
                        secret,
                        Purpose.ENCRYPTION,
                        List.of(),
                        KeyStoreFile.INTERNAL));
    }

    private Optional<KeyStoreSecret> secret(Function<KeyStoresSpec, KeyStoreSource> which) {
        return Optional.ofNullable(inputs.resource().getSpec().keystores())
                .map(which)
                .filter(source -> source.source() == Source.SECRET)
                .map(KeyStoreSource::secret);
    }

    private Optional<KeyMaterial> pair(
            String field, KeyStoreSecret secret, Purpose purpose, List<String> hosts, KeyStoreFile store) {
        var read = secret.format() == Format.PEM ? pem(field, secret) : store(field, secret);
        return read.filter(
                pair -> isGood(field, certificates(secret), pair, store, purpose.flaws(pair, inputs.now(), hosts)));
    }

    /** What nodes run already may have stopped being valid under their hands: to freeze them then helps nobody. */
    private boolean isGood(String field, Held held, KeyMaterial pair, KeyStoreFile store, List<Flaw.Found> flaws) {
        var found = flaws.stream()
                .filter(flaw -> !flaw.flaw().comesWithTime()
                        || running.keyMaterial(store).filter(pair::equals).isEmpty())
                .map(flaw -> problem(field, held, flaw))
                .toList();
        problems.addAll(found);
        return found.isEmpty();
    }

    private Problem problem(String field, Held held, Flaw.Found flaw) {
        return issuance.filter(issued -> field.equals(Issuance.FIELD) && flaw.flaw() == Flaw.MISSING_HOSTS)
                .map(issued -> issued.notIssuedAnew(
                        flaw.words().get(flaw.words().size() - 1).toString()))
                .orElseGet(() -> KeyProblem.of(field, held, flaw));
    }

    private Optional<KeyMaterial> pem(String field, KeyStoreSecret secret) {
        var keyPlace = held(secret, secret.privateKeyKey(), "tls.key");
        if (isMissing(field, secret, keyPlace.key())) {
            return Optional.empty();
        }
        var key = bytes(field, secret.name(), keyPlace)
                .flatMap(bytes -> read(field, keyPlace, () -> GivenPem.privateKey(bytes)));
        var chain = bytes(field, secret.name(), certificates(secret))
                .flatMap(bytes -> read(field, certificates(secret), () -> GivenPem.certificates(bytes)));
        return key.flatMap(
                found -> chain.flatMap(certificates -> verified(field, secret, found, String.join("", certificates))));
    }

    private Optional<KeyMaterial> verified(String field, KeyStoreSecret secret, String key, String certificates) {
        return read(field, certificates(secret), () -> {
            var pair = new KeyMaterial(key, certificates);
            pair.verify();
            return pair;
        });
    }

    private Optional<KeyMaterial> store(String field, KeyStoreSecret secret) {
        var type = StoreType.valueOf(secret.format().name());
        var reference = Optional.ofNullable(secret.passwordSecretRef());
        var passwordSecret = reference.map(KeyStoreSecret.Password::name).orElse(secret.name());
        var passwordKey = reference.map(KeyStoreSecret.Password::key).orElse("password");
        if (passwordSecret.equals(secret.name()) && isMissing(field, secret, passwordKey)) {
            return Optional.empty();
        }
        var bytes = bytes(field, secret.name(), certificates(secret));
        SourceProblem.missing(inputs, field, passwordSecret, passwordKey).ifPresent(problems::add);
        return bytes.flatMap(found -> inputs.secretValue(passwordSecret, passwordKey)
                .flatMap(password -> read(field, certificates(secret), () -> {
                    var place = Held.inSecret(passwordSecret, passwordKey).toString();
                    var alias = Optional.ofNullable(secret.alias());
                    var pair = GivenStore.open(type, found, password, place, alias);
                    pair.verify();
                    return pair;
                })));
    }

    /** A Secret that is not there at all is one problem, not one for each key of it. */
    private boolean isMissing(String field, KeyStoreSecret secret, String otherKey) {
        var isMissing = inputs.secret(secret.name()).isEmpty();
        if (isMissing) {
            problems.add(SourceProblem.NO_CREDENTIALS.at(
                    field, secret.name(), certificates(secret).key(), otherKey));
        }
        return isMissing;
    }

    /** By what a certificate is trusted: the authority that is given with it, else the end of its own chain. */
    private Optional<List<String>> authorities(String field, KeyStoreSecret secret, KeyMaterial pair) {
        var place = held(secret, secret.authorityKey(), AUTHORITY);
        if (secret.authorityKey() == null
                && inputs.secretBytes(secret.name(), AUTHORITY).isEmpty()) {
            return read(field, certificates(secret), () -> Anchors.of(pair, AUTHORITY));
        }
        return bytes(field, secret.name(), place)
                .flatMap(bytes -> read(field, place, () -> {
                    var certificates = GivenPem.certificates(bytes);
                    Anchors.check(certificates, pair);
                    return certificates;
                }))
                .filter(certificates -> isGood(
                        field,
                        place,
                        pair,
                        KeyStoreFile.TLS,
                        Anchors.vouching(certificates, pair).stream()
                                .flatMap(pem -> Purpose.validity(pem, inputs.now()).stream())
                                .toList()));
    }

    /** The key of the Secret that holds the certificates, alone or with the private key. */
    private static Held certificates(KeyStoreSecret secret) {
        return switch (secret.format()) {
            case PEM -> held(secret, secret.certificateKey(), "tls.crt");
            case JKS -> held(secret, secret.key(), "keystore.jks");
            case PKCS12 -> held(secret, secret.key(), "keystore.p12");
        };
    }

    private static Held held(KeyStoreSecret secret, String key, String otherwise) {
        return Held.inSecret(secret.name(), Optional.ofNullable(key).orElse(otherwise));
    }

    private Optional<byte[]> bytes(String field, String secret, Held held) {
        SourceProblem.missing(inputs, field, secret, held.key()).ifPresent(problems::add);
        return inputs.secretBytes(secret, held.key());
    }

    private <T> Optional<T> read(String field, Held held, Supplier<T> reading) {
        try {
            return Optional.of(reading.get());
        } catch (InvalidKeyMaterialException e) {
            Flaw.Found found = e.found().orElseThrow(() -> e);
            problems.add(KeyProblem.of(field, held, found));
            return Optional.empty();
        }
    }
}
