package com.wso2.apim.operator.pki;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A new RSA key and the certificate to be signed for it: what all kinds of certificate have in common. */
final class CertificateDraft {

    /** How far behind a peer's clock may be without refusing a certificate just made. */
    static final Duration CLOCK_SKEW = Duration.ofMinutes(5);

    /** Upper bound of a common name, RFC 5280 appendix A. */
    private static final int COMMON_NAME_LENGTH = 64;

    private final X500Name subject;
    private final KeyPair pair;
    private final Instant notBefore;
    private final Instant notAfter;
    private final SecureRandom random;
    private final List<Extension> extensions = new ArrayList<>();

    CertificateDraft(String commonName, int keyBits, Instant now, Instant notAfter, SecureRandom random) {
        this.subject =
                new X500NameBuilder().addRDN(BCStyle.CN, shortened(commonName)).build();
        this.pair = rsa(keyBits, random);
        this.notBefore = now.minus(CLOCK_SKEW);
        this.notAfter = notAfter;
        this.random = random;
        with(Extension.subjectKeyIdentifier, false, identifiers().createSubjectKeyIdentifier(pair.getPublic()));
    }

    CertificateDraft critical(ASN1ObjectIdentifier extension, ASN1Encodable value) {
        return with(extension, true, value);
    }

    CertificateDraft uncritical(ASN1ObjectIdentifier extension, ASN1Encodable value) {
        return with(extension, false, value);
    }

    KeyMaterial selfSigned() {
        X509Certificate certificate = signed(subject, pair.getPrivate());
        return new KeyMaterial(Pem.of(pair.getPrivate()), Pem.of(certificate));
    }

    KeyMaterial signedBy(KeyMaterial authority) {
        X509Certificate issuer = authority.leaf();
        uncritical(Extension.authorityKeyIdentifier, keyIdentifier(issuer));
        X509Certificate certificate =
                signed(X500Name.getInstance(issuer.getSubjectX500Principal().getEncoded()), authority.key());
        return new KeyMaterial(Pem.of(pair.getPrivate()), Pem.of(certificate) + authority.certificates());
    }

    private X509Certificate signed(X500Name issuer, PrivateKey issuerKey) {
        X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                issuer, serial(), Date.from(notBefore), Date.from(notAfter), subject, pair.getPublic());
        try {
            for (Extension extension : extensions) {
                builder.addExtension(extension);
            }
            return new JcaX509CertificateConverter()
                    .getCertificate(builder.build(new JcaContentSignerBuilder(KeyMaterial.signatureAlgorithm(issuerKey))
                            .setSecureRandom(random)
                            .build(issuerKey)));
        } catch (IOException | OperatorCreationException | GeneralSecurityException e) {
            throw new IllegalStateException("This Java cannot make a certificate", e);
        }
    }

    /** 128 bits, the highest always set: positive, never zero, within RFC 5280's 20 octets. */
    private BigInteger serial() {
        return new BigInteger(127, random).setBit(127);
    }

    private CertificateDraft with(ASN1ObjectIdentifier oid, boolean critical, ASN1Encodable value) {
        try {
            extensions.add(Extension.create(oid, critical, value));
        } catch (IOException e) {
            throw new IllegalStateException("Extension %s cannot be encoded".formatted(oid), e);
        }
        return this;
    }

    /** A long name keeps its beginning; the digest keeps two long names apart, and from being a name of its own. */
    private static String shortened(String commonName) {
        if (commonName.length() <= COMMON_NAME_LENGTH) {
            return commonName;
        }
        String digest =
                Digest.sha256(commonName.getBytes(StandardCharsets.UTF_8)).substring(0, 8);
        return commonName.substring(0, COMMON_NAME_LENGTH - 9) + "-" + digest;
    }

    private static KeyPair rsa(int bits, SecureRandom random) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(bits, random);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java has no RSA", e);
        }
    }

    /** By key alone: with issuer and serial as well, an authority's certificate renewed for its key would not fit. */
    private static AuthorityKeyIdentifier keyIdentifier(X509Certificate issuer) {
        try {
            return new AuthorityKeyIdentifier(
                    identifiers().createAuthorityKeyIdentifier(issuer).getKeyIdentifierOctets());
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("A certificate that was read cannot be written", e);
        }
    }

    private static JcaX509ExtensionUtils identifiers() {
        try {
            return new JcaX509ExtensionUtils();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java has no SHA-1, of which RFC 5280 makes key identifiers", e);
        }
    }
}
