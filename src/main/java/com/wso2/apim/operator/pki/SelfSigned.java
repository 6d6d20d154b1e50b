package com.wso2.apim.operator.pki;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;

/** The product's key pairs that never meet a TLS peer: {@code primary} signs tokens, {@code internal} encrypts. */
public final class SelfSigned {

    private static final int YEARS = 10;
    private static final int KEY_BITS = 2048;

    /**
     * The product refuses to encrypt stored secrets with a certificate that does not allow data encipherment (product
     * documentation, keystores). The signing pair may do the same, since a server with one keystore uses it for both.
     */
    private static final int USAGE = KeyUsage.digitalSignature | KeyUsage.keyEncipherment | KeyUsage.dataEncipherment;

    private SelfSigned() {}

    /**
     * A new key pair for {@code [keystore.primary]} or {@code [keystore.internal]}: RSA of 2048 bits, valid from five
     * minutes before now for ten years. A common name of more than 64 characters is shortened.
     */
    public static KeyMaterial create(String commonName, Instant now, SecureRandom random) {
        Instant notAfter = now.atOffset(ZoneOffset.UTC).plusYears(YEARS).toInstant();
        return new CertificateDraft(commonName, KEY_BITS, now, notAfter, random)
                .critical(Extension.basicConstraints, new BasicConstraints(false))
                .critical(Extension.keyUsage, new KeyUsage(USAGE))
                .selfSigned();
    }
}
