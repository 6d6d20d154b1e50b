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
            30);

    private Installation() {}
}
