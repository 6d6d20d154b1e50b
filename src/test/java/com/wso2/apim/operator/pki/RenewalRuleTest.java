package com.wso2.apim.operator.pki;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When a certificate of 360 days, issued on the first of January 2026, is issued anew. */
class RenewalRuleTest {

    private static final Instant ISSUED = Instant.parse("2026-01-01T00:00:00Z");
    private static final CertificateDetails CERTIFICATE = new CertificateDetails(
            "CN=apim",
            "CN=CA",
            ISSUED.minus(CertificateDraft.CLOCK_SKEW),
            ISSUED.plus(Duration.ofDays(360)),
            List.of(),
            "1");

    @ParameterizedTest
    @CsvSource({
        ", 240, the last third of its life",
        "30, 330, as long before its end as wanted",
        "240, 120, two thirds of its life at most",
        "350, 120, but never in its first third",
        "9999, 120, nor before it was issued",
    })
    void isInItsWindow(Long beforeExpiryDays, long days, String why) {
        var rule = new RenewalRule(Optional.ofNullable(beforeExpiryDays).map(Duration::ofDays), Optional.empty());
        var moment = ISSUED.plus(Duration.ofDays(days));

        assertThat(rule.renewsAt(CERTIFICATE, Instant.MAX)).as(why).contains(moment);
        assertThat(rule.isDue(CERTIFICATE, Instant.MAX, moment.minusSeconds(1))).isFalse();
        assertThat(rule.isDue(CERTIFICATE, Instant.MAX, moment)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "2025-12-31T00:00:00Z, 2026-08-29T00:00:00Z",
        "2026-01-01T00:00:00Z, 2026-08-29T00:00:00Z",
        "2026-01-01T00:00:01Z, 2026-01-01T00:00:01Z",
        "2026-05-01T00:00:00Z, 2026-05-01T00:00:00Z",
        "2027-05-01T00:00:00Z, 2026-08-29T00:00:00Z",
    })
    void isAtAMomentThatIsAskedForIfItWasIssuedBefore(Instant issuedBefore, Instant moment) {
        assertThat(new RenewalRule(Optional.empty(), Optional.of(issuedBefore)).renewsAt(CERTIFICATE, Instant.MAX))
                .contains(moment);
    }

    @Test
    void isNeverWhereItEndsWithItsAuthorityAlready() {
        var rule = new RenewalRule(Optional.empty(), Optional.empty());

        assertThat(rule.renewsAt(CERTIFICATE, CERTIFICATE.notAfter())).isEmpty();
        assertThat(rule.renewsAt(CERTIFICATE, CERTIFICATE.notAfter().plusSeconds(1)))
                .isPresent();
    }

    @Test
    void isNotAskedForTwiceByAPartOfASecond() {
        var asked = Instant.parse("2026-01-01T00:00:00.900Z");

        assertThat(new RenewalRule(Optional.empty(), Optional.of(asked)).isDue(CERTIFICATE, Instant.MAX, asked))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({"PT4M, false", "PT1H, false", "PT1H6M, true", "P900D, true"})
    void isAtOnceWhereAWrongClockDatedItIntoTheFuture(Duration behind, boolean due) {
        var rule = new RenewalRule(Optional.empty(), Optional.empty());

        assertThat(rule.isDue(CERTIFICATE, Instant.MAX, ISSUED.minus(behind))).isEqualTo(due);
        assertThat(rule.isUrgent(CERTIFICATE, ISSUED.minus(behind))).isEqualTo(due);
    }

    @ParameterizedTest
    @CsvSource({"240, false", "299, false", "300, true", "400, true"})
    void isUrgentInTheSecondHalfOfItsWindow(long days, boolean urgent) {
        assertThat(new RenewalRule(Optional.empty(), Optional.empty())
                        .isUrgent(CERTIFICATE, ISSUED.plus(Duration.ofDays(days))))
                .isEqualTo(urgent);
    }
}
