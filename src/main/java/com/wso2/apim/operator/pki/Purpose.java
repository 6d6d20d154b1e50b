package com.wso2.apim.operator.pki;

import java.security.PublicKey;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECKey;
import java.security.interfaces.RSAKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a key pair is for, and whether it is good for that. */
public enum Purpose {
    /** To be shown to peers, who verify it. RSA or EC: the receivers' default ciphers have ECDSA. */
    TLS,
    /** To sign tokens, with the algorithms that the product has for RSA keys only. */
    SIGNING("sign tokens"),
    /** To encrypt what is stored, with RSA by the product's default transformation. */
    ENCRYPTION("encrypt what they store");

    private static final int RSA_BITS = 2048;
    private static final int EC_BITS = 256;
    private static final int SHOWN_HOSTS = 8;
    private static final Pattern WEAK = Pattern.compile("(MD2|MD5|SHA1)with.*");
    private static final List<String> FOR_SERVERS = List.of("1.3.6.1.5.5.7.3.1", "2.5.29.37.0");

    /** Places in RFC 5280's KeyUsage. */
    private static final int DIGITAL_SIGNATURE = 0;

    private static final int DATA_ENCIPHERMENT = 3;

    private final Optional<String> workOfRsa;

    Purpose() {
        this.workOfRsa = Optional.empty();
    }

    Purpose(String workOfRsa) {
        this.workOfRsa = Optional.of(workOfRsa);
    }

    /**
     * Everything that speaks against a key pair whose parts belong together. The certificates that nobody verifies, those of
     * signing and encryption, may have weak signatures: what is stored and issued depends on their keys.
     *
     * @param hosts which a certificate for TLS must cover
     */
    public List<Flaw.Found> flaws(KeyMaterial material, Instant now, List<String> hosts) {
        List<Flaw.Found> flaws = new ArrayList<>();
        List<X509Certificate> chain = material.chain();
        X509Certificate leaf = chain.get(0);
        (this == TLS ? chain : List.of(leaf)).forEach(certificate -> {
            validity(certificate, now).ifPresent(flaws::add);
            strength(certificate.getPublicKey()).ifPresent(flaws::add);
        });
        workOfRsa
                .filter(work -> !(leaf.getPublicKey() instanceof RSAKey))
                .map(work -> Flaw.NOT_RSA.with(leaf.getPublicKey().getAlgorithm(), work))
                .ifPresent(flaws::add);
        switch (this) {
            case TLS -> flaws.addAll(flawsOfServer(chain, hosts));
            case ENCRYPTION ->
                usage(leaf, DATA_ENCIPHERMENT, "dataEncipherment").ifPresent(flaws::add);
            default -> {}
        }
        return flaws;
    }

    /** Whether a certificate is valid now. */
    public static Optional<Flaw.Found> validity(String pem, Instant now) {
        return validity(Pem.certificates(pem).get(0), now);
    }

    private static List<Flaw.Found> flawsOfServer(List<X509Certificate> chain, List<String> hosts) {
        List<Flaw.Found> flaws = new ArrayList<>();
        X509Certificate leaf = chain.get(0);
        chain.stream()
                .filter(certificate -> certificate == leaf || !KeyMaterial.issued(certificate, certificate))
                .filter(certificate -> WEAK.matcher(certificate.getSigAlgName()).matches())
                .map(certificate -> Flaw.WEAK_SIGNATURE.with(subject(certificate), certificate.getSigAlgName()))
                .forEach(flaws::add);
        if (leaf.getBasicConstraints() >= 0) {
            flaws.add(Flaw.AUTHORITY_FOR_SERVER.with(subject(leaf)));
        }
        if (!isForServers(leaf)) {
            flaws.add(Flaw.NO_SERVER_PURPOSE.with(subject(leaf)));
        }
        usage(leaf, DIGITAL_SIGNATURE, "digitalSignature").ifPresent(flaws::add);
        CertificateDetails details = CertificateDetails.of(leaf);
        List<String> missing =
                hosts.stream().distinct().filter(host -> !details.covers(host)).toList();
        if (!missing.isEmpty()) {
            flaws.add(Flaw.MISSING_HOSTS.with(details.subject(), missing.size(), Shortened.list(missing, SHOWN_HOSTS)));
        }
        return flaws;
    }

    private static Optional<Flaw.Found> validity(X509Certificate certificate, Instant now) {
        CertificateDetails details = CertificateDetails.of(certificate);
        if (now.isBefore(details.notBefore())) {
            return Optional.of(Flaw.NOT_YET_VALID.with(details.subject(), details.notBefore()));
        }
        return now.isBefore(details.notAfter())
                ? Optional.empty()
                : Optional.of(Flaw.EXPIRED.with(details.subject(), details.notAfter()));
    }

    private static Optional<Flaw.Found> strength(PublicKey key) {
        int bits = 0;
        int least = 0;
        if (key instanceof RSAKey rsa) {
            bits = rsa.getModulus().bitLength();
            least = RSA_BITS;
        } else if (key instanceof ECKey ec) {
            bits = ec.getParams().getCurve().getField().getFieldSize();
            least = EC_BITS;
        }
        return bits < least ? Optional.of(Flaw.WEAK_KEY.with(key.getAlgorithm(), bits, least)) : Optional.empty();
    }

    private static Optional<Flaw.Found> usage(X509Certificate certificate, int place, String name) {
        boolean[] usage = certificate.getKeyUsage();
        return usage == null || usage[place]
                ? Optional.empty()
                : Optional.of(Flaw.NO_KEY_USAGE.with(subject(certificate), name));
    }

    private static boolean isForServers(X509Certificate certificate) {
        try {
            return Optional.ofNullable(certificate.getExtendedKeyUsage()).stream()
                    .allMatch(purposes -> purposes.stream().anyMatch(FOR_SERVERS::contains));
        } catch (CertificateParsingException e) {
            throw Flaw.UNREADABLE_CERTIFICATE.found(1);
        }
    }

    private static String subject(X509Certificate certificate) {
        return CertificateDetails.of(certificate).subject();
    }
}
