package com.wso2.apim.operator.controlplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.wso2.apim.operator.api.v1alpha1.ApiManagerClusterStatus.Certificate;
import com.wso2.apim.operator.controlplane.PodHistory.What;
import com.wso2.apim.operator.model.Names;
import com.wso2.apim.operator.support.Handshake;
import com.wso2.apim.operator.toml.Environment;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Certificates of a running deployment are issued anew. */
@OnControlPlane
class RenewalTest {

    private static final List<String> ROLL = List.of("apim-tm-1", "apim-tm-0", "apim-aio-1", "apim-aio-0");
    private static final Duration PATIENCE = Duration.ofMinutes(6);

    private final Set<List<String>> connected = new HashSet<>();
    private final Map<String, Map<String, String>> secrets = new HashMap<>();
    private Deployment deployment;

    @BeforeEach
    void run(Deployment deployment) throws IOException {
        this.deployment = deployment;
        deployment.run("minimal");
        // By a clock that is months ahead, every pod is older than any deadline.
        deployment.patch("{\"spec\": {\"rollout\": {\"rollback\": \"Manual\"}}}");
        deployment.awaitReady();
    }

    @Test
    void byThemselvesInTheLastThirdOfTheirLifeAndOnce() {
        var before = deployment.secret("apim-keys").getData();
        var moment = Instant.parse(certificate("tls").renewsAt());
        deployment.stopOperator();
        deployment.startOperator(aheadBy(Duration.between(Instant.now(), moment).minusDays(1)));
        deployment.awaitQuiet();
        assertThat(deployment.history().moments()).isEmpty();
        assertThat(deployment.secret("apim-keys").getData()).isEqualTo(before);

        deployment.stopOperator();
        deployment.startOperator(aheadBy(Duration.between(Instant.now(), moment).plusDays(1)));
        awaitRolls(1);
        deployment.awaitQuiet();

        assertThat(deployment.history().pods(What.CREATED)).isEqualTo(ROLL);
        assertThat(deployment.secret("apim-keys").getData().get("tls.crt")).isNotEqualTo(before.get("tls.crt"));
        assertThat(deployment.secret("apim-keys").getData().get("primary.crt")).isEqualTo(before.get("primary.crt"));
        assertThat(deployment.events())
                .contains("CertificateRenewed: nodes get another TLS certificate, one after the other");
        assertThat(Instant.parse(certificate("tls").renewsAt())).isAfter(moment.plus(Duration.ofDays(200)));
    }

    @Test
    void withTheirAuthorityInThreeRollsInWhichAnyTwoNodesConnectAtAnyTime() {
        var before = deployment.secret("apim-ca").getData();
        deployment.patch("{\"spec\": {\"keystores\": {\"renewal\": {\"authorityIssuedBefore\": \"%s\"}}}}"
                .formatted(Instant.now().truncatedTo(ChronoUnit.SECONDS)));
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(300)).until(() -> {
            everyTwoNodesConnect();
            return deployment.history().pods(What.CREATED).size() >= ROLL.size() + 2;
        });
        // In the middle of the second roll.
        deployment.stopOperator();
        deployment.startOperator();
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(300)).until(() -> {
            everyTwoNodesConnect();
            return deployment.history().pods(What.READY).size() == 3 * ROLL.size();
        });
        deployment.awaitReady();
        deployment.awaitQuiet();

        var rolls = new ArrayList<>(ROLL);
        rolls.addAll(ROLL);
        rolls.addAll(ROLL);
        assertThat(deployment.history().pods(What.CREATED)).isEqualTo(rolls);
        assertThat(deployment.secret("apim-ca").getData()).isNotEqualTo(before);
        assertThat(deployment.resource().getStatus().certificates())
                .extracting(Certificate::name)
                .containsExactly("ca", "tls", "primary", "internal");
        // Four kinds of store, each beside the one before and the one after it.
        assertThat(connected).hasSizeGreaterThanOrEqualTo(8);
        assertThat(deployment.events())
                .anyMatch(event -> event.startsWith("AuthorityTrusted: "))
                .anyMatch(event -> event.startsWith("CertificateRenewed: "))
                .anyMatch(event -> event.startsWith("AuthorityDropped: "));
    }

    private void awaitRolls(int rolls) {
        await().atMost(PATIENCE)
                .until(() -> deployment.history().pods(What.READY).size() == rolls * ROLL.size());
        deployment.awaitReady();
    }

    /** Every running pod as a client of every other one, by the JDK's own TLS, with the stores that both mount. */
    private void everyTwoNodesConnect() throws GeneralSecurityException, IOException {
        var pods = deployment.pods();
        // What a pod of this list has mounted may be gone in a moment, with the pod.
        pods.forEach(pod -> Stream.of(stores(pod), environment(pod))
                .filter(name -> !secrets.containsKey(name))
                .forEach(name -> Optional.ofNullable(deployment.secret(name))
                        .ifPresent(secret -> secrets.put(name, secret.getData()))));
        pods.removeIf(pod -> !secrets.containsKey(stores(pod)) || !secrets.containsKey(environment(pod)));
        for (var server : pods) {
            for (var client : pods) {
                var pair = List.of(stores(server), stores(client));
                if (!connected.contains(pair)) {
                    connect(server, client);
                    connected.add(pair);
                }
            }
        }
    }

    private void connect(Pod server, Pod client) throws GeneralSecurityException, IOException {
        var host = "%s.%s-headless.%s.svc.cluster.local"
                .formatted(
                        server.getMetadata().getName(),
                        server.getMetadata().getName().replaceAll("-[0-9]$", ""),
                        deployment.namespace());
        assertThat(new Handshake(store(server, "tls.jks"), password(server), store(client, "client-truststore.jks"))
                        .with(host))
                .isNotEmpty();
    }

    private KeyStore store(Pod pod, String file) throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance("JKS");
        var bytes = Base64.getDecoder().decode(secrets.get(stores(pod)).get(file));
        store.load(new ByteArrayInputStream(bytes), password(pod).toCharArray());
        return store;
    }

    private static String stores(Pod pod) {
        return pod.getSpec().getVolumes().stream()
                .filter(volume -> volume.getSecret() != null)
                .map(volume -> volume.getSecret().getSecretName())
                .filter(name -> name.startsWith("apim-stores-"))
                .findFirst()
                .orElseThrow();
    }

    private static String environment(Pod pod) {
        return pod.getSpec().getContainers().stream()
                .filter(container -> container.getName().equals(Names.CONTAINER))
                .flatMap(container -> container.getEnvFrom().stream())
                .map(EnvFromSource::getSecretRef)
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow()
                .getName();
    }

    private String password(Pod pod) {
        var password = secrets.get(environment(pod)).get(Environment.TLS_KEYSTORE_PASSWORD.variable());
        return new String(Base64.getDecoder().decode(password), StandardCharsets.UTF_8);
    }

    private Certificate certificate(String name) {
        return deployment.resource().getStatus().certificates().stream()
                .filter(certificate -> certificate.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Clock aheadBy(Duration duration) {
        return Clock.offset(Clock.systemUTC(), duration);
    }
}
