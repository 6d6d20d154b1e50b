package com.wso2.apim.operator.toml;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The difference of two files, in words. */
class FileDifferenceTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            a = 1                         | a = 1                               |
            [t]\\na = 1\\nb = 2           | [t]\\nb = 2\\na = 1                 |
            [t]\\na = 1                   | [t]\\na = 2                         | [t] a changed
            [t.u]\\na = [1, 2]            | [t.u]\\na = [1]                     | [t.u] a changed
            [t]\\na = 1                   | [t]\\na = 1\\nb = 2                 | [t] b added
            [t]\\na = 1\\nb = 2           | [t]\\na = 1                         | [t] b removed
            a = 1                         | a = 1\\n[t]\\nb = 1                 | [t] added
            [[t]]\\na = 1\\n[[t]]\\na = 2 | [[t]]\\na = 1\\n[[t]]\\na = 3       | [[t]] a changed
            [[t]]\\na = 1                 | [[t]]\\na = 1\\n[[t]]\\na = 2       | [[t]] changed
            [t]\\na = 1                   | t = 1                               | t changed
            a = 1                         | a =                                 | deployment.toml changed
            """)
    void namesKeys(String before, String after, String words) {
        assertThat(String.join(", ", FileDifference.between(lines(before), lines(after))))
                .isEqualTo(words == null ? "" : words);
    }

    @Test
    void holdsNoValue() {
        assertThat(FileDifference.between("password = 'old-secret'", "password = 'new-secret'"))
                .containsExactly("password changed");
    }

    private static String lines(String text) {
        return text.replace("\\n", "\n");
    }
}
