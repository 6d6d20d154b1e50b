package com.wso2.apim.operator.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.wso2.apim.operator.model.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The catalogue of problems that people look things up in. */
class ProblemsPageTest {

    private static final Path PAGE = Path.of("docs", "problems.md");

    @Test
    void isWhatTheCodeSays() throws IOException {
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(PAGE, ProblemsPage.text());
        }
        assertThat(PAGE).hasContent(ProblemsPage.text());
    }

    @Test
    void knowsEveryListOfProblems() {
        var lists = new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("com.wso2.apim.operator")
                        .stream()
                        .filter(type -> type.isAssignableTo(Problem.Kind.class) && !type.isInterface())
                        .map(JavaClass::getName)
                        .toList();

        assertThat(ProblemsPage.LISTS.values().stream()
                        .flatMap(List::stream)
                        .map(kind -> kind.getClass().getName())
                        .distinct())
                .containsExactlyInAnyOrderElementsOf(lists);
    }
}
