package com.wso2.apim.operator.revision;

import static com.wso2.apim.operator.revision.GivenDeployment.COMPANY;
import static com.wso2.apim.operator.revision.GivenDeployment.HOSTS;
import static com.wso2.apim.operator.revision.GivenDeployment.ISSUING;
import static com.wso2.apim.operator.revision.GivenDeployment.pem;
import static com.wso2.apim.operator.revision.GivenDeployment.reading;
import static com.wso2.apim.operator.revision.GivenDeployment.server;
import static com.wso2.apim.operator.revision.GivenDeployment.simulation;
import static com.wso2.apim.operator.support.GivenSecrets.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.wso2.apim.operator.model.Problem;
import com.wso2.apim.operator.model.Problem.Concern;
import com.wso2.apim.operator.pki.Flaw;
import com.wso2.apim.operator.support.GivenSecrets;
import com.wso2.apim.operator.support.Made;
import com.wso2.apim.operator.support.Simulation;
import io.fabric8.kubernetes.api.model.Secret;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bouncycastle.asn1.DERBMPString;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.crypto.engines.DESedeEngine;
import org.bouncycastle.crypto.modes.CBCBlockCipher;
import org.bouncycastle.operator.OutputEncryptor;
import org.bouncycastle.pkcs.PKCS12PfxPduBuilder;
import org.bouncycastle.pkcs.PKCS12SafeBag;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfoBuilder;
import org.bouncycastle.pkcs.bc.BcPKCS12MacCalculatorBuilder;
import org.bouncycastle.pkcs.bc.BcPKCS12PBEOutputEncryptorBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS12SafeBagBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each fault that key material of the user's can have: named with field, Secret, key and what to do instead. */
class BrokenKeysTest {

    private static final String PASSWORD = "planted-password";
    private static final Made TLS = server("nodes").made();
    private static final Made OWN = Made.named("own").made();

    /** A fault, how the Secret named "given" is read, and what is said of it. */
    record Fault(String flaw, String name, String field, String options, Secret secret, String says) {

        @Override
        public String toString() {
            return flaw + ": " + name;
        }
    }

    private static final class Corpus {

        private final List<Fault> faults = new ArrayList<>();

        void tls(Flaw flaw, String name, Made made, String says) {
            tls(flaw, name, pem("given", made), "tls.crt", says);
        }

        void tls(Flaw flaw, String name, Secret secret, String key, String says) {
            add(flaw, name, "tls", "{name: given}", secret, key, says);
        }

        void store(Flaw flaw, String name, String type, byte[] store, String says) {
            var key = type.equals("JKS") ? "keystore.jks" : "keystore.p12";
            var secret = GivenSecrets.of("given", Map.of(key, store, "password", bytes(PASSWORD)));
            add(flaw, name, "primary", "{name: given, format: %s}".formatted(type), secret, key, says);
        }

        void add(Flaw flaw, String name, String store, String options, Secret secret, String key, String says) {
            var field = "spec.keystores.%s.secret".formatted(store);
            faults.add(new Fault(
                    flaw.name(),
                    name,
                    field,
                    reading(store, options),
                    secret,
                    "%s: key '%s' of Secret 'given': %s".formatted(field, key, says)));
        }
    }

    static List<Fault> faults() throws Exception {
        var corpus = new Corpus();
        texts(corpus);
        stores(corpus);
        certificates(corpus);
        chains(corpus);
        return corpus.faults;
    }

