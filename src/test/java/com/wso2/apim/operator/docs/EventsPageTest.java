package com.wso2.apim.operator.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.wso2.apim.operator.reconcile.EventReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The list of Events that people look things up in, or watch for. */
class EventsPageTest {

    private static final Path PAGE = Path.of("docs", "events.md");
    private static final String HEAD = """
            # Events

            <!-- Generated from the code by make generate. -->

            `kubectl describe amc <name>`, or `kubectl events --for amc/<name>`, shows what happened to a deployment. There is
            one Event for each transition; what happens again is counted up in its `series`. The reasons below are all there
            are, and they stay what they are: a rule of your monitoring can rely on them. No Event ever holds a value of a
            Secret. What is so *now* is said by the conditions of the status, which nothing removes after an hour.

            | reason | type | told when |
            |---|---|---|
            """;

    @Test
    void isWhatTheCodeSays() throws IOException {
        var text = HEAD
                + Arrays.stream(EventReason.values())
                        .map(reason -> "| `%s` | %s | %s |\n"
                                .formatted(reason.text(), reason.type().text(), reason.meaning()))
                        .collect(Collectors.joining());
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(PAGE, text);
        }
        assertThat(PAGE).hasContent(text);
    }
}
