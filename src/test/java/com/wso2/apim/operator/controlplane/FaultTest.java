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
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** An API server that fails, and people who do things in mid-pass. */
@OnControlPlane
class FaultTest {

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
        // The operator has decided, and tries what it is about to write.
        var deletion = new Meanwhile(
                request -> String.valueOf(request.uri().getQuery()).contains("dryRun=All"),
                () -> deployment.client().resource(deployment.resource()).delete());
        deployment.startOperator(List.of(deletion));
        deployment.applyExample("minimal");
        await().atMost(Duration.ofSeconds(30)).until(deletion.hasHappened::get);

        awaitNoKeys(deployment);
    }

    @Test
    void makesNoKeysInThePlaceOfThoseThatWereDeletedWithTheResourceInMidPass(Deployment deployment) throws IOException {
        deployment.run("minimal");
        deployment.stopOperator();
        // As a namespace that is deleted loses them; the pass has them in hand, and its informer knows better before it
        // writes.
        var deletion = new Meanwhile(request -> request.uri().getPath().endsWith("/secrets/apim-db"), () -> {
            deployment.client().resource(deployment.resource()).delete();
            deployment
                    .client()
                    .secrets()
                    .inNamespace(deployment.namespace())
                    .withField("type", "apim.wso2.com/retained")
                    .delete();
            pause();
        });
        deployment.startOperator(List.of(deletion));
        await().atMost(Duration.ofSeconds(30)).until(deletion.hasHappened::get);

        awaitNoKeys(deployment);
    }

    private static void awaitNoKeys(Deployment deployment) {
        await().during(Duration.ofSeconds(4)).atMost(Duration.ofSeconds(60)).until(() -> deployment.names().stream()
                .filter(name -> name.startsWith("Secret/apim"))
                .toList()
                .equals(List.of("Secret/apim-db")));
    }

    @Test
    void doesNotTakeBackWhatIsEditedInMidPass(Deployment deployment) throws IOException {
        deployment.run("minimal");
        deployment.stopOperator();
        // The pass has the Secret in hand, and its informer knows better before the pass decides.
        var edit = new Meanwhile(request -> request.uri().getPath().endsWith("/secrets/apim-db"), () -> {
            deployment.patchSecret("apim-admin", Map.of("password", "another-password"));
            pause();
        });
        deployment.startOperator(List.of(edit));

        deployment.awaitCondition(
                "CredentialsInSync", condition -> condition.status().equals("False"));
        assertThat(edit.hasHappened.get()).isTrue();
        assertThat(deployment.secret("apim-admin").getData()).containsEntry("password", "YW5vdGhlci1wYXNzd29yZA==");
    }

    /** As when the operator is stopped: the next one takes it for no failure of the API server's. */
    @Test
    void saysNothingOfAPassThatIsInterrupted(Deployment deployment) throws IOException {
        deployment.run("minimal");
        deployment.stopOperator();
        var log = deployment.audit().fromNow();
        var interruption = new Meanwhile(
                request -> request.uri().getPath().endsWith("/secrets/apim-db"),
                () -> Thread.currentThread().interrupt());
        deployment.startOperator(List.of(interruption));
        await().atMost(Duration.ofSeconds(30)).until(() -> log.passes() >= 3);

        assertThat(interruption.hasHappened.get()).isTrue();
        assertThat(log.writes()).isEmpty();
    }

    private static void pause() {
        try {
            Thread.sleep(1000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Somebody does something, once, just before the operator sends a certain request. */
    private static final class Meanwhile implements Interceptor {

        private final Predicate<HttpRequest> moment;
        private final Runnable deed;
        private final AtomicBoolean hasHappened = new AtomicBoolean();

        Meanwhile(Predicate<HttpRequest> moment, Runnable deed) {
            this.moment = moment;
            this.deed = deed;
        }

        @Override
        public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
            if (moment.test(request) && !hasHappened.get()) {
                deed.run();
                hasHappened.set(true);
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
