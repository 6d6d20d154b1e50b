package com.wso2.apim.operator.standin;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;

/** The ports of a server and what they answer, in the order and at the moments in which a real one was seen to. */
final class Server {

    /** Where it tells what it is and whom it reaches; a real server has no such path. */
    static final String DIAGNOSTICS = "/stand-in/diagnostics";

    private static final String HEALTH = "/api/am/gateway/v2/server-startup-healthcheck";
    private static final String LOGIN_PAGE = "/carbon/admin/login.jsp";
    private static final List<Integer> TLS_STREAMS = List.of(8099, 8021);
    private static final List<Integer> STREAMS = List.of(9099, 9021);

    private final StandIn.Role role;
    private final ServerFile file;
    private final Stores stores;
    private final Links links;
    private final List<HttpServer> management = new ArrayList<>();
    private final List<HttpServer> gateways = new ArrayList<>();
    private volatile int health;
    private volatile boolean loginPage;

    Server(StandIn.Role role, ServerFile file, Stores stores, Links links) {
        this.role = role;
        this.file = file;
        this.stores = stores;
        this.links = links;
        health = role == StandIn.Role.ALL_IN_ONE ? 500 : 404;
    }

    /** Broker and receivers come first, then the ports of HTTP, and 9443 last. */
    void openPorts(StandIn.Timing timing) throws IOException, InterruptedException {
        Thread.sleep(timing.start().toMillis());
        listen(5672, false);
        listen(9611, false);
        listen(9711, true);
        management.add(http(9763, false, this::manage));
        if (role == StandIn.Role.ALL_IN_ONE) {
            gateways.add(http(8243, true, this::call));
            gateways.add(http(8280, false, this::call));
            for (int port : TLS_STREAMS) {
                listen(port, true);
            }
            for (int port : STREAMS) {
                listen(port, false);
            }
        }
        Thread.sleep(500);
        management.add(http(9443, true, this::manage));
    }

    /** The login page is there, and the gateway's APIs are deployed. */
    void started(StandIn.Timing timing) throws InterruptedException {
        Thread.sleep(timing.start().toMillis() / 4);
        health = role == StandIn.Role.ALL_IN_ONE ? 200 : 302;
        loginPage = true;
    }

    /** The gateway refuses connections at once; its health check says so much later, and wrongly again near the end. */
    void stop(StandIn.Timing timing) {
        StandIn.log("stops");
        var end = System.nanoTime() + timing.end().toNanos();
        gateways.stream()
                .map(gateway -> new Thread(() -> gateway.stop((int) timing.end().toSeconds())))
                .forEach(Thread::start);
        if (role == StandIn.Role.ALL_IN_ONE) {
            pause(Duration.ofMillis(1300));
            health = 302;
            pause(Duration.ofNanos(end - System.nanoTime()).minusSeconds(2));
            health = 200;
            pause(Duration.ofNanos(end - System.nanoTime()));
        } else {
            pause(timing.end().dividedBy(3));
        }
        StandIn.log("Halting JVM");
    }

    private static void pause(Duration duration) {
        try {
            Thread.sleep(Math.max(0, duration.toMillis()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void manage(HttpExchange exchange) throws IOException {
        var path = exchange.getRequestURI().getPath();
        switch (path) {
            case "/services/Version" -> answer(exchange, 200, "WSO2 API Manager (stand-in)");
            case HEALTH -> answer(exchange, healthIsOpen() ? health : 401, "");
            case LOGIN_PAGE -> answer(exchange, loginPage ? 200 : 404, "");
            case DIAGNOSTICS -> answer(exchange, 200, diagnostics());
            default -> answer(exchange, 404, "");
        }
    }

    /** The first versions ask for credentials, unless the file says otherwise. */
    private boolean healthIsOpen() {
        var version = System.getenv("STANDIN_VERSION");
        return !(version.startsWith("4.2") || version.startsWith("4.3"))
                || role == StandIn.Role.TRAFFIC_MANAGER
                || file.values().containsValue(HEALTH);
    }

    private void call(HttpExchange exchange) throws IOException {
        answer(exchange, 200, System.getenv("POD_NAME") + "\n");
    }

    private String diagnostics() {
        return "pod\t" + System.getenv("POD_NAME") + "\nrole\t" + role + "\ncertificate\t"
                + stores.certificate().getSerialNumber() + "\ncacheInvalidation\t"
                + file.values().getOrDefault("apim.cache_invalidation.enabled", "") + "\n\n" + links.report();
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            if (status == 302) {
                exchange.getResponseHeaders().add("Location", "/carbon/");
            }
            var body = text.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }

    private HttpServer http(int port, boolean tls, Answer answer) throws IOException {
        var address = new InetSocketAddress(port);
        HttpServer server;
        if (tls) {
            var secure = HttpsServer.create(address, 200);
            secure.setHttpsConfigurator(new HttpsConfigurator(stores.tls()));
            server = secure;
        } else {
            server = HttpServer.create(address, 200);
        }
        server.createContext("/", answer::to);
        server.setExecutor(Executors.newCachedThreadPool());
        server.start();
        StandIn.log("listens on " + port);
        return server;
    }

    /** A port on which nobody says anything. */
    private void listen(int port, boolean tls) throws IOException {
        ServerSocket listening =
                tls ? stores.tls().getServerSocketFactory().createServerSocket(port) : new ServerSocket(port);
        var clients = Executors.newCachedThreadPool(task -> {
            var thread = new Thread(task, "port " + port);
            thread.setDaemon(true);
            return thread;
        });
        clients.execute(() -> {
            while (true) {
                try {
                    var client = listening.accept();
                    clients.execute(() -> {
                        try (client) {
                            client.setSoTimeout(30_000);
                            client.getInputStream().read();
                        } catch (IOException e) {
                            // a client that goes, or that does not know how to shake hands
                        }
                    });
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        });
        StandIn.log("listens on " + port);
    }
}
