package com.wso2.apim.operator.app;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** Settings of the installation, from environment variables such as {@code APIM_IMAGES_ALL_IN_ONE}. */
@ConfigMapping(prefix = "apim")
interface OperatorConfig {

    Images images();

    @WithDefault("cluster.local")
    String clusterDomain();

    @WithDefault("PT1M")
    Duration resyncInterval();

    @WithDefault("30")
    int minReadySeconds();

    @WithDefault("5")
    int maxRollouts();

    LeaderElection leaderElection();

    /** Default images; {@code {version}} of the tiers' stands for the product version. */
    interface Images {
        Optional<String> allInOne();

        Optional<String> trafficManager();

        /** The operator's own image, which carries JDBC drivers: a process cannot ask for the name of its image. */
        Optional<String> jdbcDrivers();
    }

    /** Only one instance works at a time. */
    interface LeaderElection {
        @WithDefault("true")
        boolean enabled();

        /** Namespace of the Lease; by default that of the operator's pod. */
        Optional<String> namespace();
    }
}
