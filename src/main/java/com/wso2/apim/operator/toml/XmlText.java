package com.wso2.apim.operator.toml;

import java.util.stream.Collectors;

/** Text as the server's XML needs it: its mapper copies values from deployment.toml and from the environment unescaped. */
public final class XmlText {

    /** Older mappers read something into the first two, and every template engine into the third. */
    private static final String READ_BY_THE_MAPPER = "$\\{";

    private XmlText() {}

    /**
     * Escapes what would end the text, or an attribute, and what the mapper would take for more than text. What is not ASCII
     * becomes a reference too, so that no locale of an image matters.
     */
    public static String escape(String text) {
        return text.codePoints().mapToObj(XmlText::escape).collect(Collectors.joining());
    }

    /** Whether XML can hold a character at all. */
    static boolean canHold(int character) {
        var isWhiteSpace = character == '\t' || character == '\n' || character == '\r';
        var isSurrogate = character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE;
        var isNoCharacter = character == 0xFFFE || character == 0xFFFF;
        return isWhiteSpace
                || character >= ' ' && !isSurrogate && !isNoCharacter && Character.isValidCodePoint(character);
    }

    private static String escape(int character) {
        return switch (character) {
            case '&' -> "&amp;";
            case '<' -> "&lt;";
            case '>' -> "&gt;";
            case '"' -> "&quot;";
            case '\'' -> "&apos;";
            default -> isPlain(character) ? Character.toString(character) : "&#" + character + ";";
        };
    }

    private static boolean isPlain(int character) {
        return character >= ' ' && character <= '~' && READ_BY_THE_MAPPER.indexOf(character) < 0;
    }
}
