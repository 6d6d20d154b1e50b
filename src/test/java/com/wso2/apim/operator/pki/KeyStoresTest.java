package com.wso2.apim.operator.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.UnrecoverableKeyException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KeyStoresTest {

    private static final SortedMap<String, String> ROOTS = PublicRoots.certificates();

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void keytoolListsTheKeyUnderItsAliasWithTheWholeChain(StoreType type) throws Exception {
        byte[] store = KeyStores.keyStore(type, "wso2carbon", Keys.SERVER, Keys.PASSWORD);

        assertThat(keytoolList(type, store))
                .contains(
                        "Keystore type: " + type,
                        "Your keystore contains 1 entry",
                        "Alias name: wso2carbon",
                        "Entry type: PrivateKeyEntry",
                        "Certificate chain length: 2",
                        "Owner: CN=apim",
                        "Issuer: CN=wso2/apim CA",
                        "DNSName: " + Keys.SERVICE);
    }

    @ParameterizedTest
    @EnumSource
    void keytoolListsTrustedCertificatesUnderTheirAliases(StoreType type) throws Exception {
        Map<String, String> certificates = Map.of(
                "apim-ca", Keys.AUTHORITY.certificates(),
                "gateway_certificate_alias", Keys.SIGNING.certificates());
        byte[] store = KeyStores.trustStore(type, certificates, Map.of(), Keys.PASSWORD);

        assertThat(keytoolList(type, store))
                .contains("Keystore type: " + type, "Your keystore contains 2 entries")
                .containsSubsequence("Alias name: apim-ca", "Entry type: trustedCertEntry", "Owner: CN=wso2/apim CA")
                .containsSubsequence(
                        "Alias name: gateway_certificate_alias",
                        "Entry type: trustedCertEntry",
                        "Owner: CN=apim primary");
    }

    @ParameterizedTest
    @EnumSource
    void theKeysPasswordIsTheStores(StoreType type) throws Exception {
        KeyStore store = loaded(type, KeyStores.keyStore(type, "wso2carbon", Keys.SERVER, Keys.PASSWORD));

        assertThat(store.getKey("wso2carbon", Keys.PASSWORD.toCharArray())).isEqualTo(Keys.SERVER.key());
        assertThatThrownBy(() -> store.getKey("wso2carbon", "wso2carbon".toCharArray()))
                .isInstanceOf(UnrecoverableKeyException.class);
    }

    @ParameterizedTest
    @EnumSource
    void aTrustStoreHoldsThePublicRootsAndOurs(StoreType type) throws Exception {
        KeyStore store = loaded(
                type, KeyStores.trustStore(type, Map.of("ca", Keys.AUTHORITY.certificates()), ROOTS, Keys.PASSWORD));

        assertThat(Collections.list(store.aliases())).contains("ca").containsAll(ROOTS.keySet());
        assertThat(store.size()).isEqualTo(ROOTS.size() + 1);
        assertThat(store.getCertificate("ca")).isEqualTo(Keys.AUTHORITY.leaf());
    }

    @Test
    void ourAliasWinsOverARoots() throws Exception {
        String alias = ROOTS.firstKey();
        Map<String, String> certificates = Map.of(alias.toUpperCase(Locale.ROOT), Keys.SIGNING.certificates());

        KeyStore store =
                loaded(StoreType.PKCS12, KeyStores.trustStore(StoreType.PKCS12, certificates, ROOTS, Keys.PASSWORD));

        assertThat(store.getCertificate(alias)).isEqualTo(Keys.SIGNING.leaf());
        assertThat(store.size()).isEqualTo(ROOTS.size());
    }

    @Test
    void aTextOfSeveralCertificatesTakesNumberedAliases() throws Exception {
        Map<String, String> bundle = Map.of("partners", Keys.AUTHORITY.certificates() + Keys.SIGNING.certificates());

        KeyStore store = loaded(StoreType.JKS, KeyStores.trustStore(StoreType.JKS, bundle, Map.of(), Keys.PASSWORD));

        assertThat(store.getCertificate("partners")).isEqualTo(Keys.AUTHORITY.leaf());
        assertThat(store.getCertificate("partners.2")).isEqualTo(Keys.SIGNING.leaf());
    }

    @Test
    void twoOfOurAliasesThatDifferInCaseOnlyAreRefused() {
        Map<String, String> certificates = new LinkedHashMap<>();
        certificates.put("Partner", Keys.AUTHORITY.certificates());
        certificates.put("partner", Keys.SIGNING.certificates());

        assertThatThrownBy(() -> KeyStores.trustStore(StoreType.JKS, certificates, Map.of(), Keys.PASSWORD))
                .isInstanceOf(InvalidKeyMaterialException.class)
                .hasMessageContaining("Two trusted certificates have the alias partner");
    }

    @Test
    void aTrustedCertificateThatCannotBeReadIsNamedByItsAlias() {
        assertThatThrownBy(() -> KeyStores.trustStore(StoreType.JKS, Map.of("partner", "???"), Map.of(), Keys.PASSWORD))
                .isInstanceOf(InvalidKeyMaterialException.class)
                .hasMessageStartingWith("Trusted certificate partner: no certificate found");
    }

    @Test
    void aKeyThatIsNotItsCertificatesIsNotStored() {
        KeyMaterial mixed = new KeyMaterial(Keys.SIGNING.privateKey(), Keys.SERVER.certificates());

        assertThatThrownBy(() -> KeyStores.keyStore(StoreType.JKS, "wso2carbon", mixed, Keys.PASSWORD))
                .isInstanceOf(InvalidKeyMaterialException.class)
                .hasMessageContaining("does not belong");
    }

    /** What the JDK's own tool says of a store; it checks the store's integrity by its password first. */
    private String keytoolList(StoreType type, byte[] store) throws Exception {
        Path file = Files.write(folder.resolve("store"), store);
        Path output = folder.resolve("output");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-J-Duser.language=en",
                        "-J-XX:TieredStopAtLevel=1",
                        "-list",
                        "-v",
                        "-storetype",
                        type.name(),
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        Keys.PASSWORD)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(keytool.waitFor(10, TimeUnit.SECONDS)).isTrue();
        String text = Files.readString(output);
        assertThat(keytool.exitValue()).as(text).isZero();
        return text;
    }

    private static KeyStore loaded(StoreType type, byte[] bytes) throws Exception {
        KeyStore store = KeyStore.getInstance(type.name());
        store.load(new ByteArrayInputStream(bytes), Keys.PASSWORD.toCharArray());
        return store;
    }
}
