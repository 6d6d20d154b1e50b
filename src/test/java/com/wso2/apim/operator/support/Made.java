package com.wso2.apim.operator.support;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A key pair with a certificate of any kind, good or bad, as a company's authority might make it.
 *
 * @param chain the certificate, then each issuer up to, and without, the authority that signs itself
 * @param root the certificate of that authority; the certificate itself if it signs itself
 */
public record Made(KeyPair pair, List<X509Certificate> chain, X509Certificate root) {

    private static final Base64.Encoder PEM = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));

    /** Made once each: what certificates say is what tests are about, and RSA takes its time. */
    private static final Map<String, KeyPair> PAIRS = new ConcurrentHashMap<>();

    /** What a certificate is to be like: good for a server, unless told otherwise. */
    public static final class Draft {

        private final X500Principal subject;
        private final List<Extension> extensions = new ArrayList<>();
        private KeyPair pair;
        private Made issuer;
        private String algorithm;
        private Instant notBefore = Simulation.START.minus(Duration.ofDays(1));
        private Instant notAfter = Simulation.START.plus(Duration.ofDays(3650));

        private Draft(String commonName) {
            subject = new X500Principal("CN=" + commonName);
            pair = rsa(2048, commonName);
        }

        public Draft with(KeyPair other) {
            pair = other;
            return this;
        }

        public Draft by(Made authority) {
            issuer = authority;
            return this;
        }

        public Draft signedWith(String signatureAlgorithm) {
            algorithm = signatureAlgorithm;
            return this;
        }

        public Draft valid(Instant from, Instant until) {
            notBefore = from;
            notAfter = until;
            return this;
        }

        public Draft covering(List<String> hosts) {
            var names = hosts.stream()
                    .map(host -> new GeneralName(GeneralName.dNSName, host))
                    .toArray(GeneralName[]::new);
            return extended(Extension.subjectAlternativeName, new GeneralNames(names));
        }

        public Draft authority() {
            return extended(Extension.basicConstraints, new BasicConstraints(true));
        }

        /** Bits of {@link KeyUsage}. */
        public Draft usage(int bits) {
            return extended(Extension.keyUsage, new KeyUsage(bits));
        }

        public Draft purpose(KeyPurposeId purpose) {
            return extended(Extension.extendedKeyUsage, new ExtendedKeyUsage(purpose));
        }

        private Draft extended(ASN1ObjectIdentifier oid, ASN1Encodable value) {
            try {
                extensions.add(Extension.create(oid, true, value));
                return this;
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }

        public Made made() {
            var signer = issuer == null ? pair : issuer.pair;
            var name = issuer == null ? subject : issuer.chain.get(0).getSubjectX500Principal();
            var builder = new JcaX509v3CertificateBuilder(
                    name, BigInteger.TEN, Date.from(notBefore), Date.from(notAfter), subject, pair.getPublic());
            try {
                for (var extension : extensions) {
                    builder.addExtension(extension);
                }
                var with = algorithm != null
                        ? algorithm
                        : signer.getPrivate().getAlgorithm().equals("EC") ? "SHA256withECDSA" : "SHA256withRSA";
                var certificate = new JcaX509CertificateConverter()
                        .getCertificate(builder.build(new JcaContentSignerBuilder(with).build(signer.getPrivate())));
                return issuer == null
                        ? new Made(pair, List.of(certificate), certificate)
                        : new Made(pair, chain(certificate), issuer.root);
            } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
                throw new IllegalStateException(e);
            }
        }

        private List<X509Certificate> chain(X509Certificate certificate) {
            var above = issuer.chain.stream().filter(link -> !link.equals(issuer.root));
            return Stream.concat(Stream.of(certificate), above).toList();
        }
    }

    /** A certificate of this name, self-signed unless an issuer is told. */
    public static Draft named(String commonName) {
        return new Draft(commonName);
    }

    /** An RSA key; the same for the same words. */
    public static KeyPair rsa(int bits, String which) {
        return PAIRS.computeIfAbsent(which + bits, none -> generated("RSA", bits));
    }

    /** A key on an elliptic curve. */
    public static KeyPair ec() {
        return generated("EC", 256);
    }

    private static KeyPair generated(String algorithm, int bits) {
        try {
            var generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The private key in PKCS#8. */
    public String key() {
        return pem("PRIVATE KEY", pair.getPrivate().getEncoded());
    }

    /** The private key in the form of its own kind, which openssl wrote before version 3. */
    public String olderKey() {
        try {
            var info = PrivateKeyInfo.getInstance(pair.getPrivate().getEncoded());
            return pair.getPrivate() instanceof ECPrivateKey key
                    ? pem(
                            "EC PRIVATE KEY",
                            new org.bouncycastle.asn1.sec.ECPrivateKey(
                                            256,
                                            key.getS(),
                                            info.getPrivateKeyAlgorithm().getParameters())
                                    .getEncoded())
                    : pem(
                            "RSA PRIVATE KEY",
                            info.parsePrivateKey().toASN1Primitive().getEncoded());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The chain without the authority. */
    public String certificates() {
        return chain.stream().map(Made::pem).collect(Collectors.joining());
    }

    public String authority() {
        return pem(root);
    }

    /** A store with this key, and a password of the key's own if that differs. */
    public byte[] store(String type, String alias, String password, String keyPassword) {
        try {
            var store = KeyStore.getInstance(type);
            store.load(null, null);
            store.setKeyEntry(
                    alias, pair.getPrivate(), keyPassword.toCharArray(), chain.toArray(X509Certificate[]::new));
            var bytes = new ByteArrayOutputStream();
            store.store(bytes, password.toCharArray());
            return bytes.toByteArray();
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    public static String pem(X509Certificate certificate) {
        try {
            return pem("CERTIFICATE", certificate.getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public static String pem(String what, byte[] der) {
        return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(what, PEM.encodeToString(der), what);
    }
}
