package com.wso2.apim.operator.app;

import com.wso2.apim.operator.model.Names;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One instance works at a time. The SDK's own handling of a lost lease either goes on writing or hangs while it exits; here
 * a lost lease ends the process at once, and a clean stop hands the lease over.
 */
@Singleton
final class Leadership {

    private static final Logger LOG = LoggerFactory.getLogger(Leadership.class);

    private final KubernetesClient client;
    private final String namespace;
    private final boolean enabled;
    private final String identity = identity();
    private volatile boolean isShuttingDown;

    Leadership(KubernetesClient client, OperatorConfig config) {
        this.client = client;
        this.enabled = config.leaderElection().enabled();
        this.namespace = config.leaderElection().namespace().orElseGet(client::getNamespace);
    }

    /** The lease tells people which pod leads; what follows the name makes every process another, on one machine too. */
    private static String identity() {
        return Optional.ofNullable(System.getenv("HOSTNAME"))
                        .map(pod -> pod + "_")
                        .orElse("")
                + UUID.randomUUID();
    }

    /** Absent, that is null as the SDK wants it, where leader election is switched off. */
    @Produces
    @Singleton
    LeaderElectionConfiguration configuration() {
        if (!enabled) {
            return null;
        }
        return LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration(Names.OPERATOR)
                .withLeaseNamespace(namespace)
                .withIdentity(identity)
                .withLeaderCallbacks(new LeaderCallbacks(() -> {}, this::stopped, leader -> {}))
                .build();
    }

    void onShutdown(@Observes @Priority(1) ShutdownEvent event) {
        isShuttingDown = true;
    }

    /** Called when the lease is lost, and after all controllers have stopped. */
    private void stopped() {
        if (!isShuttingDown) {
            LOG.error("The lease is lost: another instance may lead, so this one ends at once");
            Runtime.getRuntime().halt(1);
        }
        client.leases().inNamespace(namespace).withName(Names.OPERATOR).edit(lease -> {
            if (identity.equals(lease.getSpec().getHolderIdentity())) {
                lease.getSpec().setHolderIdentity("");
                lease.getSpec().setLeaseDurationSeconds(1);
            }
            return lease;
        });
        LOG.info("The lease is released");
    }
}
