package com.wso2.apim.operator.app;

import com.wso2.apim.operator.api.v1alpha1.ApiManagerCluster;
import com.wso2.apim.operator.api.v1alpha1.ApiManagerClusterStatus.Certificate;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.javaoperatorsdk.operator.api.reconciler.RetryInfo;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The seconds that each certificate has left, negative once it has expired: what the status says, against the clock. The
 * series of a resource go with it.
 */
final class CertificateMetrics implements Metrics {

    static final String NAME = "apim.certificate.expiry";

    private final MeterRegistry registry;
    private final Clock clock;
    private final Map<ResourceID, Map<Certificate, Meter>> meters = new HashMap<>();

    CertificateMetrics(MeterRegistry registry, Clock clock) {
        this.registry = registry;
        this.clock = clock;
    }

    @Override
    public void reconciliationFinished(HasMetadata resource, RetryInfo retry, Map<String, Object> metadata) {
        if (resource instanceof ApiManagerCluster cluster && cluster.getStatus() != null) {
            show(ResourceID.fromResource(resource), cluster.getStatus().certificates());
        }
    }

    @Override
    public void cleanupDone(ResourceID resource, Map<String, Object> metadata) {
        show(resource, List.of());
    }

    private synchronized void show(ResourceID resource, List<Certificate> certificates) {
        var shown = meters.computeIfAbsent(resource, id -> new HashMap<>());
        // Removed first: of two meters with the same tags a registry would keep the old one.
        shown.entrySet().removeIf(entry -> {
            var isGone = !certificates.contains(entry.getKey());
            if (isGone) {
                registry.remove(entry.getValue());
            }
            return isGone;
        });
        certificates.forEach(certificate -> shown.computeIfAbsent(certificate, added -> gauge(resource, certificate)));
        meters.values().removeIf(Map::isEmpty);
    }

    private Meter gauge(ResourceID resource, Certificate certificate) {
        return Gauge.builder(NAME, Instant.parse(certificate.notAfter()), this::secondsUntil)
                .description("Time that a certificate has left")
                .baseUnit("seconds")
                .tag("namespace", resource.getNamespace().orElse(""))
                .tag("name", resource.getName())
                .tag("certificate", certificate.name())
                .strongReference(true)
                .register(registry);
    }

    private double secondsUntil(Instant end) {
        return Duration.between(clock.instant(), end).toSeconds();
    }
}
