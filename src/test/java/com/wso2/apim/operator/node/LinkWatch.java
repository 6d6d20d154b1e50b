package com.wso2.apim.operator.node;

import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/** Looks at the links of every node that answers, twice a second, until it is closed. */
final class LinkWatch implements AutoCloseable {

    /** What a node says of a peer that it does not believe; one that is replaced refuses, resets or has no address. */
    private static final Pattern MISTRUST = Pattern.compile("(?i)PKIX|certificate|subject alternative|trust");

    private final Apim apim;
    private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(1);
    private final AtomicInteger looks = new AtomicInteger();
    private final AtomicInteger mixed = new AtomicInteger();
    private final Set<String> mistrust = new ConcurrentSkipListSet<>();

    LinkWatch(Apim apim) {
        this.apim = apim;
        clock.scheduleWithFixedDelay(this::look, 0, 500, TimeUnit.MILLISECONDS);
    }

    private void look() {
        var shown = new HashSet<String>();
        try {
            apim.pods().forEach((name, pod) -> look(name, pod, shown));
        } catch (RuntimeException e) {
            return; // the API server's answer is late
        }
        looks.incrementAndGet();
        if (shown.size() > 1) {
            mixed.incrementAndGet();
        }
    }

    private void look(String name, Pod pod, Set<String> shown) {
        try {
            var diagnostics = Diagnostics.of(pod);
            shown.add(diagnostics.facts().get("certificate"));
            diagnostics.down().stream()
                    .filter(link -> MISTRUST.matcher(link).find())
                    .forEach(link -> mistrust.add(name + " " + link));
        } catch (IOException | RuntimeException e) {
            // it starts or ends
        }
    }

    int looks() {
        return looks.get();
    }

    /** Looks at which nodes showed more than one certificate. */
    int mixed() {
        return mixed.get();
    }

    /** Links that were down because the other end was not believed. */
    Set<String> mistrust() {
        return mistrust;
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
