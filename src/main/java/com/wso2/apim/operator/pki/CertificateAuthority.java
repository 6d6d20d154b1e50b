package com.wso2.apim.operator.pki;

import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;

/** A private certificate authority and the TLS certificates that it issues. */
public final class CertificateAuthority {

    /** How long a TLS certificate is valid unless something else is wanted. */
    public static final Duration DEFAULT_TLS_VALIDITY = Duration.ofDays(365);

    private static final int AUTHORITY_YEARS = 10;
    private static final int AUTHORITY_KEY_BITS = 3072;
    private static final int TLS_KEY_BITS = 2048;

    private CertificateAuthority() {}

    /**
     * A new authority: RSA of 3072 bits, valid from five minutes before now for ten years, good for signing
     * certificates of end entities and nothing else. A common name of more than 64 characters is shortened.
     */
    public static KeyMaterial create(String commonName, Instant now, SecureRandom random) {
        Instant notAfter =
                now.atOffset(ZoneOffset.UTC).plusYears(AUTHORITY_YEARS).toInstant();
        return new CertificateDraft(commonName, AUTHORITY_KEY_BITS, now, notAfter, random)
                .critical(Extension.basicConstraints, new BasicConstraints(0))
                .critical(Extension.keyUsage, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign))
                .selfSigned();
    }

    /**
     * A new key pair for TLS, for servers and clients alike: RSA of 2048 bits, valid from five minutes before now, with
     * the authority's certificate in its chain. It never outlives the authority.
     *
     * @param authority its key signs; its certificates follow the new one
     * @param commonName for people only; shortened if longer than 64 characters
     * @param dnsNames the host names, in this order, each once; {@code *.} may stand for one label
     * @param validity counted from now
     * @throws InvalidKeyMaterialException if the authority cannot be read, is not one, or has expired
     * @throws IllegalArgumentException if there is no host name, or one that cannot be a host's
     */
    public static KeyMaterial issue(
            KeyMaterial authority,
            String commonName,
            List<String> dnsNames,
            Instant now,
            Duration validity,
            SecureRandom random) {
        if (dnsNames.isEmpty()) {
            throw new IllegalArgumentException("A TLS certificate needs at least one host name");
        }
        Instant authorityEnds = endOfValidity(authority, now);
        Instant wanted = now.plus(validity);
        Instant notAfter = wanted.isBefore(authorityEnds) ? wanted : authorityEnds;
        GeneralName[] names =
                dnsNames.stream().distinct().map(CertificateAuthority::dnsName).toArray(GeneralName[]::new);
        KeyPurposeId[] purposes = {KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth};
        return new CertificateDraft(commonName, TLS_KEY_BITS, now, notAfter, random)
                .critical(Extension.basicConstraints, new BasicConstraints(false))
                .critical(Extension.keyUsage, new KeyUsage(KeyUsage.digitalSignature | KeyUsage.keyEncipherment))
                .uncritical(Extension.extendedKeyUsage, new ExtendedKeyUsage(purposes))
                .uncritical(Extension.subjectAlternativeName, new GeneralNames(names))
                .signedBy(authority);
    }

    private static GeneralName dnsName(String name) {
        // The certificate's encoding would silently cut other letters down to eight bits.
        if (!name.matches("(\\*\\.)?[A-Za-z0-9._-]+")) {
            throw new IllegalArgumentException("Not a host name: '%s'".formatted(name));
        }
        return new GeneralName(GeneralName.dNSName, name);
    }

    private static Instant endOfValidity(KeyMaterial authority, Instant now) {
        authority.verify();
        X509Certificate certificate = authority.leaf();
        if (certificate.getBasicConstraints() < 0) {
            throw new InvalidKeyMaterialException("The certificate of %s is not one of a certificate authority"
                    .formatted(authority.details().subject()));
        }
        Instant notAfter = certificate.getNotAfter().toInstant();
        if (!now.isBefore(notAfter)) {
            throw new InvalidKeyMaterialException("The certificate authority %s expired at %s"
                    .formatted(authority.details().subject(), notAfter));
        }
        return notAfter;
    }
}
