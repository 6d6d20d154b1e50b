package com.wso2.apim.operator.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.wso2.apim.operator.api.v1alpha1.ApiManagerCluster;
import com.wso2.apim.operator.api.v1alpha1.ApiManagerClusterStatus;
import com.wso2.apim.operator.api.v1alpha1.ApiManagerClusterStatus.Certificate;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a scrape sees of certificates. */
class CertificateMetricsTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final CertificateMetrics metrics = new CertificateMetrics(registry, Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    void isTheTimeThatEachHasLeft() {
        finished("apim", certificate("ca", NOW.plusSeconds(60)), certificate("tls", NOW.minusSeconds(5)));

        assertThat(seconds("apim", "ca")).isEqualTo(60);
        assertThat(seconds("apim", "tls")).isEqualTo(-5);
    }

    @Test
    void followsARenewal() {
        finished("apim", certificate("tls", NOW.plusSeconds(60)));
        finished("apim", certificate("tls", NOW.plusSeconds(6000)));

        assertThat(seconds("apim", "tls")).isEqualTo(6000);
        assertThat(registry.getMeters()).hasSize(1);
    }

    @Test
    void goesWithTheCertificateAndWithTheResource() {
        finished("apim", certificate("ca", NOW), certificate("ca-2", NOW));
        finished("other", certificate("ca", NOW));
        finished("apim", certificate("ca", NOW));
        assertThat(registry.getMeters()).hasSize(2);

        metrics.cleanupDone(new ResourceID("apim", "wso2"), Map.of());
        assertThat(registry.getMeters()).hasSize(1);
        assertThat(seconds("other", "ca")).isZero();
    }

    private void finished(String name, Certificate... certificates) {
        var resource = new ApiManagerCluster();
        resource.setMetadata(
                new ObjectMetaBuilder().withNamespace("wso2").withName(name).build());
        resource.setStatus(new ApiManagerClusterStatus(
                1L,
                "2/2",
                "2/2",
                List.of(),
                List.of(),
                null,
                List.of(),
                List.of(),
                List.of(certificates),
                List.of(),
                null));
        metrics.reconciliationFinished(resource, null, Map.of());
    }

    private double seconds(String name, String certificate) {
        return registry
                .get(CertificateMetrics.NAME)
                .tag("namespace", "wso2")
                .tag("name", name)
                .tag("certificate", certificate)
                .gauges()
                .stream()
                .mapToDouble(Gauge::value)
                .sum();
    }

    private static Certificate certificate(String name, Instant end) {
        return new Certificate(name, "CN=" + name, NOW.minusSeconds(10).toString(), end.toString(), null);
    }
}
