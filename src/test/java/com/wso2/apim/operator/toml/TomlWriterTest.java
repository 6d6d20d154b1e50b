package com.wso2.apim.operator.toml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import com.wso2.apim.operator.support.ConfigMapper;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The form of the product's own file, and that nothing is lost in it. */
class TomlWriterTest {

    private static final ObjectReader JACKSON =
            new TomlMapper().readerForMapOf(Object.class).with(DeserializationFeature.USE_LONG_FOR_INTS);

    /** Characters that one of the notations, or one of the two parsers, treats differently from a letter. */
    private static final List<String> AWKWARD = List.of(
            "\"", "'", "\\", "\n", "\r", "\t", "\b", "\f", "\0", "\u001f", "\u007f", "\u0085", "\u2028", "#", "=", "[",
            "]", "{", "}", "(", ")", ",", ".", ":", "/", "%", "&", "<", ">", "$", "@", " ", "é", "日", "😀");

    @Test
    void writesNothingForNothing() {
        assertThat(TomlWriter.write(Map.of())).isEmpty();
    }

    @Test
    void writesKeysOfATableBeforeItsTables() {
        var root = ServerFile.table(
                "server", ServerFile.table("nested", ServerFile.table("a", 1), "hostname", "apim"), "title", "x");

        assertThat(TomlWriter.write(root)).isEqualTo("""
                        title = "x"

                        [server]
                        hostname = "apim"

                        [server.nested]
                        a = 1
                        """);
    }

    @Test
    void writesEachElementOfAListOfTablesUnderAHeaderOfItsOwn() {
        var root = ServerFile.table(
                "apim",
                ServerFile.table(
                        "groups",
                        List.of(
                                ServerFile.table("type", "a", "urls", List.of("tcp://x:1", "tcp://y:2")),
                                ServerFile.table("type", "b", "properties", ServerFile.table("order", 1)))));

        assertThat(TomlWriter.write(root)).isEqualTo("""
                        [[apim.groups]]
                        type = "a"
                        urls = ["tcp://x:1", "tcp://y:2"]

                        [[apim.groups]]
                        type = "b"

                        [apim.groups.properties]
                        order = 1
                        """);
    }

    @Test
    void leavesOutAHeaderThatStandsOverHeadersOnly() {
        var root = ServerFile.table("transport", ServerFile.table("https", ServerFile.table("port", 1)));

        assertThat(TomlWriter.write(root)).isEqualTo("""
                [transport.https]
                port = 1
                """);
    }

    @Test
    void writesTheHeaderOfAnEmptyTable() {
        assertThat(TomlWriter.write(Map.of("empty", Map.of()))).isEqualTo("[empty]\n");
    }

    @Test
    void quotesAKeyOnlyWhereItMust() {
        var root = ServerFile.table(
                "header.X-WSO2-KEY-MANAGER", "a", "bare_Key-1", "b", "with \"quotes\"", ServerFile.table("k", true));

        assertThat(TomlWriter.write(root)).isEqualTo("""
                        'header.X-WSO2-KEY-MANAGER' = "a"
                        bare_Key-1 = "b"

                        ['with "quotes"']
                        k = true
                        """);
    }

    @Test
    void escapesWhatABasicStringCannotHold() {
        assertThat(TomlWriter.write(Map.of("s", "\"\\\n\r\t\0\u007f é😀 '$env{X}'")))
                .isEqualTo("s = \"\\\"\\\\\\n\\r\\t\\u0000\\u007F é😀 '$env{X}'\"\n");
    }

    @ParameterizedTest
    @MethodSource("unwritable")
    void refusesAValueThatDeploymentTomlDoesNotHave(Object value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TomlWriter.write(Collections.singletonMap("key", value)))
                .withMessageStartingWith("no TOML value: ");
    }

    private static Stream<Object> unwritable() {
        return Stream.of(
                null,
                1.5f,
                Double.NaN,
                Double.POSITIVE_INFINITY,
                'c',
                new Object(),
                LocalDate.EPOCH,
                new StringBuilder("a"),
                Arrays.asList("a", null),
                List.of("a", Map.of("b", 1)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "it's", "line\nbreak", "\0", "\u007f"})
    void refusesAKeyThatALiteralStringCannotHold(String key) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TomlWriter.write(Map.of(key, 1)))
                .withMessageStartingWith("not a TOML key: ");
    }

    @ParameterizedTest
    @MethodSource("awkward")
    void carriesEveryAwkwardCharacterThroughJackson(String character) {
        var tree = Map.<String, Object>of("table", Map.of("key", "a" + character + "b" + character));

        assertThat(jackson(TomlWriter.write(tree))).isEqualTo(tree);
    }

    @ParameterizedTest
    @EnumSource
    void carriesEveryAwkwardCharacterThroughTheServersParser(ConfigMapper mapper) {
        AWKWARD.forEach(character -> {
            var value = "a" + character + "b" + character;
            assertThat(mapper.read(TomlWriter.write(Map.of("table", Map.of("key", value)))))
                    .containsExactly(Map.entry("table.key", value));
        });
    }

    private static Stream<String> awkward() {
        return AWKWARD.stream();
    }

    @Test
    void losesNothingOnTheWayThroughJackson() {
        trees(500).forEach(tree -> {
            var text = TomlWriter.write(tree);
            assertThat(jackson(text)).as(text).isEqualTo(tree);
        });
    }

    @ParameterizedTest
    @EnumSource
    void losesNothingOnTheWayThroughTheServersParser(ConfigMapper mapper) {
        trees(500).forEach(tree -> {
            var text = TomlWriter.write(tree);
            assertThat(mapper.tree(text)).as(text).isEqualTo(tree);
        });
    }

    @Test
    void writesTheSameTreeAsTheSameText() {
        var once = trees(50).map(TomlWriter::write).toList();

        assertThat(trees(50).map(TomlWriter::write)).containsExactlyElementsOf(once);
    }

    private static Map<String, Object> jackson(String toml) {
        try {
            return JACKSON.readValue(toml);
        } catch (JsonProcessingException e) {
            throw new AssertionError("Jackson refuses\n" + toml, e);
        }
    }

    private static Stream<Map<String, Object>> trees(int number) {
        return IntStream.range(0, number).mapToObj(seed -> new Trees(new Random(seed)).table(3));
    }

    /** Random trees of everything that a deployment.toml holds; the same seed gives the same tree. */
    private record Trees(Random random) {

        Map<String, Object> table(int depth) {
            var table = new LinkedHashMap<String, Object>();
            for (int i = random.nextInt(5); i > 0; i--) {
                table.put(key(), value(depth));
            }
            return table;
        }

        private Object value(int depth) {
            return switch (random.nextInt(depth > 0 ? 7 : 5)) {
                case 0 -> random.nextBoolean();
                case 1 -> (long) random.nextInt();
                case 2 -> listOf(this::text);
                case 5 -> table(depth - 1);
                case 6 -> listOf(() -> table(depth - 1));
                default -> text();
            };
        }

        private List<?> listOf(Supplier<?> element) {
            return Stream.generate(element).limit(random.nextInt(4)).toList();
        }

        private String key() {
            return random.nextInt(4) > 0
                    ? "key-" + random.nextInt(20)
                    : "a" + AWKWARD.get(13 + random.nextInt(AWKWARD.size() - 13)) + random.nextInt(20);
        }

        private String text() {
            var text = new StringBuilder();
            for (int i = random.nextInt(8); i > 0; i--) {
                text.append(random.nextBoolean() ? "x" : AWKWARD.get(random.nextInt(AWKWARD.size())));
            }
            return text.toString();
        }
    }
}
