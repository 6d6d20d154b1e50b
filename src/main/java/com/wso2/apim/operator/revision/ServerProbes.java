package com.wso2.apim.operator.revision;

import com.wso2.apim.operator.model.HealthCheck;
import com.wso2.apim.operator.model.Port;
import com.wso2.apim.operator.model.Role;
import com.wso2.apim.operator.model.Tier;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ProbeBuilder;

/**
 * Probes of a server, as measured on real ones. Each asks about the node itself, never about the other tier or the database,
 * so that one outage does not become two.
 */
final class ServerProbes {

    private static final int PERIOD_SECONDS = 10;
    /** The first answer of a Traffic Manager's login page was seen to take over eight seconds. */
    private static final int TIMEOUT_SECONDS = 10;

    private final Tier tier;

    ServerProbes(Tier tier) {
        this.tier = tier;
    }

    Probe startup() {
        var path = tier.role() == Role.ALL_IN_ONE ? HealthCheck.GATEWAY : HealthCheck.LOGIN_PAGE;
        return get(path, tier.probes().startupSeconds());
    }

    /** A Traffic Manager serves when its receiver takes events; of its ports, this one bears a bare connection silently. */
    Probe readiness() {
        var budget = tier.probes().readinessSeconds();
        return tier.role() == Role.ALL_IN_ONE
                ? get(HealthCheck.GATEWAY, budget)
                : within(budget)
                        .withNewTcpSocket()
                        .withPort(new IntOrString(Port.RECEIVER.portName()))
                        .endTcpSocket()
                        .build();
    }

    Probe liveness() {
        return get(HealthCheck.VERSION, tier.probes().livenessSeconds());
    }

    private static Probe get(String path, int budgetSeconds) {
        return within(budgetSeconds)
                .withNewHttpGet()
                .withScheme("HTTPS")
                .withPort(new IntOrString(Port.HTTPS.portName()))
                .withPath(path)
                .endHttpGet()
                .build();
    }

    private static ProbeBuilder within(int budgetSeconds) {
        return new ProbeBuilder()
                .withPeriodSeconds(PERIOD_SECONDS)
                .withTimeoutSeconds(TIMEOUT_SECONDS)
                .withSuccessThreshold(1)
                .withFailureThreshold((budgetSeconds + PERIOD_SECONDS - 1) / PERIOD_SECONDS);
    }
}
