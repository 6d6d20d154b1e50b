package com.wso2.apim.operator.app;

import java.io.IOException;
import java.io.PrintStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;

/**
 * Whether every address answers 200, if need be after a while: {@code helm test} runs this, because the operator's image is the
 * only one that an installation is sure to have.
 */
final class AnswerCheck {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final List<String> addresses;
    private final int attempts;
    private final Duration pause;
    private final PrintStream report;

    AnswerCheck(List<String> addresses, int attempts, Duration pause, PrintStream report) {
        this.addresses = addresses;
        this.attempts = attempts;
        this.pause = pause;
        this.report = report;
    }

    /** Asks until all have answered, and reports what each said last. */
    boolean succeeds() {
        return addresses.stream().allMatch(this::answers);
    }

    private boolean answers(String address) {
        var last = "";
        for (var attempt = 1; attempt <= attempts; attempt++) {
            last = answer(address);
            if (last.equals(Integer.toString(HttpURLConnection.HTTP_OK))) {
                report.println(address + " answers");
                return true;
            }
            sleep();
        }
        report.println(address + " does not answer 200 but: " + last);
        return false;
    }

    private String answer(String address) {
        try {
            var request = HttpRequest.newBuilder(URI.create(address))
                    .timeout(PATIENCE)
                    .build();
            return Integer.toString(
                    client.send(request, BodyHandlers.discarding()).statusCode());
        } catch (IOException e) {
            return e.toString();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }

    private void sleep() {
        try {
            Thread.sleep(pause.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
