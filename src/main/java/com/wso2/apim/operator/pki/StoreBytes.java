package com.wso2.apim.operator.pki;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;

/**
 * What bytes look like, by how they begin. The JDK takes a JKS store for PKCS12 and the other way round without a word, so
 * that nobody but this one notices.
 */
enum StoreBytes {
    NOTHING,
    JKS,
    JCEKS,
    PKCS12,
    /** Some other structure of ASN.1: a certificate or a key, usually. */
    DER,
    PEM,
    /** Text that is one of the above once it is decoded. */
    BASE64,
    SOMETHING_ELSE;

    private static final int SEQUENCE = 0x30;
    private static final String ARMOR = "-----BEGIN ";

    /** INTEGER of one octet, 3: the version of every store by RFC 7292, where certificates and keys have something else. */
    private static final String PKCS12_VERSION = "020103";

    static StoreBytes of(byte[] bytes) {
        StoreBytes plain = plain(bytes);
        return plain == SOMETHING_ELSE && isEncoded(bytes) ? BASE64 : plain;
    }

    /** As text, for which every byte stands for itself. */
    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static StoreBytes plain(byte[] bytes) {
        if (text(bytes).isBlank()) {
            return NOTHING;
        }
        String start = HexFormat.of().formatHex(bytes, 0, Math.min(bytes.length, 4));
        if (start.equals("feedfeed")) {
            return JKS;
        }
        if (start.equals("cececece")) {
            return JCEKS;
        }
        if (bytes[0] == SEQUENCE) {
            return isPkcs12(bytes) ? PKCS12 : DER;
        }
        return text(bytes).contains(ARMOR) ? PEM : SOMETHING_ELSE;
    }

    private static boolean isPkcs12(byte[] bytes) {
        // The length has one octet, or as many more as the first one says.
        int length = bytes.length < 2 ? 0 : bytes[1] & 0xff;
        int content = 2 + (length > 0x80 ? length - 0x80 : 0);
        return bytes.length >= content + 3
                && HexFormat.of().formatHex(bytes, content, content + 3).equals(PKCS12_VERSION);
    }

    private static boolean isEncoded(byte[] bytes) {
        String text = text(bytes).replaceAll("\\s", "");
        if (!text.matches("[A-Za-z0-9+/]+={0,2}")) {
            return false;
        }
        try {
            StoreBytes decoded = plain(Base64.getDecoder().decode(text));
            return decoded != SOMETHING_ELSE && decoded != DER && decoded != NOTHING;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
