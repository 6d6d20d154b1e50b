package com.wso2.apim.operator.revision;

import static com.wso2.apim.operator.revision.GivenDeployment.HOSTS;
import static com.wso2.apim.operator.revision.GivenDeployment.ISSUING;
import static com.wso2.apim.operator.revision.GivenDeployment.keys;
import static com.wso2.apim.operator.revision.GivenDeployment.pem;
import static com.wso2.apim.operator.revision.GivenDeployment.reading;
import static com.wso2.apim.operator.revision.GivenDeployment.server;
import static com.wso2.apim.operator.revision.GivenDeployment.simulation;
import static com.wso2.apim.operator.support.GivenSecrets.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import com.wso2.apim.operator.pki.CertificateDetails;
import com.wso2.apim.operator.pki.KeyStores;
import com.wso2.apim.operator.pki.StoreType;
import com.wso2.apim.operator.revision.GivenDeployment.Stores;
import com.wso2.apim.operator.support.GivenSecrets;
import com.wso2.apim.operator.support.Handshake;
import com.wso2.apim.operator.support.Keytool;
import com.wso2.apim.operator.support.Made;
import com.wso2.apim.operator.support.Simulation;
import com.wso2.apim.operator.toml.KeyStoreFile;
import io.fabric8.kubernetes.api.model.Secret;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAPrivateKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Key pairs of the user's own end in the stores that nodes mount, whatever form they were given in. */
class GivenKeysTest {

    private static final Made TLS = server("nodes").made();
    private static final Made OWN = Made.named("own").made();
    private static final String PASSWORD = "password-of-the-users-own";

    @TempDir
    private Path folder;

    /** A way to give a key pair: options of the Secret, as YAML, and the Secret. */
    record Form(String store, String form, String options, Made made, Secret secret) {

        @Override
        public String toString() {
            return store + ", " + form;
        }
    }

    static Stream<Form> forms() {
        var forms = new ArrayList<Form>();
        for (var store : List.of("tls", "primary", "internal")) {
            var made = store.equals("tls") ? TLS : OWN;
            forms.add(new Form(store, "PKCS#8", "{name: given}", made, pem("given", made)));
            forms.add(new Form(store, "PKCS#1", "{name: given}", made, pem("given", made, made.olderKey())));
            forms.add(new Form(store, "JKS", "{name: given, format: JKS}", made, store("keystore.jks", "JKS", made)));
            forms.add(new Form(
                    store, "PKCS12", "{name: given, format: PKCS12}", made, store("keystore.p12", "PKCS12", made)));
        }
        var ec = server("nodes").with(Made.ec()).made();
        forms.add(new Form("tls", "EC in PKCS#8", "{name: given}", ec, pem("given", ec)));
        forms.add(new Form("tls", "EC in SEC1", "{name: given}", ec, pem("given", ec, ec.olderKey())));
        forms.add(new Form(
                "tls",
                "keys of other names",
                "{name: given, certificateKey: cert.pem, privateKeyKey: key.pem, authorityKey: root.pem}",
                TLS,
                GivenSecrets.of(
                        "given",
                        Map.of(
                                "cert.pem", bytes(TLS.certificates()),
                                "key.pem", bytes(TLS.key()),
                                "root.pem", bytes(TLS.authority())))));
        return forms.stream();
    }

    @ParameterizedTest
    @MethodSource("forms")
    void endInTheStoreUnderItsOwnAliasAndPassword(Form form) throws Exception {
        var secrets = simulation(reading(form.store(), form.options()), form.secret())
                .settle()
                .of(Secret.class);
        var stores = Stores.of(secrets);
        var file = KeyStoreFile.valueOf(form.store().toUpperCase(Locale.ROOT));
        var opened = stores.open(file);

        assertThat(Keytool.list(KeyStoreFile.TYPE, stores.bytes(file), stores.password()))
                .contains(
                        "Keystore type: JKS",
                        "Your keystore contains 1 entry",
                        "Alias name: wso2carbon",
                        "Entry type: PrivateKeyEntry",
                        "Certificate chain length: " + form.made().chain().size(),
                        "Owner: " + form.made().chain().get(0).getSubjectX500Principal());
        assertThat(number(opened.getKey("wso2carbon", stores.password().toCharArray())))
                .isEqualTo(number(form.made().pair().getPrivate()));
        assertThat(opened.getCertificateChain("wso2carbon"))
                .containsExactly(form.made().chain().toArray(X509Certificate[]::new));
        assertThat(secrets)
                .allSatisfy(secret -> assertThat(secret.getData().values()).doesNotContain(encodedPassword()));
    }

