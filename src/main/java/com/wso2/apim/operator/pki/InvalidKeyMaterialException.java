package com.wso2.apim.operator.pki;

/**
 * A key, a certificate or their combination cannot be used. The message says what is wrong in the words of whoever
 * supplied it, and holds no text of a key.
 */
public final class InvalidKeyMaterialException extends RuntimeException {

    /** What is wrong, in the words of whoever supplied the material. */
    public InvalidKeyMaterialException(String message) {
        super(message);
    }
}
