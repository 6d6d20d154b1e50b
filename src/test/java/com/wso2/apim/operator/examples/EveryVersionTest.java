package com.wso2.apim.operator.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.wso2.apim.operator.support.ConfigMapper;
import com.wso2.apim.operator.support.Trees;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every example in every version, node by node: what the server's own mapper makes of the file is the reference file of that
 * version and node, with the settings of the example and nothing else. What is expected comes from committed files alone: the
 * reference of the version, and that in which the example differs from the reference of its own version.
 */
class EveryVersionTest {

    private static final List<String> FILES =
            List.of("apim-aio-0.toml", "apim-aio-1.toml", "apim-tm-0.toml", "apim-tm-1.toml");
    private static final List<InVersion> EXAMPLES = InVersion.all();
    private static final Map<InVersion, Map<String, String>> RENDERED =
            EXAMPLES.stream().collect(Collectors.toMap(Function.identity(), InVersion::files));

    @ParameterizedTest
    @MethodSource("examplesInEveryVersion")
    void isAcceptedForEachNodeOfBothTiers(InVersion example) {
        assertThat(example.problems()).isEmpty();
        assertThat(RENDERED.get(example)).containsOnlyKeys(FILES);
    }

    @ParameterizedTest
    @MethodSource("examplesInEveryVersion")
    void isRefusedAsItIsOnlyWhereTheListSaysSo(InVersion example) {
        assertThat(example.problemsUnchanged()).isEqualTo(example.refused());
    }

    @ParameterizedTest
    @MethodSource("examplesInEveryVersion")
    void saysNothingThatTheVersionDoesNotKnow(InVersion example) {
        assertThat(example.warnings()).noneMatch(warning -> warning.contains(" unknown to "));
    }

    @ParameterizedTest
    @MethodSource("filesInEveryVersion")
    void isTheReferenceOfTheVersionWithTheSettingsOfTheExample(ConfigMapper mapper, InVersion example, String file) {
        assertThat(Trees.json(mapper.tree(RENDERED.get(example).get(file)))).isEqualTo(expected(mapper, example, file));
    }

    @ParameterizedTest
    @MethodSource("filesInEveryVersion")
    void isHeldByTheServerKeyByKeyWithEveryReferenceResolved(ConfigMapper mapper, InVersion example, String file) {
        assertThat(Trees.json(mapper.read(RENDERED.get(example).get(file))))
                .isEqualTo(Trees.json(ReadTree.of(expected(mapper, example, file))));
    }

    private static JsonNode expected(ConfigMapper mapper, InVersion example, String file) {
        return new Settings(mapper, example.name()).on(example.version(), file);
    }

    private static List<InVersion> examplesInEveryVersion() {
        return EXAMPLES;
    }

    private static Stream<Arguments> filesInEveryVersion() {
        return EXAMPLES.stream().flatMap(example -> Stream.of(ConfigMapper.values())
                .flatMap(mapper -> FILES.stream().map(file -> Arguments.of(mapper, example, file))));
    }
}
