package com.wso2.apim.operator.app;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.time.Duration;
import java.util.Arrays;

/** The operator; with {@code check} and addresses as arguments, instead a check of one that runs. */
@QuarkusMain
public final class Main {

    private static final int ATTEMPTS = 30;
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private Main() {}

    public static void main(String... arguments) {
        if (arguments.length > 1 && arguments[0].equals("check")) {
            var addresses = Arrays.asList(arguments).subList(1, arguments.length);
            System.exit(new AnswerCheck(addresses, ATTEMPTS, PAUSE, System.out).succeeds() ? 0 : 1);
        }
        Quarkus.run(arguments);
    }
}
