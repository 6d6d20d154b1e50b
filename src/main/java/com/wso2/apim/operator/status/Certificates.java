package com.wso2.apim.operator.status;

import com.wso2.apim.operator.api.v1alpha1.ApiManagerClusterStatus.Certificate;
import com.wso2.apim.operator.pki.CertificateDetails;
import com.wso2.apim.operator.revision.RenewalRules;
import com.wso2.apim.operator.revision.Sources.Keys;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The certificates of a deployment against the clock.
 *
 * @param all as the status has them
 */
record Certificates(List<Certificate> all, Instant now) {

    private static final String AUTHORITY = "ca";
    private static final String OTHER_AUTHORITY = "ca-";

    /** What nobody renews by itself takes its time: that is so long, or the last tenth of a short life. */
    private static final Duration NEAR = Duration.ofDays(90);

    private static final int TENTHS = 10;

    /** Those of a deployment whose keys are known. */
    static Certificates of(Keys keys, RenewalRules rules, Instant now) {
        var all = new ArrayList<Certificate>();
        var authority = CertificateDetails.of(keys.authorities().get(0));
        var tls = keys.tls().details();
        var isOurs = Optional.of(rules).filter(RenewalRules::issues);
        all.add(certificate(
                AUTHORITY, authority, isOurs.flatMap(rule -> rule.authority().renewsAt(authority, Instant.MAX))));
        for (var other : keys.authorities().subList(1, keys.authorities().size())) {
            all.add(certificate(OTHER_AUTHORITY + (all.size() + 1), CertificateDetails.of(other), Optional.empty()));
        }
        all.add(certificate(
                "tls", tls, isOurs.flatMap(rule -> rule.certificate().renewsAt(tls, authority.notAfter()))));
        all.add(certificate("primary", keys.primary().details(), Optional.empty()));
        all.add(certificate("internal", keys.internal().details(), Optional.empty()));
        // Of a whole bundle, the one that ends first says when there is something to do.
        keys.additional().forEach((name, bundle) -> CertificateDetails.allOf(bundle).stream()
                .min(Comparator.comparing(CertificateDetails::notAfter))
                .ifPresent(first -> all.add(certificate("additional-" + name, first, Optional.empty()))));
        return new Certificates(List.copyOf(all), now);
    }

    /** Those that are not valid now, in words; empty if all are. */
    String invalid() {
        return all.stream()
                .filter(certificate -> !now.isBefore(end(certificate)) || now.isBefore(start(certificate)))
                .map(certificate -> "%s is valid from %s to %s"
                        .formatted(certificate.subject(), certificate.notBefore(), certificate.notAfter()))
                .collect(Collectors.joining("; "));
    }

    /** What can be said while all are valid. */
    String valid() {
        return isRotating()
                ? "no certificate has expired; nodes trust two authorities, while one takes the place of the other"
                : "no certificate has expired";
    }

    /** Those that come near their end and are not renewed, or should have been, in words; empty if there are none. */
    String expiring() {
        return all.stream()
                .filter(certificate -> !certificate.name().startsWith(OTHER_AUTHORITY))
                .filter(certificate -> !now.isBefore(end(certificate).minus(near(certificate))))
                .map(certificate -> "%s ends at %s, %s"
                        .formatted(certificate.name(), certificate.notAfter(), whoRenews(certificate)))
                .collect(Collectors.joining("; "));
    }

    /** Those whose time to be renewed has come, in words; empty if there are none. */
    String due() {
        return all.stream()
                .filter(certificate -> renewsAt(certificate)
                        .filter(moment -> !now.isBefore(moment))
                        .isPresent())
                .map(certificate -> "the certificate %s, to be renewed since %s, ends at %s"
                        .formatted(certificate.name(), certificate.renewsAt(), certificate.notAfter()))
                .collect(Collectors.joining("; "));
    }

    private boolean isRotating() {
        return all.stream().anyMatch(certificate -> certificate.name().startsWith(OTHER_AUTHORITY));
    }

    private static Duration near(Certificate certificate) {
        return renewsAt(certificate)
                .map(moment -> Duration.between(moment, end(certificate)).dividedBy(2))
                .orElseGet(() -> {
                    var tenth = Duration.between(start(certificate), end(certificate))
                            .dividedBy(TENTHS);
                    return Stream.of(NEAR, tenth).min(Comparator.naturalOrder()).get();
                });
    }

    private static String whoRenews(Certificate certificate) {
        return renewsAt(certificate)
                .map(moment -> "was to be renewed at " + moment + ", and is not yet")
                .orElse("and is not renewed by the operator");
    }

    private static Certificate certificate(String name, CertificateDetails details, Optional<Instant> renewsAt) {
        return new Certificate(
                name,
                details.subject(),
                details.notBefore().toString(),
                details.notAfter().toString(),
                renewsAt.map(Instant::toString).orElse(null));
    }

    private static Instant start(Certificate certificate) {
        return Instant.parse(certificate.notBefore());
    }

    private static Instant end(Certificate certificate) {
        return Instant.parse(certificate.notAfter());
    }

    private static Optional<Instant> renewsAt(Certificate certificate) {
        return Optional.ofNullable(certificate.renewsAt()).map(Instant::parse);
    }
}