    private static void texts(Corpus corpus) throws Exception {
        corpus.tls(Flaw.EMPTY, "key", with("tls.key", ""), "tls.key", "is empty: put the private key there");
        corpus.tls(Flaw.EMPTY, "blank", with("tls.crt", " \n"), "tls.crt", "is empty: put the certificate there");
        corpus.tls(
                Flaw.BASE64_TWICE,
                "certificate",
                with("tls.crt", Base64.getMimeEncoder().encodeToString(bytes(TLS.certificates()))),
                "tls.crt",
                "is encoded in base64 twice: encode it once, or let kubectl create secret do it");
        corpus.tls(
                Flaw.DER,
                "certificate",
                with("tls.crt", TLS.chain().get(0).getEncoded()),
                "tls.crt",
                "is binary where PEM text is expected: convert it (openssl x509 -inform der -in der.crt -out plain.crt)");
        corpus.tls(
                Flaw.DER,
                "key",
                with("tls.key", TLS.pair().getPrivate().getEncoded()),
                "tls.key",
                "is binary where PEM text is expected: convert it (openssl pkey -inform der -in der.key -out plain.key)");
        corpus.tls(
                Flaw.STORE_FOR_PEM,
                "PKCS12",
                with("tls.crt", TLS.store("PKCS12", "a", PASSWORD, PASSWORD)),
                "tls.crt",
                "is a PKCS12 store and no PEM text: write format: PKCS12");
        corpus.tls(
                Flaw.NO_PRIVATE_KEY,
                "a word",
                with("tls.key", "planted-password"),
                "tls.key",
                "no private key found: expected PEM text that starts with -----BEGIN PRIVATE KEY-----");
        corpus.tls(
                Flaw.UNREADABLE_KEY,
                "cut off",
                with("tls.key", TLS.key().substring(0, 400)),
                "tls.key",
                "the private key cannot be read: it is damaged or cut off");
        corpus.tls(
                Flaw.PASS_PHRASE,
                "PKCS#8",
                with("tls.key", encrypted()),
                "tls.key",
                "the private key is protected by a pass phrase: supply it without one (openssl pkey -in protected.key -out plain.key)");
        corpus.tls(
                Flaw.CERTIFICATE_FOR_KEY,
                "swapped",
                with("tls.key", TLS.certificates()),
                "tls.key",
                "there is a certificate where the private key should be");
        corpus.tls(
                Flaw.KEY_KIND,
                "Ed25519",
                with("tls.key", Made.pem("PRIVATE KEY", ed25519())),
                "tls.key",
                "the private key is neither an RSA key nor an EC key");
        corpus.tls(
                Flaw.NO_CERTIFICATE,
                "a word",
                with("tls.crt", "apim"),
                "tls.crt",
                "no certificate found: expected PEM text that starts with -----BEGIN CERTIFICATE-----");
        corpus.tls(
                Flaw.KEY_AMONG_CERTIFICATES,
                "one file",
                with("tls.crt", TLS.key() + TLS.certificates()),
                "tls.crt",
                "there is a private key among the certificates: keep it in its own entry");
        corpus.tls(
                Flaw.NO_CERTIFICATE_BLOCK,
                "revocations",
                with("tls.crt", TLS.certificates() + "-----BEGIN X509 CRL-----\nMAA=\n-----END X509 CRL-----\n"),
                "tls.crt",
                "block 3 is not a certificate: expected -----BEGIN CERTIFICATE-----");
        corpus.tls(
                Flaw.UNREADABLE_CERTIFICATE,
                "cut off",
                with("tls.crt", TLS.certificates().substring(0, 500)),
                "tls.crt",
                "certificate 1 cannot be read: it is damaged or cut off");
    }