    @ParameterizedTest
    @EnumSource
    void areAssembledInBothFormatsAsKeytoolTakesThem(StoreType type) {
        var stores = "spec: {keystores: {tls: {source: Secret, secret: {name: tls}}, "
                + "primary: {source: Secret, secret: {name: own}}, internal: {source: Secret, secret: {name: own}}}}";
        var keys = keys(simulation(stores, pem("tls", TLS), pem("own", OWN)));

        Map.of(keys.tls(), TLS, keys.internal(), OWN).forEach((pair, made) -> assertThat(
                        Keytool.list(type.name(), KeyStores.keyStore(type, "wso2carbon", pair, PASSWORD), PASSWORD))
                .contains(
                        "Keystore type: " + type,
                        "Alias name: wso2carbon",
                        "Certificate chain length: " + made.chain().size(),
                        "Owner: " + made.chain().get(0).getSubjectX500Principal()));
    }

    @ParameterizedTest
    @EnumSource
    void areReadFromWhatKeytoolMakesWhereverThePasswordIs(StoreType type) throws Exception {
        var file = folder.resolve("made").toString();
        for (var alias : List.of("mine", "other")) {
            Keytool.run(
                    "-genkeypair",
                    "-alias",
                    alias,
                    "-keyalg",
                    "RSA",
                    "-keysize",
                    "2048",
                    "-dname",
                    "CN=" + alias,
                    "-startdate",
                    "2025/12/31 00:00:00",
                    "-validity",
                    "999",
                    "-storetype",
                    type.name(),
                    "-keystore",
                    file,
                    "-storepass",
                    PASSWORD,
                    "-keypass",
                    PASSWORD);
        }
        var options = "{name: given, format: %s, key: any, alias: MINE, passwordSecretRef: {name: words, key: its}}"
                .formatted(type);
        var simulation = simulation(
                reading("primary", options),
                GivenSecrets.of("given", Map.of("any", Files.readAllBytes(Path.of(file)))),
                GivenSecrets.of("words", Map.of("its", bytes(PASSWORD))));

        assertThat(keys(simulation).primary().details().subject()).isEqualTo("CN=mine");
    }

    @Test
    void forTlsMakeNodesTrustTheirAuthorityAndNoneOfOurs() throws Exception {
        var simulation = simulation(reading("tls", "{name: given}"), pem("given", TLS));
        var secrets = simulation.settle().of(Secret.class);
        var stores = Stores.of(secrets);

        var handshake = new Handshake(
                stores.open(KeyStoreFile.TLS), stores.password(), stores.open(KeyStoreFile.TRUST), Simulation.START);
        for (var host : HOSTS) {
            assertThat(handshake.with(host)).isEqualTo("CN=nodes");
        }
        assertThat(keys(simulation).authorities())
                .containsExactly(Made.pem(ISSUING.chain().get(0)));
        assertThat(Admission.of(simulation.inputs()).sources().orElseThrow().retained())
                .containsKey("apim-keys")
                .doesNotContainKey("apim-ca");
    }

    @Test
    void areTrustedByTheAuthorityThatIsGivenWithThem() {
        var secret = GivenSecrets.with(pem("given", TLS), "ca.crt", bytes(TLS.authority()));

        assertThat(keys(simulation(reading("tls", "{name: given}"), secret)).authorities())
                .extracting(authority -> CertificateDetails.of(authority).subject())
                .containsExactly("CN=Company CA");
    }

    @Test
    void thatSignThemselvesAreTrustedForThemselves() {
        var self = Made.named("alone").covering(HOSTS).made();

        assertThat(keys(simulation(reading("tls", "{name: given}"), pem("given", self)))
                        .authorities())
                .containsExactly(self.certificates());
    }

    @Test
    void areTheSameWhateverStandsAroundTheBlocks() {
        var options = reading("tls", "{name: given}");
        var commented = GivenSecrets.ofTexts(
                "given",
                "tls.crt",
                "subject=/CN=nodes\r\n" + TLS.certificates().replace("\n", "\r\n"),
                "tls.key",
                "Bag Attributes\n" + TLS.olderKey());

        assertThat(keys(simulation(options, commented)).tls())
                .isEqualTo(keys(simulation(options, pem("given", TLS))).tls());
    }

    private static Secret store(String key, String type, Made made) {
        return GivenSecrets.of(
                "given", Map.of(key, made.store(type, "any", PASSWORD, PASSWORD), "password", bytes(PASSWORD)));
    }

    private static String encodedPassword() {
        return GivenSecrets.base64(bytes(PASSWORD));
    }

    /** What is secret in a key; around it, an encoding may have more or less. */
    private static BigInteger number(Key key) {
        return key instanceof ECPrivateKey curve ? curve.getS() : ((RSAPrivateKey) key).getPrivateExponent();
    }
}
