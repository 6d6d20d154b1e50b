package com.wso2.apim.operator.toml;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Text as the server's XML needs it: its mapper copies values from deployment.toml and from the environment unescaped. */
public final class XmlText {

    /** Older mappers read something into the first two, and every template engine into the third. */
    private static final String READ_BY_THE_MAPPER = "$\\{";

    /** What {@link #escape} makes. */
    private static final Pattern REFERENCE = Pattern.compile("&(amp|lt|gt|quot|apos|#[0-9]{1,7});");

    private XmlText() {}

    /**
     * Escapes what would end the text, or an attribute, and what the mapper would take for more than text. What is not ASCII
     * becomes a reference too, so that no locale of an image matters.
     */
    public static String escape(String text) {
        return text.codePoints().mapToObj(XmlText::escape).collect(Collectors.joining());
    }

    /** The text that was escaped. */
    public static String read(String escaped) {
        return REFERENCE
                .matcher(escaped)
                .replaceAll(match -> Matcher.quoteReplacement(
                        switch (match.group(1)) {
                            case "amp" -> "&";
                            case "lt" -> "<";
                            case "gt" -> ">";
                            case "quot" -> "\"";
                            case "apos" -> "'";
                            default ->
                                Character.toString(
                                        Integer.parseInt(match.group(1).substring(1)));
                        }));
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