    private static void stores(Corpus corpus) throws Exception {
        var jks = OWN.store("JKS", "mine", PASSWORD, PASSWORD);
        var pkcs12 = OWN.store("PKCS12", "mine", PASSWORD, PASSWORD);
        corpus.store(
                Flaw.PEM_FOR_STORE,
                "PEM",
                "JKS",
                bytes(OWN.certificates()),
                "is PEM text and no JKS store: write format: PEM");
        corpus.store(
                Flaw.OTHER_FORMAT,
                "JKS as PKCS12",
                "PKCS12",
                jks,
                "is a JKS store and no PKCS12 store: write format: JKS");
        corpus.store(
                Flaw.OTHER_FORMAT,
                "PKCS12 as JKS",
                "JKS",
                pkcs12,
                "is a PKCS12 store and no JKS store: write format: PKCS12");
        corpus.store(
                Flaw.JCEKS,
                "JCEKS",
                "JKS",
                OWN.store("JCEKS", "mine", PASSWORD, PASSWORD),
                "is a JCEKS store, which is not supported: convert it (keytool -importkeystore -deststoretype PKCS12)");
        corpus.store(
                Flaw.NO_STORE,
                "garbage",
                "PKCS12",
                bytes("\u0001planted-password"),
                "is no PKCS12 store: put the file there as keytool or openssl wrote it");
        corpus.store(Flaw.EMPTY, "no bytes", "JKS", new byte[0], "is empty: put the JKS store there");
        corpus.store(
                Flaw.BASE64_TWICE,
                "store",
                "JKS",
                bytes(Base64.getEncoder().encodeToString(jks)),
                "is encoded in base64 twice: encode it once, or let kubectl create secret do it");
        for (var type : List.of("JKS", "PKCS12")) {
            var store = type.equals("JKS") ? jks : pkcs12;
            corpus.store(
                    Flaw.DAMAGED_STORE,
                    type + " cut off",
                    type,
                    Arrays.copyOf(store, store.length / 2),
                    "the store is damaged or cut off: put the file there as keytool or openssl wrote it");
            corpus.store(
                    Flaw.STORE_PASSWORD,
                    type,
                    type,
                    OWN.store(type, "mine", "planted-other-password", "planted-other-password"),
                    "the store does not open with the password in key 'password' of Secret 'given': put the store's own there, without a line break at its end");
            corpus.store(
                    Flaw.KEY_PASSWORD,
                    type,
                    type,
                    OWN.store(type, "mine", PASSWORD, "planted-other-password"),
                    "the key mine has another password than the store: give it the same (keytool -importkeystore with equal -deststorepass and -destkeypass)");
            corpus.store(
                    Flaw.NO_KEY_IN_STORE,
                    type,
                    type,
                    changed(type, store, opened -> {
                        opened.deleteEntry("mine");
                        opened.setCertificateEntry("partner", COMPANY.root());
                    }),
                    "the store holds no private key, only certificates: partner");
            corpus.store(
                    Flaw.SEVERAL_KEYS,
                    type,
                    type,
                    changed(
                            type,
                            store,
                            opened -> opened.setKeyEntry(
                                    "other", OWN.pair().getPrivate(), PASSWORD.toCharArray(), chain(OWN))),
                    "the store holds several private keys: name one of them in alias: mine, other");
            corpus.add(
                    Flaw.NO_SUCH_ALIAS,
                    type,
                    "internal",
                    "{name: given, format: %s, key: store, alias: yours}".formatted(type),
                    GivenSecrets.of("given", Map.of("store", store, "password", bytes(PASSWORD))),
                    "store",
                    "the store has no private key named yours: name one of them in alias: mine");
        }
        corpus.store(
                Flaw.NO_CERTIFICATE_IN_STORE,
                "PKCS12",
                "PKCS12",
                keyWithoutCertificate(),
                "the key mine has no certificate in the store: import it together with its certificate");
    }

