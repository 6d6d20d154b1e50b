package com.wso2.apim.operator.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CertificateAuthorityTest {

    private static final String KEY_IDENTIFIER = "2.5.29.14";
    private static final String AUTHORITY_KEY_IDENTIFIER = "2.5.29.35";
    private static final String BASIC_CONSTRAINTS = "2.5.29.19";
    private static final String KEY_USAGE = "2.5.29.15";

    private static final String LABEL = "a".repeat(63);
    private static final String LONG_HOST = LABEL + "." + LABEL + ".example.com";

    /** Its tenth birthday lies beyond 2049, where X.509 changes the way it writes a time. */
    private static final Instant LATE = Instant.parse("2044-02-29T10:15:30.987Z");

    private static final KeyMaterial LATE_AUTHORITY = CertificateAuthority.create("late CA", LATE, Keys.RANDOM);

    @Test
    void anAuthorityIsValidFromFiveMinutesBeforeNowForTenYears() {
        CertificateDetails details = LATE_AUTHORITY.details();

        assertThat(details.notBefore()).isEqualTo("2044-02-29T10:10:30Z");
        assertThat(details.notAfter()).isEqualTo("2054-02-28T10:15:30Z");
    }

    @Test
    void anAuthorityMaySignCertificatesOfEndEntitiesAndNothingElse() {
        X509Certificate certificate = Keys.AUTHORITY.leaf();

        assertThat(certificate.getBasicConstraints()).isZero();
        assertThat(certificate.getKeyUsage())
                .containsExactly(false, false, false, false, false, true, true, false, false);
        assertThat(certificate.getCriticalExtensionOIDs()).containsExactlyInAnyOrder(BASIC_CONSTRAINTS, KEY_USAGE);
    }

    @Test
    void anAuthorityHasAnRsaKeyOf3072Bits() {
        assertThat(keyBits(Keys.AUTHORITY)).isEqualTo(3072);
    }

    @Test
    void anAuthorityIsItsOwnIssuer() {
        assertThat(Keys.AUTHORITY.issuedBy(Keys.AUTHORITY)).isTrue();
    }

    @Test
    void aTlsCertificateIsValidFromFiveMinutesBeforeNowForTheValidityGiven() {
        Instant now = LATE.plus(Duration.ofDays(100));

        CertificateDetails details =
                issue(LATE_AUTHORITY, now, Duration.ofDays(365)).details();

        assertThat(details.notBefore()).isEqualTo("2044-06-08T10:10:30Z");
        assertThat(details.notAfter()).isEqualTo("2045-06-08T10:15:30Z");
    }

    @Test
    void aTlsCertificateDoesNotOutliveItsAuthority() {
        Instant lastMonth = Instant.parse("2054-02-01T00:00:00Z");

        CertificateDetails details =
                issue(LATE_AUTHORITY, lastMonth, Duration.ofDays(365)).details();

        assertThat(details.notAfter()).isEqualTo(LATE_AUTHORITY.details().notAfter());
    }

    @Test
    void anExpiredAuthorityIssuesNothing() {
        Instant tooLate = Instant.parse("2054-02-28T10:15:30Z");

        assertThatThrownBy(() -> issue(LATE_AUTHORITY, tooLate, Duration.ofDays(365)))
                .isInstanceOf(InvalidKeyMaterialException.class)
                .hasMessage("The certificate authority CN=late CA expired at 2054-02-28T10:15:30Z");
    }

    @Test
    void aTlsCertificateServesServersAndClients() throws Exception {
        X509Certificate certificate = Keys.SERVER.leaf();

        assertThat(certificate.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2");
        assertThat(certificate.getKeyUsage())
                .containsExactly(true, false, true, false, false, false, false, false, false);
        assertThat(certificate.getBasicConstraints()).isEqualTo(-1);
        assertThat(keyBits(Keys.SERVER)).isEqualTo(2048);
    }

    @Test
    void hostNamesStandInTheOrderGivenEachOnce() {
        assertThat(Keys.SERVER.details().dnsNames())
                .containsExactly(Keys.SERVICE, "localhost", "*.aio-headless.wso2.svc");
    }

    @Test
    void aTlsCertificateCarriesItsAuthorityInTheChain() {
        assertThat(Keys.SERVER.chain()).hasSize(2).last().isEqualTo(Keys.AUTHORITY.leaf());
        assertThat(Keys.SERVER.issuedBy(Keys.AUTHORITY)).isTrue();
    }

    @Test
    void theAuthoritysKeyIdentifierIsNamedByTheTlsCertificate() {
        // The octets of the key identifier: without the headers OCTET STRING OCTET STRING, OCTET STRING SEQUENCE [0].
        assertThat(extension(Keys.SERVER, AUTHORITY_KEY_IDENTIFIER, 6))
                .hasSize(20)
                .isEqualTo(extension(Keys.AUTHORITY, KEY_IDENTIFIER, 4))
                .isNotEqualTo(extension(Keys.SERVER, KEY_IDENTIFIER, 4));
    }

    @Test
    void serialNumbersArePositiveAndDiffer() {
        List<KeyMaterial> all = List.of(Keys.AUTHORITY, Keys.SERVER, Keys.SIGNING, LATE_AUTHORITY);

        assertThat(all)
                .extracting(material -> material.leaf().getSerialNumber())
                .doesNotHaveDuplicates()
                .allSatisfy(serial -> {
                    assertThat(serial).isPositive();
                    assertThat(serial.bitLength()).isEqualTo(128);
                });
    }

    @Test
    void aCommonNameOfMoreThan64CharactersIsShortenedAndStaysDistinct() {
        String one = Keys.server(LONG_HOST, LONG_HOST).details().subject();
        String two = Keys.server(LONG_HOST + ".two", LONG_HOST).details().subject();

        assertThat(one).matches("CN=a{55}-[0-9a-f]{8}");
        assertThat(two).matches("CN=a{55}-[0-9a-f]{8}").isNotEqualTo(one);
    }

    @Test
    void aHostNameWithLabelsOf63CharactersStandsUncut() {
        CertificateDetails details =
                Keys.server("long", LONG_HOST, "*." + LONG_HOST).details();

        assertThat(details.dnsNames()).containsExactly(LONG_HOST, "*." + LONG_HOST);
        assertThat(details.covers(LABEL + "." + LONG_HOST)).isTrue();
    }

    @Test
    void aTlsCertificateWithoutHostNamesIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Keys.server("apim"))
                .withMessageContaining("host name");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "bücher.example.com", "api.example.com:8243", "*", "api.*.com"})
    void whatCannotBeAHostsNameIsRefused(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Keys.server("apim", "localhost", name))
                .withMessageContaining("'" + name + "'");
    }

    @Test
    void whatIsNoAuthorityIssuesNothing() {
        assertThatThrownBy(() -> issue(Keys.SIGNING, Keys.NOW, Duration.ofDays(1)))
                .isInstanceOf(InvalidKeyMaterialException.class)
                .hasMessage("The certificate of CN=apim primary is not one of a certificate authority");
    }

    private static KeyMaterial issue(KeyMaterial authority, Instant now, Duration validity) {
        return CertificateAuthority.issue(authority, "apim", List.of("localhost"), now, validity, Keys.RANDOM);
    }

    private static int keyBits(KeyMaterial material) {
        return ((RSAPublicKey) material.leaf().getPublicKey()).getModulus().bitLength();
    }

    private static byte[] extension(KeyMaterial material, String oid, int headerLength) {
        byte[] value = material.leaf().getExtensionValue(oid);
        return Arrays.copyOfRange(value, headerLength, value.length);
    }
}
