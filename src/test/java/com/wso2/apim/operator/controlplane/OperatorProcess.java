package com.wso2.apim.operator.controlplane;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The packaged operator in a process of its own, with leader election, settings from the environment and shipped RBAC. */
final class OperatorProcess implements AutoCloseable {

    private static final Path APPLICATION = Path.of("target", "quarkus-app", "quarkus-run.jar");

    private final Process process;
    private final Path log;
    private final int port;

    OperatorProcess(Path kubeconfig, String namespace) throws IOException {
        this(kubeconfig, environment(namespace));
    }

    /** Settings of an operator for one namespace that loses no time. */
    static Map<String, String> environment(String namespace) {
        return Map.of(
                "APIM_NAMESPACES", namespace,
                "APIM_IMAGES_ALL_IN_ONE", "registry.example.com/wso2am:{version}",
                "APIM_IMAGES_TRAFFIC_MANAGER", "registry.example.com/wso2am-tm:{version}",
                "APIM_IMAGES_JDBC_DRIVERS", "registry.example.com/apim-operator:0.1.0",
                "APIM_LEADER_ELECTION_NAMESPACE", "apim-operator",
                "APIM_RESYNC_INTERVAL", "PT2S",
                "APIM_MIN_READY_SECONDS", "0");
    }

    /** With these variables and nothing of the tests' own environment. */
    OperatorProcess(Path kubeconfig, Map<String, String> variables) throws IOException {
        port = freePort();
        log = Files.createTempFile(Path.of("target"), "operator", ".log");
        var builder = new ProcessBuilder(command()).redirectErrorStream(true).redirectOutput(log.toFile());
        var environment = builder.environment();
        environment.clear();
        environment.putAll(variables);
        environment.put("KUBECONFIG", kubeconfig.toString());
        environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
        environment.put("QUARKUS_HTTP_PORT", Integer.toString(port));
        process = builder.start();
    }

    /** What starts the packaged operator, as the image does it. */
    static List<String> command() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-jar",
                APPLICATION.toString());
    }

    int port() {
        return port;
    }

    /** Waits until it says that it is ready. */
    OperatorProcess awaitReady() {
        await("operator, see " + log)
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(200))
                .ignoreExceptions()
                .until(() -> get("/q/health/ready").startsWith("200"));
        return this;
    }

    /** Status and body of an answer. */
    String get(String path) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .build();
        var response = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
        return response.statusCode() + " " + response.body();
    }

    String log() throws IOException {
        return Files.readString(log);
    }

    /** SIGKILL. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** Sends a signal by its name, such as STOP. */
    void signal(String name) throws IOException, InterruptedException {
        var sent = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .inheritIO()
                .start();
        if (sent.waitFor() != 0) {
            throw new IllegalStateException("no process to signal, see " + log);
        }
    }

    /** SIGTERM; the exit code. */
    int terminate() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the operator does not stop, see " + log);
        }
        return process.exitValue();
    }

    /** The exit code of a process that ends by itself. */
    int awaitExit() throws InterruptedException {
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the operator goes on, see " + log);
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        kill();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
