package com.wso2.apim.operator.pki;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * A private key with the certificates that vouch for it. Nothing is parsed before it is asked for, so that text from a
 * user can be carried to where its mistakes are reported.
 *
 * @param privateKey PEM text of the key, without a pass phrase; PKCS#8 in everything made here
 * @param certificates PEM text of the chain, the key's own certificate first, then each issuer
 */
public record KeyMaterial(String privateKey, String certificates) {

    /** Refuses nothing but {@code null}; {@link #verify()} judges. */
    public KeyMaterial {
        Objects.requireNonNull(privateKey, "privateKey");
        Objects.requireNonNull(certificates, "certificates");
    }

    /**
     * The private key, RSA or EC.
     *
     * @throws InvalidKeyMaterialException if the text holds no such key or a protected one
     */
    public PrivateKey key() {
        return Pem.privateKey(privateKey);
    }

    /**
     * The certificates in the order of the text, at least one.
     *
     * @throws InvalidKeyMaterialException if the text holds none, or anything that is not a certificate
     */
    public List<X509Certificate> chain() {
        return Pem.certificates(certificates);
    }

    /**
     * The certificate of this key.
     *
     * @throws InvalidKeyMaterialException as {@link #chain()}
     */
    public X509Certificate leaf() {
        return chain().get(0);
    }

    /**
     * What the certificate of this key says.
     *
     * @throws InvalidKeyMaterialException as {@link #chain()}
     */
    public CertificateDetails details() {
        return CertificateDetails.of(leaf());
    }

    /**
     * Checks that both texts can be read, that the first certificate is this key's, and that each further certificate
     * issued the one before it. Says nothing about validity in time.
     *
     * @throws InvalidKeyMaterialException with the first mistake found
     */
    public void verify() {
        List<X509Certificate> chain = chain();
        if (!matches(key(), chain.get(0))) {
            throw Flaw.KEY_MISMATCH.found(subject(chain.get(0)));
        }
        for (int i = 1; i < chain.size(); i++) {
            if (!issued(chain.get(i), chain.get(i - 1))) {
                throw Flaw.CHAIN_ORDER.found(i + 1, subject(chain.get(i)), i, subject(chain.get(i - 1)));
            }
        }
    }

    /**
     * The same, written as everything made here is: without text between the blocks, and whatever the older form of the key.
     *
     * @throws InvalidKeyMaterialException if either text cannot be read
     */
    public KeyMaterial normalized() {
        return new KeyMaterial(Pem.of(key()), chain().stream().map(Pem::of).collect(Collectors.joining()));
    }

    /**
     * Whether the first certificate was signed by the key of the given authority's first certificate.
     *
     * @throws InvalidKeyMaterialException if the certificates of either cannot be read
     */
    public boolean issuedBy(KeyMaterial authority) {
        return issued(authority.leaf(), leaf());
    }

    /** Never shows the key; nor the certificates' text, in which users have been known to leave one. */
    @Override
    public String toString() {
        String subject;
        try {
            subject = details().subject();
        } catch (InvalidKeyMaterialException e) {
            subject = "unreadable certificate";
        }
        return "KeyMaterial[%s, private key hidden]".formatted(subject);
    }

    /** Name of the JDK's signature algorithm for a key of this kind. */
    static String signatureAlgorithm(PrivateKey key) {
        return key.getAlgorithm().equals("EC") ? "SHA256withECDSA" : "SHA256withRSA";
    }

    private static String subject(X509Certificate certificate) {
        return CertificateDetails.of(certificate).subject();
    }

    private static boolean matches(PrivateKey key, X509Certificate certificate) {
        byte[] probe = "Do these two belong together?".getBytes(StandardCharsets.US_ASCII);
        try {
            Signature signature = Signature.getInstance(signatureAlgorithm(key));
            signature.initSign(key);
            signature.update(probe);
            byte[] signed = signature.sign();
            signature.initVerify(certificate.getPublicKey());
            signature.update(probe);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            // A certificate for another kind of key than this one.
            return false;
        }
    }

    static boolean issued(X509Certificate issuer, X509Certificate certificate) {
        if (!issuer.getSubjectX500Principal().equals(certificate.getIssuerX500Principal())) {
            return false;
        }
        try {
            certificate.verify(issuer.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
