package com.wso2.apim.operator.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.HashSet;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.DisabledIfEnvironmentVariable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.opentest4j.TestAbortedException;

/**
 * The first installation of a user, in real containers: the chart, the operator in its own image, and a deployment of a stand-in
 * of the product (hack/standin/README.md) on real databases. Each test goes on where the one before ended.
 */
@DisabledIfEnvironmentVariable(
        named = "NODE",
        matches = "0",
        disabledReason = "left out: make test NODE=0 asked for that")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RealNodeIT {

    private static final Path REPORT = Path.of("target", "node-phases.txt");

    private final Phases phases = new Phases();
    private Optional<TestAbortedException> noNode = Optional.empty();
    private RealNode node;
    private InstalledOperator operator;
    private Apim apim;

    /** An assumption that fails here would take all tests out of the report, and the reason with them. */
    @BeforeAll
    void start() throws IOException {
        try {
            node = RealNode.start(phases);
        } catch (TestAbortedException reason) {
            noNode = Optional.of(reason);
            phases.note(reason.getMessage());
            return;
        }
        operator = new InstalledOperator(node);
        apim = new Apim(node, "wso2");
        node.createNamespace(InstalledOperator.NAMESPACE);
        node.createNamespace(apim.namespace());
        node.apply(Path.of("src", "test", "resources", "node", "postgres.yaml"), "databases");
    }

    @BeforeEach
    void skipWithoutNode() {
        noNode.ifPresent(reason -> {
            throw reason;
        });
    }

    @AfterAll
    void end() throws IOException {
        if (node != null) {
            phases.begin("node and control plane end");
            node.close();
            Files.writeString(REPORT, phases.report() + "\n");
        }
    }

    @Test
    @Order(1)
    void theChartIsInstalledAndItsRestrictedPodsBecomeReady() throws IOException {
        phases.begin("the chart is installed");
        operator.install(apim.namespace());

        assertThat(operator.pods()).hasSize(2);
        phases.begin("helm test asks the operator");
        assertThat(operator.test()).containsPattern("Phase: +Succeeded");
    }

    @Test
    @Order(2)
    void bothTiersBecomeReadyInARestrictedNamespace() throws IOException {
        phases.begin("the resource becomes Ready, all-in-one 0 first");
        apim.apply();
        apim.awaitReady();

        assertThat(apim.pods()).containsOnlyKeys("apim-aio-0", "apim-aio-1", "apim-tm-0", "apim-tm-1");
        assertThat(apim.lives().values()).allMatch(life -> life.endsWith(" 0"));
    }

    @Test
    @Order(3)
    void everyLinkIsUpAndNoneLeadsToAWrongPeer() {
        phases.begin("every link is up");
        awaitEveryLink();

        await("who answers").atMost(Duration.ofSeconds(120)).untilAsserted(() -> assertThat(apim.answered())
                .isEqualTo(ExpectedLinks.all()));
    }

    @Test
    @Order(4)
    void theLeadersPodIsDeletedAndTheOtherTakesOver() {
        phases.begin("the leader's pod is deleted, the other leads");
        var leader = operator.leader();
        operator.delete(leader);
        await().atMost(Duration.ofSeconds(120)).until(() -> !operator.leader().equals(leader));
        await().atMost(Duration.ofSeconds(120))
                .until(() -> operator.pods().size() == 2
                        && operator.pods().stream().allMatch(pod -> pod.getStatus().getConditions().stream()
                                .anyMatch(condition -> condition.getType().equals("Ready")
                                        && condition.getStatus().equals("True"))));
    }

    @Test
    @Order(5)
    void aChangeRollsTheNodesThatItConcernsAndNoCallFails() throws IOException {
        phases.begin("a client begins to call the gateway's Service");
        var before = apim.lives();
        try (var load = new Load(node.client(), apim.namespace())) {
            phases.begin("a change of the all-in-one nodes rolls, under load");
            apim.patch("{\"spec\": {\"cacheInvalidation\": {\"enabled\": false}}}");
            apim.awaitReady();
            var calls = load.calls();
            phases.note(calls.toString());

            assertThat(calls.unserved()).isEmpty();
            assumeFalse(calls.pileUp(), "Skipped: this machine is too busy to call servers that start");
            assertThat(calls.failures()).isEmpty();
            assertThat(calls.ended()).isGreaterThan(20 * Load.CALLS_A_SECOND);
            assertThat(calls.answers()).contains("apim-aio-0=", "apim-aio-1=");
        }
        var after = apim.lives();
        assertThat(after).containsEntry("apim-tm-0", before.get("apim-tm-0"));
        assertThat(after.get("apim-aio-0")).isNotEqualTo(before.get("apim-aio-0"));
        assertThat(apim.diagnostics().get("apim-aio-1").facts()).containsEntry("cacheInvalidation", "false");
        awaitEveryLink();
    }

    @Test
    @Order(6)
    void aRenewedCertificateRollsAndEveryLinkStaysVerified() throws IOException {
        phases.begin("the TLS certificate is renewed, which rolls every node");
        var before = apim.certificates();
        try (var watch = new LinkWatch(apim)) {
            apim.patch("{\"spec\": {\"keystores\": {\"renewal\": {\"certificateIssuedBefore\": \"%s\"}}}}"
                    .formatted(Instant.now().truncatedTo(ChronoUnit.SECONDS)));
            await("every node shows another certificate")
                    .atMost(Duration.ofMinutes(10))
                    .ignoreExceptions()
                    .until(() -> apim.certificates().size() == 4
                            && Collections.disjoint(apim.certificates().values(), before.values()));
            awaitEveryLink();
            phases.note("links were looked at %d times, at %d of them with old and new certificates side by side"
                    .formatted(watch.looks(), watch.mixed()));

            assertThat(watch.mistrust()).isEmpty();
            assertThat(watch.mixed()).isPositive();
        }
        apim.awaitReady();
        assertThat(new HashSet<>(apim.certificates().values())).hasSize(1);
    }

    /** The words are those of a real kubelet and of a real end of a container. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            'trafficManager': {'image': 'localhost:1/wso2am-tm:none'} | apim-tm-1 | ImagePullBackOff: image localhost:1/wso2am-tm:none cannot be pulled
            'trafficManager': {'resources': {'requests': {'memory': '40Mi'}, 'limits': {'memory': '40Mi'}}} | apim-tm-1 | ended with exit code 137 \\(OOMKilled\\)
            'allInOne': {'env': [{'name': 'STANDIN_START_SECONDS', 'value': '600'}]} | apim-aio-1 | runs, and its start-up probe does not succeed
            """)
    @Order(7)
    void aChangeThatANodeDoesNotGetReadyWithIsRolledBack(String change, String pod, String cause) {
        phases.begin("rolled back after its deadline: " + change);
        var sound = apim.spec();
        var before = apim.lives();
        apim.patch("{'spec': {'rollout': {'progressDeadlineSeconds': 60}, %s}}"
                .formatted(change)
                .replace('\'', '"'));
        var message = apim.awaitCondition("Ready", "RolledBack");
        phases.note(message);
        var after = apim.lives();
        apim.change(sound);
        apim.awaitReady();

        assertThat(message).contains(pod).containsPattern(cause);
        before.remove(pod);
        assertThat(after).containsAllEntriesOf(before);
    }

    @Test
    @Order(8)
    void theOperatorIsUninstalledAndInstalledAgainAndNothingRestarts() throws IOException {
        phases.begin("the operator is uninstalled and installed again");
        var before = apim.lives();
        operator.uninstall();
        operator.install(apim.namespace());
        var leader = operator.leader();
        await().during(Duration.ofSeconds(8)).atMost(Duration.ofSeconds(120)).until(() -> apim.lives()
                .equals(before));

        assertThat(operator.leader()).isEqualTo(leader);
        apim.awaitReady();
    }

    @Test
    @Order(9)
    void keysOutliveTheResourceAndServeTheNextOfItsName() throws IOException {
        phases.begin("the resource is deleted");
        var keys = apim.retained();
        assertThat(keys).containsKeys("apim-admin", "apim-ca", "apim-keys");
        apim.delete();
        await().atMost(Duration.ofSeconds(120)).until(() -> apim.owned().isEmpty());
        assertThat(apim.retained()).isEqualTo(keys);

        phases.begin("the resource is created again and becomes Ready");
        apim.apply();
        apim.awaitReady();
        assertThat(apim.retained()).isEqualTo(keys);
        awaitEveryLink();
    }

    @Test
    @Order(10)
    void theOperatorHasStayedWithinItsMemory() {
        operator.memory()
                .forEach((pod, peak) -> phases.note("peak memory of " + pod + ": " + peak / 1_048_576 + " MiB"));

        assertThat(operator.outOfMemory()).isEmpty();
        assertThat(operator.memory().values()).hasSize(2).allMatch(peak -> peak < operator.memoryLimit() * 9 / 10);
    }

    /** What these tests would not see if it were wrong, they would not have shown to be right. */
    @ParameterizedTest
    @EnumSource
    @Order(11)
    void whatIsBrokenOnPurposeIsCaught(Breakage breakage) throws IOException {
        phases.begin("broken on purpose: " + breakage);
        if (!operator.pods().isEmpty()) {
            operator.uninstall();
        }
        apim.breakTrafficManager(breakage);
    }

    private void awaitEveryLink() {
        await("every link").atMost(Duration.ofSeconds(120)).untilAsserted(() -> {
            for (var pod : apim.diagnostics().entrySet()) {
                assertThat(pod.getValue().down()).as(pod.getKey()).isEmpty();
            }
        });
    }
}
