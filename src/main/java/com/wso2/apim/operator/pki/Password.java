package com.wso2.apim.operator.pki;

import java.security.SecureRandom;
import java.util.stream.Collectors;

/** Passwords that every version of the product carries unchanged. */
public final class Password {

    /** What survives XML text, AMQP URLs and Jinja templates in every version (product documentation, passwords). */
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private Password() {}

    /**
     * A password of {@code length} characters from {@code [A-Za-z0-9]}, each equally likely: 5.95 bits per character.
     *
     * @throws IllegalArgumentException if the length is not positive
     */
    public static String random(int length, SecureRandom random) {
        if (length < 1) {
            throw new IllegalArgumentException("A password needs at least one character, not " + length);
        }
        return random.ints(length, 0, ALPHABET.length())
                .map(ALPHABET::charAt)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** So many hexadecimal digits, each equally likely: 4 bits per digit. */
    public static String hexadecimal(int length, SecureRandom random) {
        return random.ints(length, 0, 16).mapToObj(Integer::toHexString).collect(Collectors.joining());
    }
}
