package com.wso2.apim.operator.app;

import com.wso2.apim.operator.inputs.Settings;
import io.javaoperatorsdk.operator.api.monitoring.AggregatedMetrics;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.javaoperatorsdk.operator.monitoring.micrometer.MicrometerMetricsV2;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;

/** What the reconciler is made of, when it runs in the operator's own process. */
final class OperatorBeans {

    @Produces
    @Singleton
    Settings settings(OperatorConfig config) {
        return new Settings(
                config.images().allInOne(),
                config.images().trafficManager(),
                config.images().jdbcDrivers(),
                config.clusterDomain(),
                config.resyncInterval(),
                config.minReadySeconds(),
                config.maxRollouts());
    }

    @Produces
    @Singleton
    Clock clock() {
        return Clock.systemUTC();
    }

    /** The SDK's own extension leaves metrics out of packaged applications; this puts them back. */
    @Produces
    @Singleton
    Metrics metrics(MeterRegistry registry, Clock clock) {
        return new AggregatedMetrics(
                List.of(MicrometerMetricsV2.newBuilder(registry).build(), new CertificateMetrics(registry, clock)));
    }
}
