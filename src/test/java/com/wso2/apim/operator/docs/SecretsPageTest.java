package com.wso2.apim.operator.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.wso2.apim.operator.api.v1alpha1.ProductVersion;
import com.wso2.apim.operator.model.Dialect;
import com.wso2.apim.operator.toml.Obstacle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The table of what to write instead of what the servers cannot carry. */
class SecretsPageTest {

    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    @ParameterizedTest
    @EnumSource
    void saysOfEveryVersionWhatIsRefusedAndWhatToWriteInstead(ProductVersion version) throws IOException {
        var rows = Files.readAllLines(Path.of("docs", "secrets.md")).stream()
                .dropWhile(line -> !line.startsWith("| in the value |"))
                .skip(2)
                .takeWhile(line -> line.startsWith("|"))
                .map(line -> line.split(" *\\| *"))
                .toList();

        assertThat(rows).hasSizeGreaterThan(5);
        for (var row : rows) {
            var advice = version == ProductVersion.V4_7_0 ? row[3] : row[2];
            var given = code(row[1]);
            var instead = code(advice.equals("the same") ? row[2] : advice);
            for (int i = 0; i < given.size(); i++) {
                var obstacle = Obstacle.toVariable(given.get(i), Dialect.of(version));
                if (advice.equals("as it is")) {
                    assertThat(obstacle).as(given.get(i)).isEmpty();
                } else {
                    assertThat(obstacle.orElseThrow().text()).isEqualTo(given.get(i));
                    assertThat(obstacle.flatMap(Obstacle::inXml).stream().toList())
                            .isEqualTo(advice.equals("not at all") ? List.of() : List.of(instead.get(i)));
                }
            }
            assertThat(instead).allSatisfy(text -> assertThat(Obstacle.toVariable(text, Dialect.of(version)))
                    .isEmpty());
        }
    }

    private static List<String> code(String cell) {
        return CODE.matcher(cell)
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
    }
}
