package com.wso2.apim.operator.revision;

import com.wso2.apim.operator.api.v1alpha1.ApiManagerClusterSpec;
import com.wso2.apim.operator.api.v1alpha1.KeyStoresRenewal;
import com.wso2.apim.operator.api.v1alpha1.KeyStoresSpec;
import com.wso2.apim.operator.pki.CertificateAuthority;
import com.wso2.apim.operator.pki.RenewalRule;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Optional;
import java.util.function.Function;

/**
 * When the operator renews what it issues.
 *
 * @param issues whether it does: where the user gives the TLS certificate, there is nothing to renew
 * @param certificate of the TLS certificate
 * @param authority of the authority that issues it
 */
public record RenewalRules(boolean issues, RenewalRule certificate, RenewalRule authority) {

    /** So early that no certificate is ever cut short by the end of its authority, even if a whole life of one passes. */
    private static final Duration AUTHORITY_WINDOW = CertificateAuthority.DEFAULT_TLS_VALIDITY.multipliedBy(2);

    /** The 30th of February passes the schema: it is taken for the last day of the month. */
    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ISO_OFFSET_DATE_TIME.withResolverStyle(ResolverStyle.SMART);

    /** The rules of a spec. */
    public static RenewalRules of(ApiManagerClusterSpec spec) {
        var renewal = Optional.ofNullable(spec.keystores()).map(KeyStoresSpec::renewal);
        return new RenewalRules(
                !GivenKeys.isTlsGiven(spec),
                new RenewalRule(
                        renewal.map(KeyStoresRenewal::beforeExpiryDays).map(Duration::ofDays),
                        moment(renewal, KeyStoresRenewal::certificateIssuedBefore)),
                new RenewalRule(
                        Optional.of(AUTHORITY_WINDOW), moment(renewal, KeyStoresRenewal::authorityIssuedBefore)));
    }

    private static Optional<Instant> moment(
            Optional<KeyStoresRenewal> renewal, Function<KeyStoresRenewal, String> field) {
        return renewal.map(field).map(text -> OffsetDateTime.parse(text, MOMENT).toInstant());
    }
}
