package com.wso2.apim.operator.standin;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLSocketFactory;

/**
 * A client of a gateway: calls so many times a second, whatever becomes of the calls before. Every call is a connection and a handshake
 * of its own, over plain sockets, so that nothing is kept open, tried again or followed. Writes a line for each failure, and one
 * each second: "total", calls that ended, those that failed, milliseconds of the slowest, and pods with the number of their answers.
 */
public final class Caller {

    private static final int TIMEOUT_MILLISECONDS = 10_000;
    private static final int MOST_OPEN = 200;

    private final InetSocketAddress address;
    private final SSLSocketFactory sockets = Anybody.sockets();
    private final ExecutorService callers =
            new ThreadPoolExecutor(0, MOST_OPEN, 10, TimeUnit.SECONDS, new SynchronousQueue<>());
    private final AtomicInteger ended = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();
    private final AtomicInteger slowest = new AtomicInteger();
    private final Map<String, AtomicInteger> answers = new ConcurrentSkipListMap<>();

    private Caller(String host, int port) {
        address = new InetSocketAddress(host, port);
    }

    /** Arguments: host, port, calls a second, and seconds after which it ends. */
    public static void main(String[] arguments) throws InterruptedException {
        var caller = new Caller(arguments[0], Integer.parseInt(arguments[1]));
        var clock = Executors.newScheduledThreadPool(1);
        clock.scheduleAtFixedRate(caller::next, 0, 1_000_000 / Integer.parseInt(arguments[2]), TimeUnit.MICROSECONDS);
        clock.scheduleAtFixedRate(caller::tell, 1, 1, TimeUnit.SECONDS);
        Thread.sleep(1000L * Integer.parseInt(arguments[3]));
        System.exit(0);
    }

    private void tell() {
        System.out.println("total\t" + ended + "\t" + failed + "\t" + slowest + "\t" + answers);
    }

    private void next() {
        try {
            callers.execute(this::call);
        } catch (RejectedExecutionException e) {
            fail(MOST_OPEN + " calls are open");
        }
    }

    private void call() {
        var begin = System.nanoTime();
        var step = "connecting";
        try (var socket = new Socket()) {
            socket.setSoTimeout(TIMEOUT_MILLISECONDS);
            socket.connect(address, TIMEOUT_MILLISECONDS);
            step = "shaking hands";
            try (var tls = sockets.createSocket(socket, address.getHostString(), address.getPort(), true)) {
                var output = tls.getOutputStream();
                output.write("GET / HTTP/1.1\r\nHost: gateway\r\nConnection: close\r\n\r\n"
                        .getBytes(StandardCharsets.US_ASCII));
                step = "waiting for the answer";
                var pod = answer(new String(tls.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
                answers.computeIfAbsent(pod, name -> new AtomicInteger()).incrementAndGet();
                ended.incrementAndGet();
            }
        } catch (IOException | RuntimeException failure) {
            fail("%s, after %d ms: %s".formatted(step, (System.nanoTime() - begin) / 1_000_000, failure));
        }
        slowest.accumulateAndGet((int) ((System.nanoTime() - begin) / 1_000_000), Math::max);
    }

    private static String answer(String text) throws IOException {
        if (!text.startsWith("HTTP/1.1 200 ")) {
            throw new IOException("no 200: " + text.lines().findFirst().orElse("nothing"));
        }
        return text.substring(text.indexOf("\r\n\r\n") + 4).strip();
    }

    private void fail(String reason) {
        failed.incrementAndGet();
        ended.incrementAndGet();
        System.out.println("failed\t" + reason);
    }
}
