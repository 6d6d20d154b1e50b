package com.wso2.apim.operator.pki;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;

/** PEM text to JDK objects and back. */
final class Pem {

    private Pem() {}

    static String of(PrivateKey key) {
        return block("PRIVATE KEY", key.getEncoded());
    }

    static String of(X509Certificate certificate) {
        try {
            return block("CERTIFICATE", certificate.getEncoded());
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("A certificate that was read cannot be written", e);
        }
    }

    /** All certificates of the text, at least one, in its order. Text between the blocks is ignored. */
    static List<X509Certificate> certificates(String pem) {
        List<X509Certificate> certificates = new ArrayList<>();
        for (PemObject block : blocks(pem)) {
            if (block.getType().endsWith("PRIVATE KEY")) {
                throw Flaw.KEY_AMONG_CERTIFICATES.found();
            }
            if (!block.getType().equals("CERTIFICATE")) {
                throw Flaw.NO_CERTIFICATE_BLOCK.found(certificates.size() + 1);
            }
            certificates.add(certificate(block.getContent(), certificates.size() + 1));
        }
        if (certificates.isEmpty()) {
            throw Flaw.NO_CERTIFICATE.found();
        }
        return List.copyOf(certificates);
    }

    /** An RSA or EC key in PKCS#8 form, or in the older form of its own kind that many tools still write. */
    static PrivateKey privateKey(String pem) {
        PrivateKeyInfo info = privateKeyInfo(pem);
        ASN1ObjectIdentifier kind = info.getPrivateKeyAlgorithm().getAlgorithm();
        String algorithm;
        if (kind.equals(PKCSObjectIdentifiers.rsaEncryption)) {
            algorithm = "RSA";
        } else if (kind.equals(X9ObjectIdentifiers.id_ecPublicKey)) {
            algorithm = "EC";
        } else {
            throw Flaw.KEY_KIND.found();
        }
        try {
            return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(info.getEncoded()));
        } catch (GeneralSecurityException | IOException e) {
            throw Flaw.UNREADABLE_KEY.found();
        }
    }

    private static PrivateKeyInfo privateKeyInfo(String pem) {
        Object block = keyBlock(pem);
        if (block instanceof PrivateKeyInfo info) {
            return info;
        }
        if (block instanceof PEMKeyPair pair) {
            return pair.getPrivateKeyInfo();
        }
        if (block instanceof PEMEncryptedKeyPair || block instanceof PKCS8EncryptedPrivateKeyInfo) {
            throw Flaw.PASS_PHRASE.found();
        }
        if (block instanceof X509CertificateHolder) {
            throw Flaw.CERTIFICATE_FOR_KEY.found();
        }
        throw Flaw.NO_PRIVATE_KEY.found();
    }

    /** The first block that is not the curve, which some tools write before an EC key; any text if there is none. */
    private static Object keyBlock(String pem) {
        try (PEMParser parser = new PEMParser(new StringReader(pem))) {
            Object block = parser.readObject();
            while (block instanceof ASN1ObjectIdentifier || block instanceof X9ECParameters) {
                block = parser.readObject();
            }
            return block == null ? "" : block;
        } catch (IOException | RuntimeException e) {
            // Without the cause: what a parser says about a key may quote it.
            throw Flaw.UNREADABLE_KEY.found();
        }
    }

    private static List<PemObject> blocks(String pem) {
        List<PemObject> blocks = new ArrayList<>();
        try (PemReader reader = new PemReader(new StringReader(pem))) {
            for (PemObject block = reader.readPemObject(); block != null; block = reader.readPemObject()) {
                blocks.add(block);
            }
        } catch (IOException | RuntimeException e) {
            throw unreadableCertificate(blocks.size() + 1);
        }
        return blocks;
    }

    private static X509Certificate certificate(byte[] der, int position) {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (CertificateException e) {
            throw unreadableCertificate(position);
        }
    }

    private static InvalidKeyMaterialException unreadableCertificate(int position) {
        return Flaw.UNREADABLE_CERTIFICATE.found(position);
    }

    private static String block(String type, byte[] der) {
        return """
                -----BEGIN %1$s-----
                %2$s
                -----END %1$s-----
                """.formatted(type, Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der));
    }
}
