package com.wso2.apim.operator.pki;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * When a certificate is to be issued anew. It remembers nothing: what a certificate says of itself is enough, so that it
 * never asks for the same renewal twice.
 *
 * @param beforeExpiry how long before its end; absent for the last third of its life. Never in the first third: a window that
 *     is longer than the certificate's life would have it issued anew for ever
 * @param issuedBefore what was issued before this moment is issued anew once the moment has come, to the second
 */
public record RenewalRule(Optional<Duration> beforeExpiry, Optional<Instant> issuedBefore) {

    /** A certificate that is not valid yet may be of somebody whose clock is right; so much is waited for. */
    private static final Duration LONGEST_WAIT = Duration.ofHours(1);

    private static final int THIRDS = 3;

    /** Certificates know whole seconds: of a part of one, what is issued at once would seem to be issued before. */
    public RenewalRule {
        issuedBefore = issuedBefore.map(moment -> moment.truncatedTo(ChronoUnit.SECONDS));
    }

    /**
     * The moment from which on a certificate is to be issued anew.
     *
     * @param limit the end of whatever would issue it; what ends there already gains nothing by being issued anew
     * @return absent if there is no such moment
     */
    public Optional<Instant> renewsAt(CertificateDetails certificate, Instant limit) {
        var window = Optional.of(window(certificate))
                .filter(start -> certificate.notAfter().isBefore(limit));
        var asked = issuedBefore.filter(certificate.issued()::isBefore);
        return Stream.concat(window.stream(), asked.stream()).min(Instant::compareTo);
    }

    /** Whether it is to be issued anew now: its moment has come, or a wrong clock dated it into the future. */
    public boolean isDue(CertificateDetails certificate, Instant limit, Instant now) {
        return renewsAt(certificate, limit)
                        .filter(moment -> !now.isBefore(moment))
                        .isPresent()
                || isPostdated(certificate, now);
    }

    /** Whether half of the window is gone: what is due should not be put off any longer. */
    public boolean isUrgent(CertificateDetails certificate, Instant now) {
        var half = Duration.between(window(certificate), certificate.notAfter()).dividedBy(2);
        return !now.isBefore(certificate.notAfter().minus(half)) || isPostdated(certificate, now);
    }

    /** Whether it will not be valid for some time to come. */
    public static boolean isPostdated(CertificateDetails certificate, Instant now) {
        return now.plus(LONGEST_WAIT).isBefore(certificate.notBefore());
    }

    private Instant window(CertificateDetails certificate) {
        var third = Duration.between(certificate.issued(), certificate.notAfter())
                .dividedBy(THIRDS)
                .truncatedTo(ChronoUnit.SECONDS);
        var wanted = certificate.notAfter().minus(beforeExpiry.orElse(third));
        var earliest = certificate.issued().plus(third);
        return wanted.isBefore(earliest) ? earliest : wanted;
    }
}
