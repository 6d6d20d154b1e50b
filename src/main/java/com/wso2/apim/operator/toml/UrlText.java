package com.wso2.apim.operator.toml;

import java.nio.charset.StandardCharsets;

/** Text as the user information of a URL needs it: the product pastes it into the URLs of its message brokers. */
public final class UrlText {

    private static final String PLAIN = "-._~";

    private UrlText() {}

    /** Encodes every byte that could mean something, in a URL or in a file that holds one. */
    public static String escape(String text) {
        var escaped = new StringBuilder();
        for (var octet : text.getBytes(StandardCharsets.UTF_8)) {
            var character = (char) (octet & 0xFF);
            if (isPlain(character)) {
                escaped.append(character);
            } else {
                escaped.append("%%%02X".formatted((int) character));
            }
        }
        return escaped.toString();
    }

    private static boolean isPlain(char character) {
        return character >= 'a' && character <= 'z'
                || character >= 'A' && character <= 'Z'
                || character >= '0' && character <= '9'
                || PLAIN.indexOf(character) >= 0;
    }
}
