package com.wso2.apim.operator.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.wso2.apim.operator.api.v1alpha1.ApiManagerCluster;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The packages in their order are the data's path, and each thing is known in one place. */
class ArchitectureTest {

    private static final Path SOURCES = Path.of("src/main/java/com/wso2/apim/operator");
    private static final URL MAIN =
            ApiManagerCluster.class.getProtectionDomain().getCodeSource().getLocation();
    private static final JavaClasses OPERATOR = new ClassFileImporter().importUrl(MAIN);

    @ParameterizedTest
    @EnumSource
    void isKept(Rules rule) {
        assertThatCode(() -> rule.rule().check(OPERATOR)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @MethodSource
    void isNotKeptBy(Class<?> violation, Rules rule) {
        var violating = new ClassFileImporter().importClasses(violation);

        assertThatThrownBy(() -> rule.rule().check(violating))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(violation.getSimpleName());
    }

    private static Stream<Arguments> isNotKeptBy() {
        var client = Rules.ONLY_THE_READER_THE_RECONCILER_AND_THE_WIRING_KNOW_THE_KUBERNETES_CLIENT;
        var pure = Rules.WHAT_IS_PURE_READS_NEITHER_CLOCK_NOR_CHANCE;
        return Stream.of(
                arguments(Violations.TalksToTheCluster.class, client),
                arguments(Violations.KnowsTheSdk.class, Rules.ONLY_THE_RECONCILER_AND_THE_WIRING_KNOW_THE_SDK),
                arguments(Violations.KnowsQuarkus.class, Rules.ONLY_THE_WIRING_KNOWS_QUARKUS),
                arguments(Violations.KnowsBouncyCastle.class, Rules.ONLY_KEY_MATERIAL_KNOWS_BOUNCY_CASTLE),
                arguments(Violations.ReadsToml.class, Rules.TOML_IS_READ_IN_TWO_PLACES),
                arguments(Violations.ReadsTheClock.class, pure),
                arguments(Violations.ReadsTheClockLater.class, pure),
                arguments(Violations.ReadsTheSystemsClock.class, pure),
                arguments(Violations.ThrowsDice.class, pure),
                arguments(Violations.ThrowsGoodDice.class, pure),
                arguments(Violations.MakesUpNames.class, pure),
                arguments(Violations.MakesUpAProblem.class, Rules.A_PROBLEM_IS_ONE_OF_THE_LISTED),
                arguments(Violations.OddsAndEndsUtils.class, Rules.NO_CLASS_IS_A_DRAWER_FOR_ODDS_AND_ENDS),
                arguments(Violations.RemembersThings.class, Rules.NOTHING_STATIC_CHANGES),
                arguments(Violations.RemembersThingsInAList.class, Rules.NOTHING_STATIC_CHANGES));
    }

    /** This test of package model knows package revision, as no class of the operator's model may. */
    @Test
    void noticesALayerThatKnowsALaterOne() {
        var violation = ArchitectureTest.class.getResource("../model/ProblemsTest.class");
        var violating = new ClassFileImporter().importUrls(List.of(MAIN, violation));

        assertThatThrownBy(() -> Rules.PACKAGES_ARE_THE_DATAS_PATH.rule().check(violating))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("ProblemsTest");
    }

    /** The linter's own tests render files, as the linter may not: it would hold a file against itself. */
    @Test
    void noticesALinterThatKnowsWhatItJudges() {
        var violation = ArchitectureTest.class.getResource("../topology/GraphTest.class");
        var violating = new ClassFileImporter().importUrls(List.of(MAIN, violation));

        assertThatThrownBy(() ->
                        Rules.THE_LINTER_KNOWS_NOT_WHAT_WROTE_THE_FILES.rule().check(violating))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("GraphTest");
    }

    @Test
    void hasPortNumbersInOnePlace() {
        assertThat(lines("\\b(5672|8672|9611|9711|9443|9763|8243|8280|8099|9099|8021|9021)\\b", "model/Port.java"))
                .isEmpty();
    }

    @Test
    void hasHostNamesOfTheClusterInOnePlace() {
        assertThat(lines("\\.svc\\b", "model/Endpoints.java")).isEmpty();
    }

    @Test
    void hasProductVersionsInTwoPlaces() {
        assertThat(lines(
                        "\\b4\\.[0-9]\\.[0-9]\\b|\\bV4_[0-9]",
                        "api/v1alpha1/ProductVersion.java",
                        "model/Dialect.java"))
                .isEmpty();
    }

    /** Lines of the operator's sources that match, outside some files. */
    private static List<String> lines(String pattern, String... exceptIn) {
        var matching = Pattern.compile(pattern);
        var except = Set.of(exceptIn);
        var found = new ArrayList<String>();
        try (var files = Files.walk(SOURCES)) {
            for (var file : files.filter(Files::isRegularFile).sorted().toList()) {
                var name = SOURCES.relativize(file).toString();
                if (!except.contains(name)) {
                    Files.readAllLines(file).stream()
                            .filter(line -> matching.matcher(line).find())
                            .map(line -> name + ": " + line.strip())
                            .forEach(found::add);
                }
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return found;
    }
}
