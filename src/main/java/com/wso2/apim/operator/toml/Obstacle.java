package com.wso2.apim.operator.toml;

import com.wso2.apim.operator.model.Dialect;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a value holds that does not reach the servers as it is. Which way a value takes decides what that is.
 *
 * @param text the character, or the few characters that mean something together; never more of the value
 */
public record Obstacle(String text) {

    /** XML cannot hold most of them, bytes that were not UTF-8 are lost, and a line break is an accident of the file. */
    private static final String NO_TEXT = "[\\x00-\\x1F\\uFFFD-\\uFFFF]";

    /** The mapper, or the product when it has read its XML, would put something else in its place. */
    private static final String REFERENCE = "\\$(?:env|sys|ref|secret)?\\{";

    private static final Pattern IN_ESCAPED_TEXT = Pattern.compile(REFERENCE + "|" + NO_TEXT);

    /** The mapper's template engine would read on from here. */
    static final Pattern TEMPLATE = Pattern.compile("\\{[{%#]");

    /** A quotation mark too: the value may stand in an attribute. */
    private static final String MARKUP = "[&<\"]|]]>";

    private static final Pattern IN_TEXT =
            Pattern.compile(String.join("|", REFERENCE, TEMPLATE.pattern(), MARKUP, NO_TEXT));

    private static final Pattern IN_TEXT_BEFORE = Pattern.compile(IN_TEXT.pattern() + "|[$\\\\]");

    /** The product makes paths of names; one at sign inside makes an e-mail address. */
    private static final Pattern IN_THE_ADMINISTRATORS_NAME = Pattern.compile("[^A-Za-z0-9._~@-]|^@|@$|@(?=.*@)");

    /** The brokers count characters where they need bytes, and the user store takes no white space. */
    private static final String NO_VISIBLE_ASCII = "[^!-~]";

    private static final Pattern IN_THE_ADMINISTRATORS_PASSWORD = Pattern.compile(REFERENCE + "|" + NO_VISIBLE_ASCII);

    /** There is a place that knows no references of XML. */
    private static final Pattern IN_THE_ADMINISTRATORS_PASSWORD_BEFORE =
            Pattern.compile(String.join("|", IN_THE_ADMINISTRATORS_PASSWORD.pattern(), "[$\\\\]", TEMPLATE.pattern()));

    private static final Pattern FOR_THE_ENCRYPTION_KEY = Pattern.compile("[^0-9A-Fa-f]");

    private static final Pattern ENTITY =
            Pattern.compile("&(?:amp|lt|gt|quot|apos|#([0-9]{1,7})|#x([0-9A-Fa-f]{1,6}));");

    /** In the name of the administrator. */
    public static Optional<Obstacle> toAdministratorsName(String value) {
        return first(IN_THE_ADMINISTRATORS_NAME, value);
    }

    /** In the password of the administrator. */
    public static Optional<Obstacle> toAdministratorsPassword(String value, Dialect dialect) {
        return first(
                dialect.takesDollarAndBackslash()
                        ? IN_THE_ADMINISTRATORS_PASSWORD
                        : IN_THE_ADMINISTRATORS_PASSWORD_BEFORE,
                value);
    }

    /** In the key with which stored secrets are encrypted. */
    public static Optional<Obstacle> toEncryptionKey(String value) {
        return first(FOR_THE_ENCRYPTION_KEY, value);
    }

    /** In a value that pods get escaped for the only XML that it goes into. */
    public static Optional<Obstacle> toEscapedText(String value) {
        return first(IN_ESCAPED_TEXT, value);
    }

    /** In a value that a variable of the user's brings, unescaped, to wherever the user's own TOML sends it. */
    public static Optional<Obstacle> toVariable(String value, Dialect dialect) {
        var withoutEntities = ENTITY.matcher(value)
                .replaceAll(match -> isText(match.group(1), 10) && isText(match.group(2), 16) ? " " : match.group());
        return first(dialect.takesDollarAndBackslash() ? IN_TEXT : IN_TEXT_BEFORE, withoutEntities);
    }

    /** As a message names it. */
    public String name() {
        return switch (text) {
            case "\n" -> "a line break at its end or inside";
            case " " -> "a space";
            case "\uFFFD" -> "bytes that are not UTF-8";
            default -> {
                var isOne = text.codePointCount(0, text.length()) == 1;
                if (isOne && isNoText()) {
                    yield "the control character U+%04X".formatted(text.codePointAt(0));
                }
                yield (isOne ? "the character " : "the characters ") + text;
            }
        };
    }

    /** What to write for it where it ends in XML; absent where it can come in no form. */
    public Optional<String> inXml() {
        return isNoText() || text.matches(REFERENCE) ? Optional.empty() : Optional.of(XmlText.escape(text));
    }

    private boolean isNoText() {
        return text.matches(NO_TEXT);
    }

    private static boolean isText(String number, int radix) {
        return number == null || XmlText.canHold(Integer.parseInt(number, radix));
    }

    private static Optional<Obstacle> first(Pattern pattern, String value) {
        return pattern.matcher(value).results().findFirst().map(match -> new Obstacle(match.group()));
    }
}