    private static void certificates(Corpus corpus) {
        var day = Duration.ofDays(1);
        var start = Simulation.START;
        corpus.tls(
                Flaw.EXPIRED,
                "certificate",
                server("nodes")
                        .valid(start.minus(day.multipliedBy(9)), start.minus(day))
                        .made(),
                "the certificate CN=nodes expired at 2025-12-31T00:00:00Z: renew it");
        corpus.tls(
                Flaw.NOT_YET_VALID,
                "certificate",
                server("nodes")
                        .valid(start.plus(day), start.plus(day.multipliedBy(9)))
                        .made(),
                "the certificate CN=nodes is not valid before 2026-01-02T00:00:00Z: supply one that is valid now");
        corpus.tls(
                Flaw.WEAK_KEY,
                "RSA",
                server("nodes").with(Made.rsa(1024, "weak")).made(),
                "the RSA key has 1024 bits: make one of 2048 bits or more");
        for (var algorithm : List.of("SHA1withRSA", "MD5withRSA")) {
            corpus.tls(
                    Flaw.WEAK_SIGNATURE,
                    algorithm,
                    server("nodes").signedWith(algorithm).made(),
                    "the certificate CN=nodes is signed with %s, which clients refuse: have it issued with SHA-256"
                            .formatted(algorithm));
        }
        corpus.tls(
                Flaw.AUTHORITY_FOR_SERVER,
                "as openssl req -x509 makes them",
                Made.named("nodes").covering(HOSTS).authority().made(),
                "the certificate CN=nodes is that of an authority: issue one for servers (with openssl req -x509, add -addext basicConstraints=critical,CA:FALSE)");
        corpus.tls(
                Flaw.NO_SERVER_PURPOSE,
                "for clients",
                server("nodes").purpose(KeyPurposeId.id_kp_clientAuth).made(),
                "the certificate CN=nodes is not for servers: have it issued with the extended key usage serverAuth");
        corpus.tls(
                Flaw.NO_KEY_USAGE,
                "tls",
                server("nodes").usage(KeyUsage.keyEncipherment).made(),
                "the key usage of the certificate CN=nodes lacks digitalSignature: have it issued with it, or without any key usage");
        corpus.tls(
                Flaw.MISSING_HOSTS,
                "one",
                Made.named("nodes")
                        .by(ISSUING)
                        .covering(HOSTS.subList(1, HOSTS.size()))
                        .made(),
                "the certificate CN=nodes does not cover 1 of the host names by which nodes are called: have it issued with the subject alternative names api.am.example.com");
        corpus.tls(
                Flaw.MISSING_HOSTS,
                "all but the public ones",
                Made.named("nodes")
                        .by(ISSUING)
                        .covering(List.of("*.am.example.com"))
                        .made(),
                "the certificate CN=nodes does not cover %d of the host names by which nodes are called: have it issued with the subject alternative names localhost, apim-aio, apim-aio.wso2, apim-aio.wso2.svc, apim-aio.wso2.svc.cluster.local, apim-aio-headless, apim-aio-headless.wso2, apim-aio-headless.wso2.svc and %d more"
                        .formatted(HOSTS.size() - 2, HOSTS.size() - 10));
        for (var row : Map.of("primary", "sign tokens", "internal", "encrypt what they store")
                .entrySet()) {
            corpus.add(
                    Flaw.NOT_RSA,
                    row.getKey(),
                    row.getKey(),
                    "{name: given}",
                    pem("given", Made.named("own").with(Made.ec()).made()),
                    "tls.crt",
                    "it is an EC key, with which the servers cannot %s: make an RSA key".formatted(row.getValue()));
        }
        corpus.add(
                Flaw.NO_KEY_USAGE,
                "internal",
                "internal",
                "{name: given}",
                pem("given", Made.named("own").usage(KeyUsage.digitalSignature).made()),
                "tls.crt",
                "the key usage of the certificate CN=own lacks dataEncipherment: have it issued with it, or without any key usage");
    }

