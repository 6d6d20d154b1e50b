package com.wso2.apim.operator.pki;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SelfSignedTest {

    @Test
    void isValidFromFiveMinutesBeforeNowForTenYears() {
        KeyMaterial internal = SelfSigned.create("apim internal", Instant.parse("2026-01-15T10:00:00Z"), Keys.RANDOM);

        assertThat(internal.details().notBefore()).isEqualTo("2026-01-15T09:55:00Z");
        assertThat(internal.details().notAfter()).isEqualTo("2036-01-15T10:00:00Z");
    }

    @Test
    void maySignAndEncryptKeysAndData() {
        X509Certificate certificate = Keys.SIGNING.leaf();

        assertThat(certificate.getKeyUsage())
                .containsExactly(true, false, true, true, false, false, false, false, false);
        assertThat(certificate.getBasicConstraints()).isEqualTo(-1);
    }

    @Test
    void hasAnRsaKeyOf2048BitsThatIsItsCertificates() {
        Keys.SIGNING.verify();

        assertThat(((RSAPublicKey) Keys.SIGNING.leaf().getPublicKey())
                        .getModulus()
                        .bitLength())
                .isEqualTo(2048);
    }

    @Test
    void isItsOwnIssuerAndNobodyElses() {
        assertThat(Keys.SIGNING.chain()).hasSize(1);
        assertThat(Keys.SIGNING.issuedBy(Keys.SIGNING)).isTrue();
        assertThat(Keys.SIGNING.issuedBy(Keys.AUTHORITY)).isFalse();
    }
}
