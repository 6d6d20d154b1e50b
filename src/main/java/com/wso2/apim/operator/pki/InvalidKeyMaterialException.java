package com.wso2.apim.operator.pki;

import java.util.Optional;

/**
 * A key, a certificate or their combination cannot be used. The message says what is wrong in the words of whoever
 * supplied it, and holds no text of a key.
 */
public final class InvalidKeyMaterialException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Flaw.Found found;

    /** What is wrong, in the words of whoever supplied the material. */
    public InvalidKeyMaterialException(String message) {
        super(message);
        this.found = null;
    }

    InvalidKeyMaterialException(Flaw.Found found) {
        super(found.message());
        this.found = found;
    }

    /** Which of the known flaws it is, if it is one that a user's material can have. */
    public Optional<Flaw.Found> found() {
        return Optional.ofNullable(found);
    }
}
