package com.wso2.apim.operator.revision;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A value that somebody may put into a Secret.
 *
 * @param text the value
 * @param read what XML makes of it where it is copied as it is; the value, but for entities
 */
record SecretValue(String text, String read) {

    /** Every printable ASCII character, and a few others that come along. */
    static final List<String> CHARACTERS = Stream.concat(
                    IntStream.rangeClosed(' ', '~').mapToObj(Character::toString),
                    Stream.of("é", "日", "😀", "\u007F", "\t", "\n", "\r", "\u0001"))
            .toList();

    /** What means something together. */
    static final List<String> TOGETHER = List.of(
            "${",
            "${user.home}",
            "a}${b",
            "$1",
            "\\$",
            "\\\\",
            "$env{HOME}",
            "$sys{user.home}",
            "$ref{given.v0}",
            "$secret{alias}",
            "{{",
            "{{ 1 }}",
            "{{given}}",
            "}}",
            "{%",
            "{% if %}",
            "{#",
            "{# {{ 1 }} #}",
            "{a}{b}",
            "]]>",
            "]]",
            "<![CDATA[a]]>",
            "&nbsp;",
            "&#1;",
            "&#xD800;",
            "&#x110000;",
            "&amp",
            " both ",
            "[plain]",
            "true");

    /** Each character alone, first, last, inside and doubled, what means something together, and entities. */
    static List<SecretValue> all() {
        var alone = CHARACTERS.stream().flatMap(c -> Stream.of(c, c.repeat(5)));
        var beside = CHARACTERS.stream()
                .flatMap(c -> Stream.of(c + "first", "last" + c, "in" + c + "side", "twice" + c + c + "there"));
        var entities = Stream.of(
                new SecretValue("a&amp;b", "a&b"),
                new SecretValue("&lt;a&gt;", "<a>"),
                new SecretValue("&quot;&apos;", "\"'"),
                new SecretValue("&#36;&#92;", "$\\"),
                new SecretValue("&#x7b;&#123;a}}", "{{a}}"),
                new SecretValue("a&#10;", "a\n"));
        return Stream.concat(
                        Stream.of(alone, beside, TOGETHER.stream())
                                .flatMap(texts -> texts)
                                .map(text -> new SecretValue(text, text)),
                        entities)
                .toList();
    }

    boolean isOneCharacter() {
        return CHARACTERS.contains(text);
    }

    /** That a message speaks of something in the value, of a version, and does not tell the value. */
    void assertIsNamedBy(String problem, String version) {
        var name = problem.replaceFirst("(?s).* holds (.*), which version .*", "$1");
        if (name.startsWith("the control character U+")) {
            assertThat(text).contains(Character.toString(Integer.parseInt(name.replaceFirst(".*U\\+", ""), 16)));
        } else if (name.equals("a space") || name.startsWith("a line break")) {
            assertThat(text).contains(name.equals("a space") ? " " : "\n");
        } else {
            assertThat(name).startsWith("the character");
            var named = name.replaceFirst("the characters? ", "");
            assertThat(text).contains(named);
            assertThat(named.length())
                    .as("the name is no value: %s", name)
                    .isLessThan(Math.max(text.length(), name.contains("characters") ? 9 : 3));
        }
        assertThat(problem).contains(", which version " + version + " cannot carry");
        if (text.length() > 8) {
            assertThat(problem).doesNotContain(text);
        }
    }
}
