package com.wso2.apim.operator.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What "helm test" runs. */
class AnswerCheckTest {

    private final ByteArrayOutputStream report = new ByteArrayOutputStream();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void succeedsWhenEveryAddressAnswers() {
        assertThat(check(address("/ready", 200), address("/metrics", 200))).isTrue();
        assertThat(report.toString()).contains("/ready answers", "/metrics answers");
    }

    @Test
    void waitsForAnAddressThatIsNotReadyYet() {
        assertThat(check(address("/ready", 503, 404, 200))).isTrue();
    }

    @Test
    void failsWithTheLastAnswerWhenOneNeverComes() {
        assertThat(check(address("/ready", 200), address("/metrics", 503))).isFalse();
        assertThat(report.toString()).contains("/metrics does not answer 200 but: 503");
    }

    @Test
    void failsWhenNobodyListens() {
        var address = address("/ready", 200);
        server.stop(0);
        assertThat(check(address)).isFalse();
        assertThat(report.toString()).contains("/ready does not answer 200 but: java.net.ConnectException");
    }

    private boolean check(String... addresses) {
        return new AnswerCheck(List.of(addresses), 3, Duration.ofMillis(10), new PrintStream(report)).succeeds();
    }

    /** An address that answers with these, the last one for ever. */
    private String address(String path, int... statuses) {
        Iterator<Integer> answers = Stream.concat(
                        IntStream.of(statuses).boxed(), Stream.generate(() -> statuses[statuses.length - 1]))
                .iterator();
        server.createContext(path, exchange -> {
            exchange.sendResponseHeaders(answers.next(), -1);
            exchange.close();
        });
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }
}
