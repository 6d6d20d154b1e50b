package com.wso2.apim.operator.support;

import com.wso2.apim.operator.inputs.Settings;
import java.time.Duration;
import java.util.Optional;

/** The operator as its own manifests install it. */
public final class Installation {

    public static final Settings SETTINGS = new Settings(
            Optional.of("wso2/wso2am:{version}"),
            Optional.of("wso2/wso2am-tm:{version}"),
            Optional.of("apim-operator:0.1.0"),
            "cluster.local",
            Duration.ofMinutes(1),
            30,
            0);

    /** The same after an upgrade of the operator, whose own image has another name then. */
    public static final Settings UPGRADED = with("apim-operator:0.2.0", SETTINGS.clusterDomain());

    private Installation() {}

    /** The same with another image of JDBC drivers, and for a cluster of another domain. */
    public static Settings with(String jdbcDriversImage, String clusterDomain) {
        return SettingsBuilder.from(SETTINGS)
                .jdbcDriversImage(jdbcDriversImage)
                .clusterDomain(clusterDomain)
                .build();
    }
}
