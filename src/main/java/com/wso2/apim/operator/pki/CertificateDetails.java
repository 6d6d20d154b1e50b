package com.wso2.apim.operator.pki;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * What a certificate says.
 *
 * @param subject distinguished name by RFC 2253, {@code CN=api.example.com}
 * @param issuer distinguished name by RFC 2253; equal to the subject if self-signed
 * @param notBefore first moment of validity, to the second
 * @param notAfter last moment of validity, to the second
 * @param dnsNames subject alternative names of kind DNS, in their order; empty if there are none
 * @param serial serial number, lower-case hexadecimal
 */
public record CertificateDetails(
        String subject, String issuer, Instant notBefore, Instant notAfter, List<String> dnsNames, String serial) {

    /** Copies the list. */
    public CertificateDetails {
        dnsNames = List.copyOf(dnsNames);
    }

    /**
     * The first certificate of a PEM text.
     *
     * @throws InvalidKeyMaterialException if the text holds no certificate, or anything that is none
     */
    public static CertificateDetails of(String pem) {
        return of(Pem.certificates(pem).get(0));
    }

    /**
     * Every certificate of a PEM text, in its order; at least one.
     *
     * @throws InvalidKeyMaterialException if the text holds no certificate, or anything that is none
     */
    public static List<CertificateDetails> allOf(String pem) {
        return Pem.certificates(pem).stream().map(CertificateDetails::of).toList();
    }

    static CertificateDetails of(X509Certificate certificate) {
        return new CertificateDetails(
                certificate.getSubjectX500Principal().getName(),
                certificate.getIssuerX500Principal().getName(),
                certificate.getNotBefore().toInstant(),
                certificate.getNotAfter().toInstant(),
                dnsNames(certificate),
                certificate.getSerialNumber().toString(16));
    }

    /**
     * Whether a TLS client that verifies host names accepts this certificate for the host. A name {@code *.example.com}
     * covers exactly one label in the star's place; the common name counts for nothing (RFC 6125).
     */
    public boolean covers(String host) {
        int dot = host.indexOf('.');
        Optional<String> wildcard = dot > 0 ? Optional.of("*" + host.substring(dot)) : Optional.empty();
        return dnsNames.stream()
                .anyMatch(name -> name.equalsIgnoreCase(host)
                        || wildcard.filter(name::equalsIgnoreCase).isPresent());
    }

    /** When it was made, if it was made here: validity begins some minutes earlier, for peers whose clocks are behind. */
    public Instant issued() {
        return notBefore.plus(CertificateDraft.CLOCK_SKEW);
    }

    private static List<String> dnsNames(X509Certificate certificate) {
        try {
            return Optional.ofNullable(certificate.getSubjectAlternativeNames()).stream()
                    .flatMap(Collection::stream)
                    .filter(name -> name.get(0).equals(2)) // dNSName in RFC 5280's GeneralName
                    .map(name -> (String) name.get(1))
                    .toList();
        } catch (CertificateParsingException e) {
            throw Flaw.UNREADABLE_CERTIFICATE.found(1);
        }
    }
}
