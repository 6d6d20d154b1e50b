package com.wso2.apim.operator.standin;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.net.ssl.SSLSocket;

/** Everybody whom the server dials by itself, each dialled again and again. */
final class Links {

    /** What a server dials; other URLs in its file are for clients. */
    private static final List<String> DIALLED = List.of(
            "apim.throttling.",
            "apim.event_hub.",
            "apim.key_manager.service_url",
            "event_listener",
            "oauth.endpoints.");

    private static final int TIMEOUT_MILLISECONDS = 5000;
    private static final int PERIOD_MILLISECONDS = 1000;

    private final Stores stores;
    private final Map<String, URI> urls;
    private final Map<String, State> states = new ConcurrentSkipListMap<>();

    /** How a link was when it was last looked at. */
    record State(boolean up, String detail) {}

    Links(ServerFile file, Stores stores) {
        this.stores = stores;
        urls = file.values().entrySet().stream()
                .filter(entry -> DIALLED.stream().anyMatch(entry.getKey()::startsWith))
                .filter(entry -> entry.getValue().matches("(tcp|ssl|https?)://.*"))
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> resolved(entry.getValue(), file)));
    }

    private static URI resolved(String url, ServerFile file) {
        return URI.create(url.replace("${mgt.transport.https.port}", "9443")
                .replace("${carbon.local.ip}", file.get("server.hostname")));
    }

    void start() {
        var dialling = Executors.newScheduledThreadPool(4, task -> {
            var thread = new Thread(task, "link");
            thread.setDaemon(true);
            return thread;
        });
        urls.forEach((path, url) -> dialling.scheduleWithFixedDelay(
                () -> note(path, dial(url)), 0, PERIOD_MILLISECONDS, TimeUnit.MILLISECONDS));
    }

    private void note(String path, State state) {
        var before = states.put(path, state);
        if (before == null || before.up() != state.up()) {
            StandIn.log("link " + path + " to " + urls.get(path) + " is " + (state.up() ? "up" : "down") + ": "
                    + state.detail());
        }
    }

    private State dial(URI url) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(url.getHost(), url.getPort()), TIMEOUT_MILLISECONDS);
            var address = socket.getInetAddress().getHostAddress();
            if (url.getScheme().equals("ssl") || url.getScheme().equals("https")) {
                shakeHands(socket, url);
            }
            return new State(true, address);
        } catch (IOException | RuntimeException failure) {
            return new State(false, failure.toString());
        }
    }

    /** With the name of the host verified, as the servers do when they are told to. */
    private void shakeHands(Socket socket, URI url) throws IOException {
        try (var tls =
                (SSLSocket) stores.tls().getSocketFactory().createSocket(socket, url.getHost(), url.getPort(), true)) {
            tls.setSoTimeout(TIMEOUT_MILLISECONDS);
            var parameters = tls.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            tls.setSSLParameters(parameters);
            tls.startHandshake();
        }
    }

    boolean isUp(String path) {
        var state = states.get(path);
        return state != null && state.up();
    }

    /** A line for each link: its path in the file, its URL, up or down, and the address that answered or why none did. */
    String report() {
        return urls.keySet().stream()
                .sorted()
                .map(path -> {
                    var state = states.getOrDefault(path, new State(false, "not dialled yet"));
                    return String.join(
                            "\t", path, urls.get(path).toString(), state.up() ? "up" : "down", state.detail());
                })
                .collect(Collectors.joining("\n", "", "\n"));
    }
}
