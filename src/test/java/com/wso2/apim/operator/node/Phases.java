package com.wso2.apim.operator.node;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** How long each part of a long test takes. */
final class Phases {

    private final List<String> lines = new ArrayList<>();
    private final long start = System.nanoTime();
    private long begin = start;
    private String name = "";

    /** Ends the phase before, if there is one. */
    void begin(String phase) {
        end();
        name = phase;
    }

    /** Notes something that was measured. */
    void note(String line) {
        lines.add("          " + line);
        System.out.println("node: " + line);
    }

    private void end() {
        var now = System.nanoTime();
        if (!name.isEmpty()) {
            var line = "%7.1f s %s".formatted(Duration.ofNanos(now - begin).toMillis() / 1000.0, name);
            lines.add(line);
            System.out.println("node: " + line);
        }
        begin = now;
    }

    /** All of them, and their sum. */
    String report() {
        end();
        name = "";
        lines.add("%7.1f s in all".formatted(Duration.ofNanos(begin - start).toMillis() / 1000.0));
        return String.join("\n", lines);
    }
}
