package com.wso2.apim.operator.pki;

import java.util.List;

/** PEM text as users put it into a Secret, or what they took for it. */
public final class GivenPem {

    private GivenPem() {}

    /**
     * A private key, RSA or EC, in PKCS#8 or in the older form of its own kind; returned in PKCS#8.
     *
     * @throws InvalidKeyMaterialException with the flaw
     */
    public static String privateKey(byte[] given) {
        return Pem.of(
                Pem.privateKey(text(given, "private key", "openssl pkey -inform der -in der.key -out plain.key")));
    }

    /**
     * Certificates, at least one, in their order; each is returned as a text of its own.
     *
     * @throws InvalidKeyMaterialException with the flaw
     */
    public static List<String> certificates(byte[] given) {
        String text = text(given, "certificate", "openssl x509 -inform der -in der.crt -out plain.crt");
        return Pem.certificates(text).stream().map(Pem::of).toList();
    }

    private static String text(byte[] given, String material, String command) {
        StoreBytes kind = StoreBytes.of(given);
        switch (kind) {
            case NOTHING -> throw Flaw.EMPTY.found(material);
            case JKS, JCEKS, PKCS12 -> throw Flaw.STORE_FOR_PEM.found(kind);
            case DER -> throw Flaw.DER.found(command);
            case BASE64 -> throw Flaw.BASE64_TWICE.found();
            default -> {
                return StoreBytes.text(given);
            }
        }
    }
}
