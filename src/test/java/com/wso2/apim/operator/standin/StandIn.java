package com.wso2.apim.operator.standin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The program of the stand-in product image: starts and ends as a real server was seen to, on the configuration that a real server
 * reads. What is real and what is imitated: hack/standin/README.md.
 */
public final class StandIn {

    private static final Path HOME = Path.of(System.getenv("WSO2_SERVER_HOME"));

    private StandIn() {}

    /** The process; its argument is the role that the image has. */
    public static void main(String[] arguments) throws Exception {
        var role = Role.valueOf(arguments[0]);
        var timing = Timing.ofEnvironment();
        var file = read();
        var stores = Stores.load(file, HOME.resolve("repository/resources/security"));
        log("all four key stores are open");
        if (role == Role.ALL_IN_ONE || file.has("database.shared_db.url")) {
            logIntoDatabases(role, file, timing);
        }
        var links = new Links(file, stores);
        var server = new Server(role, file, stores, links);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> server.stop(timing), "shutdown"));
        links.start();
        server.openPorts(timing);
        if (role == Role.TRAFFIC_MANAGER) {
            awaitEventHub(links);
        }
        server.started(timing);
        log("WSO2 Carbon started (stand-in)");
        Thread.currentThread().join();
    }

    private static ServerFile read() throws IOException {
        var toml = HOME.resolve("repository/conf/deployment.toml");
        try {
            var file = ServerFile.read(Files.readString(toml), System.getenv("STANDIN_VERSION"));
            // The real mapper renders what it read into this directory, and notes it there for the next start.
            Files.writeString(toml.resolveSibling("carbon.xml"), "<Server/>");
            Files.writeString(
                    Files.createDirectories(toml.resolveSibling(".metadata")).resolve("references"), "");
            log("deployment.toml is understood");
            return file;
        } catch (IOException | RuntimeException failure) {
            throw end("deployment.toml: " + failure);
        }
    }

    /** Without its database a real server stays alive for ever and opens no port: only the start-up probe ends it. */
    private static void logIntoDatabases(Role role, ServerFile file, Timing timing) throws InterruptedException {
        try {
            new Databases(file, HOME.resolve("repository/components/lib")).logIn(role, timing.seeding());
            log("both databases are there");
        } catch (Exception failure) {
            log("FATAL: " + failure);
            Thread.sleep(Duration.ofDays(1).toMillis());
        }
    }

    /** Its ports are open by then: the real one hangs here too. */
    private static void awaitEventHub(Links links) throws InterruptedException {
        for (long seconds = 2; !links.isUp("apim.event_hub.service_url"); seconds = Math.min(2 * seconds, 300)) {
            log("the event hub does not answer; next try in " + seconds + " s");
            Thread.sleep(Duration.ofSeconds(seconds).toMillis());
        }
    }

    /** What the real server does not survive. */
    static RuntimeException end(String reason) {
        log("FATAL: " + reason);
        // No shutdown hook has anything to end.
        Runtime.getRuntime().halt(1);
        throw new IllegalStateException(reason);
    }

    static void log(String line) {
        System.out.println(line);
    }

    /** Which server the image is. */
    enum Role {
        ALL_IN_ONE,
        TRAFFIC_MANAGER
    }

    /** Durations that tests may shorten. */
    record Timing(Duration start, Duration seeding, Duration end) {

        static Timing ofEnvironment() {
            return new Timing(
                    seconds("STANDIN_START_SECONDS", 4),
                    seconds("STANDIN_SEEDING_SECONDS", 5),
                    seconds("STANDIN_END_SECONDS", 13));
        }

        private static Duration seconds(String variable, int otherwise) {
            var given = System.getenv(variable);
            return Duration.ofSeconds(given == null ? otherwise : Long.parseLong(given));
        }
    }
}
