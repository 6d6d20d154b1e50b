package com.wso2.apim.operator.controlplane;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Of an operator, directly after the API server has accepted some number of its writes: no request of it goes out any more. */
final class Death implements Interceptor {

    private static final Set<String> WRITES = Set.of("POST", "PUT", "PATCH", "DELETE");

    private final AtomicInteger left;

    private Death(int writes) {
        left = new AtomicInteger(writes);
    }

    /** Writes are counted that change the deployment: Events do not, and dry runs change nothing. */
    static Death afterWrites(int writes) {
        return new Death(writes);
    }

    boolean hasHappened() {
        return left.get() <= 0;
    }

    /** Waits for it, and no longer than this. */
    boolean happensWithin(Duration patience) {
        var end = System.nanoTime() + patience.toNanos();
        while (!hasHappened() && System.nanoTime() < end) {
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
        return hasHappened();
    }

    @Override
    public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
        if (hasHappened()) {
            throw new KubernetesClientException("this operator is dead");
        }
    }

    @Override
    public void after(HttpRequest request, HttpResponse<?> response, AsyncBody.Consumer<List<ByteBuffer>> consumer) {
        if (response.isSuccessful() && isCounted(request)) {
            left.decrementAndGet();
        }
    }

    private static boolean isCounted(HttpRequest request) {
        return WRITES.contains(request.method())
                && !request.uri().getPath().contains("/events")
                && !String.valueOf(request.uri().getQuery()).contains("dryRun");
    }
}
