package com.wso2.apim.operator.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.util.Base64;
import java.util.stream.Stream;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class KeyMaterialTest {

    private static final String CERTIFICATE = Keys.SIGNING.certificates();
    private static final String KEY = Keys.SIGNING.privateKey();
    private static final String OTHER_CERTIFICATE = Keys.AUTHORITY.certificates();

    private static final String ENCRYPTED_PKCS1 = """
            -----BEGIN RSA PRIVATE KEY-----
            Proc-Type: 4,ENCRYPTED
            DEK-Info: AES-256-CBC,0123456789ABCDEF0123456789ABCDEF

            AAAAAAAAAAAAAAAAAAAAAA==
            -----END RSA PRIVATE KEY-----
            """;

    private static final String CRL = """
            -----BEGIN X509 CRL-----
            MAA=
            -----END X509 CRL-----
            """;

    @Test
    void theTextFormOfAKeyHidesIt() {
        String secret = KEY.lines().skip(1).findFirst().orElseThrow();

        assertThat(Keys.SIGNING).hasToString("KeyMaterial[CN=apim primary, private key hidden]");
        assertThat(new KeyMaterial(KEY, KEY).toString())
                .isEqualTo("KeyMaterial[unreadable certificate, private key hidden]")
                .doesNotContain(secret);
    }

    @Test
    void aKeyIsWrittenInPkcs8() {
        assertThat(KEY).startsWith("-----BEGIN PRIVATE KEY-----\n").endsWith("\n-----END PRIVATE KEY-----\n");
        assertThat(KEY.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(64));
        assertThat(Keys.SIGNING.key().getFormat()).isEqualTo("PKCS#8");
    }

    @Test
    void anRsaKeyInItsOlderFormIsReadToo() throws Exception {
        byte[] older = PrivateKeyInfo.getInstance(Keys.SIGNING.key().getEncoded())
                .parsePrivateKey()
                .toASN1Primitive()
                .getEncoded();

        KeyMaterial material = new KeyMaterial(pem("RSA PRIVATE KEY", older), CERTIFICATE);

        material.verify();
        assertThat(material.key()).isEqualTo(Keys.SIGNING.key());
    }

    @ParameterizedTest
    @MethodSource
    void anEcKeyIsReadInBothForms(String pem) {
        assertThat(new KeyMaterial(pem, CERTIFICATE).key().getAlgorithm()).isEqualTo("EC");
    }

    static Stream<String> anEcKeyIsReadInBothForms() throws Exception {
        return Stream.of(Pem.of(ecKey()), """
                -----BEGIN EC PARAMETERS-----
                BggqhkjOPQMBBw==
                -----END EC PARAMETERS-----
                -----BEGIN EC PRIVATE KEY-----
                MDECAQEEIAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8goAoGCCqGSM49
                AwEH
                -----END EC PRIVATE KEY-----
                """);
    }

    @Test
    void windowsLineEndsAndTextBetweenBlocksAreIgnored() {
        KeyMaterial material = new KeyMaterial(
                "Bag Attributes: <none>\r\n" + KEY.replace("\n", "\r\n"),
                "subject=/CN=apim - primary\r\n" + CERTIFICATE.replace("\n", "\r\n"));

        assertThat(material.key()).isEqualTo(Keys.SIGNING.key());
        assertThat(material.chain()).isEqualTo(Keys.SIGNING.chain());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void whatCannotBeUsedIsNamedWithoutQuotingTheKey(String message, String privateKey, String certificates) {
        KeyMaterial material = new KeyMaterial(privateKey, certificates);

        assertThatThrownBy(material::verify)
                .isInstanceOf(InvalidKeyMaterialException.class)
                .hasMessageContaining(message)
                .satisfies(KeyMaterialTest::quotesNoKey);
    }

    static Stream<Arguments> whatCannotBeUsedIsNamedWithoutQuotingTheKey() throws Exception {
        String cutOff = KEY.substring(0, KEY.length() / 2);
        String damaged = KEY.replace("\nMII", "\nAII");
        return Stream.of(
                Arguments.of("no private key found", "", CERTIFICATE),
                Arguments.of("no private key found", KEY.replace("\n", " "), CERTIFICATE),
                Arguments.of("no private key found", Base64.getEncoder().encodeToString(KEY.getBytes()), CERTIFICATE),
                Arguments.of("the private key cannot be read: it is damaged or cut off", cutOff, CERTIFICATE),
                Arguments.of("the private key cannot be read: it is damaged or cut off", damaged, CERTIFICATE),
                Arguments.of("the private key cannot be read", KEY.replace("A", "%"), CERTIFICATE),
                Arguments.of("a certificate where the private key should be", CERTIFICATE, CERTIFICATE),
                Arguments.of("neither an RSA key nor an EC key", Pem.of(ed25519()), CERTIFICATE),
                Arguments.of("protected by a pass phrase", encryptedPkcs8(), CERTIFICATE),
                Arguments.of("protected by a pass phrase", ENCRYPTED_PKCS1, CERTIFICATE),
                Arguments.of("no certificate found", KEY, "apim"),
                Arguments.of("there is a private key among the certificates", KEY, CERTIFICATE + KEY),
                Arguments.of("block 2 is not a certificate", KEY, CERTIFICATE + CRL),
                Arguments.of("certificate 2 cannot be read", KEY, CERTIFICATE + CERTIFICATE.substring(0, 300)),
                Arguments.of("certificate 1 cannot be read", KEY, CERTIFICATE.replaceFirst("\nMII.{8}", "\n")),
                Arguments.of("certificate 1 cannot be read", KEY, CERTIFICATE.replace("A", "%")),
                Arguments.of("does not belong to the first certificate (CN=wso2/apim CA)", KEY, OTHER_CERTIFICATE),
                Arguments.of("does not belong to the first certificate", Pem.of(ecKey()), CERTIFICATE),
                Arguments.of(
                        "number 2 (CN=wso2/apim CA) did not issue number 1 (CN=apim primary)",
                        KEY,
                        CERTIFICATE + OTHER_CERTIFICATE));
    }

    @Test
    void anotherKeyOfTheAuthoritysNameIsNotTheIssuer() {
        KeyMaterial namesake = SelfSigned.create("wso2/apim CA", Keys.NOW, Keys.RANDOM);

        assertThat(Keys.SERVER.issuedBy(namesake)).isFalse();
    }

    private static void quotesNoKey(Throwable thrown) {
        StringWriter trace = new StringWriter();
        thrown.printStackTrace(new PrintWriter(trace, true));
        String body = KEY.lines().filter(line -> !line.startsWith("-----")).reduce("", String::concat);
        // Every run of sixteen characters holds one of these pieces.
        for (int i = 0; i + 8 <= body.length(); i += 8) {
            assertThat(trace.toString()).doesNotContain(body.substring(i, i + 8));
        }
    }

    private static PrivateKey ecKey() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256, Keys.RANDOM);
        return generator.generateKeyPair().getPrivate();
    }

    private static PrivateKey ed25519() throws Exception {
        return KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPrivate();
    }

    private static String encryptedPkcs8() throws Exception {
        Cipher cipher = Cipher.getInstance("PBEWithSHA1AndDESede");
        SecretKey secret = SecretKeyFactory.getInstance("PBEWithSHA1AndDESede")
                .generateSecret(new PBEKeySpec("secret".toCharArray()));
        cipher.init(Cipher.ENCRYPT_MODE, secret);
        byte[] encrypted = new EncryptedPrivateKeyInfo(
                        cipher.getParameters(),
                        cipher.doFinal(Keys.SIGNING.key().getEncoded()))
                .getEncoded();
        return pem("ENCRYPTED PRIVATE KEY", encrypted);
    }

    private static String pem(String type, byte[] der) {
        return "-----BEGIN %1$s-----%n%2$s%n-----END %1$s-----%n"
                .formatted(type, Base64.getMimeEncoder().encodeToString(der));
    }
}
