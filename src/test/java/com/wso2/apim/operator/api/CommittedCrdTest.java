package com.wso2.apim.operator.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The CRD that people install. */
class CommittedCrdTest {

    @Test
    void isWhatTheRecordsSay() throws IOException {
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(GeneratedCrd.COMMITTED, GeneratedCrd.text());
        }
        assertThat(GeneratedCrd.COMMITTED).hasContent(GeneratedCrd.text());
    }

    @Test
    void describesEveryFieldOfTheSpec() throws IOException {
        var lines = GeneratedCrd.text().lines().toList();
        assertThat(Stream.of("version", "hostnames", "database", "allInOne", "trafficManager"))
                .allSatisfy(
                        field -> assertThat(lines).anyMatch(line -> line.strip().equals(field + ":")));
    }
}