    private static void chains(Corpus corpus) {
        corpus.tls(
                Flaw.KEY_MISMATCH,
                "another key",
                pem("given", TLS, OWN.key()),
                "tls.crt",
                "the private key does not belong to the first certificate (CN=nodes): supply the key that it was made for");
        corpus.tls(
                Flaw.KEY_MISMATCH,
                "issuer first",
                with("tls.crt", ISSUING.certificates() + Made.pem(TLS.chain().get(0))),
                "tls.crt",
                "the private key does not belong to the first certificate (CN=Issuing CA): supply the key that it was made for");
        corpus.tls(
                Flaw.CHAIN_ORDER,
                "root before the issuer",
                with("tls.crt", Made.pem(TLS.chain().get(0)) + COMPANY.authority() + ISSUING.certificates()),
                "tls.crt",
                "the certificates are out of order: number 2 (CN=Company CA) did not issue number 1 (CN=nodes): the key's own comes first, then each issuer");
        corpus.tls(
                Flaw.CHAIN_INCOMPLETE,
                "no issuer",
                with("tls.crt", Made.pem(TLS.chain().get(0))),
                "tls.crt",
                "the certificate CN=nodes was issued by CN=Issuing CA, whose certificate is missing: append it, or put it into the key ca.crt of the Secret");
        corpus.tls(
                Flaw.NOT_THE_ISSUER,
                "another authority",
                GivenSecrets.with(pem("given", TLS), "ca.crt", bytes(OWN.certificates())),
                "ca.crt",
                "none of its certificates issued CN=Issuing CA: put the certificate of CN=Company CA there");
    }

    @ParameterizedTest
    @MethodSource("faults")
    void isNamedAndNothingTakesItsPlace(Fault fault) {
        var admission = Admission.of(simulation(fault.options(), fault.secret()).inputs());

        assertThat(admission.problems())
                .extracting(Problem::concern, Problem::toString)
                .containsExactly(tuple(Concern.CERTIFICATE, fault.says()));
        assertThat(admission.sources()).isEmpty();
        assertThat(fault.says()).doesNotContain("planted").doesNotContainPattern("MII[A-Za-z0-9+/]{5}");
    }

    @Test
    void hasARowForEachFlawThatIsKnown() throws Exception {
        assertThat(faults().stream().map(Fault::flaw).distinct())
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(Flaw.values()).map(Flaw::name).toList());
    }

    private static Secret with(String key, String text) {
        return with(key, bytes(text));
    }

    private static Secret with(String key, byte[] content) {
        return GivenSecrets.with(pem("given", TLS), key, content);
    }

    private static Certificate[] chain(Made made) {
        return made.chain().toArray(Certificate[]::new);
    }

    @FunctionalInterface
    private interface Change {
        void to(KeyStore store) throws Exception;
    }

    private static byte[] changed(String type, byte[] bytes, Change change) throws Exception {
        var store = KeyStore.getInstance(type);
        store.load(new ByteArrayInputStream(bytes), PASSWORD.toCharArray());
        change.to(store);
        var changed = new ByteArrayOutputStream();
        store.store(changed, PASSWORD.toCharArray());
        return changed.toByteArray();
    }

    private static byte[] ed25519() throws Exception {
        return KeyPairGenerator.getInstance("Ed25519")
                .generateKeyPair()
                .getPrivate()
                .getEncoded();
    }

    private static String encrypted() throws Exception {
        return Made.pem(
                "ENCRYPTED PRIVATE KEY",
                new PKCS8EncryptedPrivateKeyInfoBuilder(TLS.pair().getPrivate().getEncoded())
                        .build(encryptor())
                        .getEncoded());
    }

    /** As openssl pkcs12 -export -nocerts writes it. */
    private static byte[] keyWithoutCertificate() throws Exception {
        var key = new JcaPKCS12SafeBagBuilder(OWN.pair().getPrivate(), encryptor())
                .addBagAttribute(PKCS12SafeBag.friendlyNameAttribute, new DERBMPString("mine"))
                .build();
        return new PKCS12PfxPduBuilder()
                .addData(key)
                .build(new BcPKCS12MacCalculatorBuilder(), PASSWORD.toCharArray())
                .getEncoded();
    }

    private static OutputEncryptor encryptor() {
        return new BcPKCS12PBEOutputEncryptorBuilder(
                        PKCSObjectIdentifiers.pbeWithSHAAnd3_KeyTripleDES_CBC,
                        CBCBlockCipher.newInstance(new DESedeEngine()))
                .build(PASSWORD.toCharArray());
    }
}
