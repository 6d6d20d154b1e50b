package com.wso2.apim.operator.pki;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CertificateDetailsTest {

    @Test
    void areReadFromPem() {
        CertificateDetails details = CertificateDetails.of(Keys.SERVER.certificates());

        assertThat(details.subject()).isEqualTo("CN=apim");
        assertThat(details.issuer()).isEqualTo("CN=wso2/apim CA");
        assertThat(details.serial()).matches("[0-9a-f]{32}");
        assertThat(details).isEqualTo(Keys.SERVER.details());
    }

    @Test
    void areReadOfEveryCertificateInATextOfSeveral() {
        assertThat(CertificateDetails.allOf(Keys.SERVER.certificates()))
                .containsExactly(Keys.SERVER.details(), Keys.AUTHORITY.details());
    }

    @Test
    void nameNoHostsWhereTheCertificateHasNone() {
        assertThat(Keys.AUTHORITY.details().dnsNames()).isEmpty();
        assertThat(Keys.AUTHORITY.details().covers("wso2/apim CA")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "api.example.com, api.example.com, true",
        "api.example.com, API.Example.com, true",
        "api.example.com, gw.example.com, false",
        "api.example.com, v1.api.example.com, false",
        "*.example.com, api.example.com, true",
        "*.Example.com, API.example.com, true",
        "*.example.com, v1.api.example.com, false",
        "*.example.com, example.com, false",
        "*.example.com, .example.com, false",
        "*.example.com, *.example.com, true",
        "*.example.com, api.example.org, false",
        "localhost, localhost, true",
    })
    void coverAHostByNameOrByAStarForOneLabel(String dnsName, String host, boolean covered) {
        CertificateDetails details =
                new CertificateDetails("CN=a", "CN=a", Instant.EPOCH, Instant.EPOCH, List.of("other", dnsName), "1");

        assertThat(details.covers(host)).isEqualTo(covered);
    }
}
