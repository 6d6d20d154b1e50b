package com.wso2.apim.operator.toml;

import static org.assertj.core.api.Assertions.assertThat;

import com.wso2.apim.operator.api.v1alpha1.Database;
import com.wso2.apim.operator.model.DriverJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The page on databases says what the code does. */
class DatabasesPageTest {

    private static final Path PAGE = Path.of("docs", "databases.md");

    @ParameterizedTest
    @EnumSource
    void namesTheDriverClassOfAVendorAndWhereItComesFrom(Database.Type type) throws IOException {
        var source = DriverJar.carried(type).isPresent() ? "the operator's image" : "`database.driver`";

        assertThat(rows())
                .anyMatch(row -> row.contains("`" + DatabaseVendor.of(type).driverClass() + "`")
                        && row.endsWith("| " + source + " |"));
    }

    @Test
    void namesEveryPoolOption() throws IOException {
        var fields = Arrays.stream(Database.Pool.class.getRecordComponents())
                .map(field -> "| `" + field.getName() + "` | `");
        var keys = Stream.of(PoolOption.values()).map(PoolOption::key).toList();
        var documented = rows();

        assertThat(fields).allMatch(field -> documented.stream().anyMatch(row -> row.startsWith(field)));
        assertThat(keys).allMatch(key -> documented.stream().anyMatch(row -> row.contains("` | `" + key + "` |")));
    }

    private static List<String> rows() throws IOException {
        return Files.readAllLines(PAGE).stream()
                .filter(line -> line.startsWith("|"))
                .toList();
    }
}
