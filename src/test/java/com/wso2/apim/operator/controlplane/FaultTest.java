package com.wso2.apim.operator.controlplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.wso2.apim.operator.controlplane.PodHistory.What;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An operator that dies between two writes, and an API server that fails. */
@OnControlPlane
class FaultTest {

    private static final Set<String> WRITES = Set.of("POST", "PUT", "PATCH", "DELETE");

    /** The first boot makes 23 objects and a dozen changes: deaths after the first, in the middle, and near the end. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3, 6, 12, 20, 27})
    void leavesNothingBehindThatTheNextOneCannotFinish(int writes, Deployment deployment) throws IOException {
        deployment.stopOperator();
        var death = new DeathAfter(writes);
        deployment.startOperator(List.of(death));
        deployment.applyExample("minimal");
        await().atMost(Duration.ofSeconds(30)).until(death::hasHappened);
        var keys = deployment.secret("apim-keys");
        deployment.stopOperator();

        deployment.startOperator();
        deployment.awaitReady();
        if (keys != null) {
            assertThat(deployment.secret("apim-keys").getData()).isEqualTo(keys.getData());
        }
        var created = deployment.history().pods(What.CREATED);
        assertThat(created).hasSize(4).startsWith("apim-aio-0").endsWith("apim-aio-1");
    }

    @Test
    void ofTheApiServerAreTriedAgainUntilTheWorkIsDone(Deployment deployment) throws IOException {
        deployment.stopOperator();
        var failures = new Failures(7);
        deployment.startOperator(List.of(failures));
        deployment.applyExample("active-active");
        deployment.awaitReady();
        deployment.patch("{\"spec\": {\"database\": {\"apim\": {\"pool\": {\"maxActive\": 80}}}}}");
        deployment.awaitReady();

        assertThat(failures.count.get()).isPositive();
        var created = deployment.history().pods(What.CREATED);
        assertThat(created.subList(0, 1)).containsExactly("apim-aio-0");
        assertThat(created.subList(4, created.size()))
                .containsExactly("apim-tm-1", "apim-tm-0", "apim-aio-1", "apim-aio-0");
    }

    @Test
    void makesNoKeysForAResourceThatWasDeletedInMidPass(Deployment deployment) throws IOException {
        deployment.stopOperator();
        var deletion = new DeletionBeforeTheWrites(deployment);
        deployment.startOperator(List.of(deletion));
        deployment.applyExample("minimal");
        await().atMost(Duration.ofSeconds(30)).until(deletion.hasHappened::get);

        await().during(Duration.ofSeconds(4)).atMost(Duration.ofSeconds(20)).until(() -> deployment.names().stream()
                .filter(name -> name.startsWith("Secret/apim"))
                .toList()
                .equals(List.of("Secret/apim-db")));
    }

    @Test
    void doesNotTakeBackWhatIsEditedInMidPass(Deployment deployment) throws IOException {
        deployment.run("minimal");
        deployment.stopOperator();
        var edit = new EditWhileThePassReads(deployment);
        deployment.startOperator(List.of(edit));

        deployment.awaitCondition(
                "CredentialsInSync", condition -> condition.status().equals("False"));
        assertThat(edit.hasHappened.get()).isTrue();
        assertThat(deployment.secret("apim-admin").getData()).containsEntry("password", EditWhileThePassReads.ENCODED);
    }

    private static boolean isCountedWrite(HttpRequest request) {
        return WRITES.contains(request.method()) && !request.uri().getPath().contains("/events");
    }

    /** Lets some writes through, and then nothing any more. */
    private static final class DeathAfter implements Interceptor {

        private final AtomicInteger left;

        DeathAfter(int writes) {
            left = new AtomicInteger(writes);
        }

        boolean hasHappened() {
            return left.get() < 0;
        }

        @Override
        public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
            if (left.get() < 0 || (isCountedWrite(request) && left.decrementAndGet() < 0)) {
                throw new KubernetesClientException("this operator is dead");
            }
        }
    }

    /** Somebody deletes the resource when the operator has decided, and has tried what it is about to write. */
    private static final class DeletionBeforeTheWrites implements Interceptor {

        private final Deployment deployment;
        private final AtomicBoolean hasHappened = new AtomicBoolean();

        DeletionBeforeTheWrites(Deployment deployment) {
            this.deployment = deployment;
        }

        @Override
        public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
            if (String.valueOf(request.uri().getQuery()).contains("dryRun=All") && !hasHappened.get()) {
                deployment.client().resource(deployment.resource()).delete();
                hasHappened.set(true);
            }
        }
    }

    /** Somebody edits a Secret that a pass has read already, and the operator's informers know of it before it decides. */
    private static final class EditWhileThePassReads implements Interceptor {

        private static final String ENCODED = "YW5vdGhlci1wYXNzd29yZA==";

        private final Deployment deployment;
        private final AtomicBoolean hasHappened = new AtomicBoolean();

        EditWhileThePassReads(Deployment deployment) {
            this.deployment = deployment;
        }

        @Override
        public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
            if (request.uri().getPath().endsWith("/secrets/apim-db") && hasHappened.compareAndSet(false, true)) {
                deployment.patchSecret("apim-admin", Map.of("password", "another-password"));
                try {
                    Thread.sleep(1000);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }

    /** Refuses one request in forty, with the answers that an API server in trouble gives. */
    private static final class Failures implements Interceptor {

        private static final List<Integer> CODES = List.of(409, 429, 500, 503, 504);

        private final Random random;
        private final AtomicInteger count = new AtomicInteger();

        Failures(long seed) {
            random = new Random(seed);
        }

        @Override
        public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
            if (isWatch(request) || random.nextInt(40) > 0) {
                return;
            }
            count.incrementAndGet();
            var code = CODES.get(random.nextInt(CODES.size()));
            throw new KubernetesClientException(new StatusBuilder()
                    .withCode(code)
                    .withMessage("the API server is in trouble")
                    .build());
        }

        private static boolean isWatch(HttpRequest request) {
            var query = request.uri().getQuery();
            return query != null && (query.contains("watch=") || query.contains("resourceVersion="));
        }
    }
}
