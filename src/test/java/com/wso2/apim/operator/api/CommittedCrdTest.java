package com.wso2.apim.operator.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The CRD that people install. */
class CommittedCrdTest {

    @ParameterizedTest
    @MethodSource("places")
    void isWhatTheRecordsSay(Path committed) throws IOException {
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(committed, GeneratedCrd.text());
        }
        assertThat(committed).hasContent(GeneratedCrd.text());
    }

    static Stream<Path> places() {
        return Stream.of(GeneratedCrd.COMMITTED, GeneratedCrd.IN_CHART);
    }

    @Test
    void describesEveryFieldOfTheSpec() throws IOException {
        var lines = GeneratedCrd.text().lines().toList();
        assertThat(Stream.of("version", "hostnames", "database", "allInOne", "trafficManager"))
                .allSatisfy(
                        field -> assertThat(lines).anyMatch(line -> line.strip().equals(field + ":")));
    }
}
