package com.wso2.apim.operator.controlplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Two instances of the packaged operator: one works, the other takes over, and never do both. */
@OnControlPlane
class LeadershipIT {

    private static final Logger LOG = LoggerFactory.getLogger(LeadershipIT.class);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int LEASE_LOST = 1;
    private static final DateTimeFormatter MICRO_TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    @Test
    void theOtherInstanceTakesOverFromOneThatIsStoppedAndFromOneThatIsKilled(ControlPlane controlPlane)
            throws IOException, InterruptedException {
        try (var deployment = new Deployment(controlPlane, false);
                var first = start(controlPlane, deployment);
                var second = start(controlPlane, deployment)) {
            deployment.run("minimal");
            var leader = first.leads() ? first : second;
            var standby = first.leads() ? second : first;

            var stopped = Instant.now();
            leader.process().terminate();
            awaitWorkOf(standby, deployment, "1Gi");
            LOG.info("measured: the other instance worked {} ms after SIGTERM", millisSince(stopped));

            try (var third = start(controlPlane, deployment)) {
                var killed = Instant.now();
                standby.process().kill();
                awaitWorkOf(third, deployment, "2Gi");
                LOG.info("measured: the other instance worked {} ms after SIGKILL", millisSince(killed));
            }
        }
    }

    @Test
    void anInstanceWhoseLeaseIsTakenAwayEndsAtOnce(ControlPlane controlPlane) throws IOException, InterruptedException {
        try (var deployment = new Deployment(controlPlane, false);
                var leader = start(controlPlane, deployment)) {
            deployment.run("minimal");
            var lost = Instant.now();
            giveLeaseTo("another", deployment.client());
            deployment.patch(resources("1Gi"));

            assertThat(leader.process().awaitExit()).isEqualTo(LEASE_LOST);
            LOG.info("measured: the instance ended {} ms after its lease was taken away", millisSince(lost));
            assertThat(leader.process().log()).contains("The lease is lost");
            giveLeaseTo("", deployment.client());
        }
    }

    /** The instance sleeps longer than its lease lasts, as on a machine that is frozen, and wakes up as a leader in its own eyes. */
    @Test
    void anInstanceThatWakesUpAfterItsLeaseWritesNothingBesideItsSuccessor(ControlPlane controlPlane)
            throws IOException, InterruptedException {
        try (var deployment = new Deployment(controlPlane, false);
                var sleeper = start(controlPlane, deployment)) {
            deployment.run("minimal");
            try (var successor = start(controlPlane, deployment)) {
                sleeper.process().signal("STOP");
                awaitWorkOf(successor, deployment, "1Gi");
                deployment.awaitReady();
                deployment.patch(resources("2Gi"));
                var woken = Instant.now();
                sleeper.process().signal("CONT");

                assertThat(sleeper.process().awaitExit()).isEqualTo(LEASE_LOST);
                LOG.info("measured: the instance ended {} ms after it woke up", millisSince(woken));
                assertThat(sleeper.writesSince(woken)).isEmpty();
                deployment.awaitReady();
            }
        }
    }

    private static Instance start(ControlPlane controlPlane, Deployment deployment) throws IOException {
        var kubeconfig = controlPlane.operatorKubeconfig();
        return new Instance(
                new OperatorProcess(kubeconfig, deployment.namespace()).awaitReady(), kubeconfig, deployment);
    }

    /** Changes the resource and waits until this instance has written the new templates. */
    private static void awaitWorkOf(Instance instance, Deployment deployment, String memory) {
        var since = Instant.now();
        deployment.patch(resources(memory));
        await().atMost(PATIENCE).until(() -> instance.writesSince(since).stream()
                .anyMatch(write -> write.startsWith("patch statefulsets/")));
    }

    private static String resources(String memory) {
        return "{\"spec\": {\"allInOne\": {\"resources\": {\"requests\": {\"memory\": \"%s\"}}}}}".formatted(memory);
    }

    /** Whatever the leader writes at the same moment. */
    private static void giveLeaseTo(String holder, KubernetesClient client) {
        client.leases()
                .inNamespace("apim-operator")
                .withName("apim-operator")
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"spec\": {\"holderIdentity\": \"%s\", \"renewTime\": \"%s\"}}"
                                .formatted(holder, MICRO_TIME.format(Instant.now())));
    }

    private static long millisSince(Instant start) {
        return Duration.between(start, Instant.now()).toMillis();
    }

    /** A process, with the token of its own by which the audit log tells it from others. */
    private record Instance(OperatorProcess process, Path kubeconfig, Deployment deployment) implements AutoCloseable {

        boolean leads() throws IOException {
            return !deployment.audit().by(kubeconfig).writes().isEmpty();
        }

        List<String> writesSince(Instant since) throws IOException {
            return deployment.audit().by(kubeconfig).since(since).writes();
        }

        @Override
        public void close() {
            process.close();
        }
    }
}
