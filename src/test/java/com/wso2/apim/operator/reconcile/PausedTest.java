package com.wso2.apim.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import com.wso2.apim.operator.api.v1alpha1.ApiManagerClusterStatus.Certificate;
import com.wso2.apim.operator.api.v1alpha1.ApiManagerClusterStatus.Condition;
import com.wso2.apim.operator.support.Deployed;
import com.wso2.apim.operator.support.Installation;
import com.wso2.apim.operator.support.Simulation;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A deployment whose {@code rollout.paused} is true. */
class PausedTest {

    private static final String PAUSED = "{spec: {rollout: {paused: true}}}";
    private static final String CHANGE = "{spec: {cacheInvalidation: {enabled: false}}}";
    private static final String ANOTHER_CHANGE = "{spec: {database: {apim: {pool: {maxActive: 80}}}}}";

    private final Simulation simulation = Deployed.simulation();
    private int booted;

    @BeforeEach
    void run() {
        simulation.settle();
        booted = simulation.happened().size();
    }

    @Test
    void saysNothingWhereNothingWaits() {
        simulation.edit(Deployed.resource(PAUSED));
        simulation.settle();

        assertThat(simulation.condition("UpdatePending").status()).isEqualTo("False");
        assertThat(simulation.condition("Ready").reason()).isEqualTo("AllNodesReady");
    }

    @Test
    void restartsNothingAndSaysWhatWaits() {
        simulation.edit(Deployed.resource(PAUSED, CHANGE));
        simulation.settle();
        simulation.oneMinute();

        assertThat(simulation.happenedSince(booted)).isEmpty();
        assertThat(simulation.condition("UpdatePending"))
                .extracting(Condition::status, Condition::reason, Condition::message)
                .containsExactly(
                        "True",
                        "Paused",
                        "no node is restarted while spec.rollout.paused is true; what waits: all-in-one: "
                                + "[apim.cache_invalidation] enabled changed");
        assertThat(simulation.condition("Reconciling"))
                .extracting(Condition::status, Condition::reason)
                .containsExactly("False", "Paused");
        assertThat(simulation.condition("Ready"))
                .extracting(Condition::status, Condition::reason)
                .containsExactly("True", "Paused");
        assertThat(simulation.condition("Stalled").status()).isEqualTo("False");
    }

    @Test
    void isReadyOnlyWhileItsNodesRunOneRevision() {
        simulation.edit(Deployed.resource(CHANGE));
        simulation.pass();
        simulation.oneMinute();
        simulation.edit(Deployed.resource(PAUSED, CHANGE));
        simulation.settle();

        assertThat(simulation.happenedSince(booted)).containsExactly("apim-aio-1 starts", "apim-aio-1 is Ready");
        assertThat(simulation.condition("Ready"))
                .extracting(Condition::status, Condition::reason)
                .containsExactly("False", "Paused");
        assertThat(simulation.condition("Reconciling").status()).isEqualTo("False");
        assertThat(simulation.condition("UpdatePending").status()).isEqualTo("True");
    }

    @Test
    void makesOneRollOfSeveralChanges() {
        simulation.edit(Deployed.resource(PAUSED, CHANGE));
        simulation.settle();
        simulation.edit(Deployed.resource(PAUSED, CHANGE, ANOTHER_CHANGE));
        simulation.settle();
        assertThat(simulation.happenedSince(booted)).isEmpty();

        simulation.edit(Deployed.resource(CHANGE, ANOTHER_CHANGE));
        simulation.settle();
        assertThat(simulation.happenedSince(booted).stream().filter(what -> what.endsWith(" starts")))
                .containsExactly("apim-tm-1 starts", "apim-tm-0 starts", "apim-aio-1 starts", "apim-aio-0 starts");
        assertThat(simulation.condition("UpdatePending").status()).isEqualTo("False");
    }

    @Test
    void restartsNothingForAChangeThatIsTakenBack() {
        simulation.edit(Deployed.resource(PAUSED, CHANGE));
        simulation.settle();
        simulation.edit(Deployed.resource(PAUSED));
        simulation.settle();
        simulation.edit(Deployed.resource());
        simulation.settle();

        assertThat(simulation.happenedSince(booted)).isEmpty();
    }

    @Test
    void isNotTakenForAChangeThatTakesAnOperatorsUpdateAlong() {
        simulation.operatorGets(Installation.UPGRADED);
        simulation.pass();
        simulation.edit(Deployed.resource(PAUSED));
        simulation.settle();
        assertThat(simulation.condition("UpdatePending").reason()).isEqualTo("OperatorUpdate");
        simulation.edit(Deployed.resource());
        simulation.settle();

        assertThat(simulation.happenedSince(booted)).isEmpty();
        assertThat(simulation.condition("UpdatePending").reason()).isEqualTo("OperatorUpdate");
    }

    @Test
    void survivesAnUpgradeOfTheOperatorThatComesMeanwhile() {
        simulation.edit(Deployed.resource(PAUSED));
        simulation.settle();
        simulation.operatorGets(Installation.UPGRADED);
        simulation.settle();
        simulation.edit(Deployed.resource());
        simulation.settle();

        assertThat(simulation.happenedSince(booted)).isEmpty();
    }

    @Test
    void takesAnOperatorsUpdateAlongWithAChangeThatWaits() {
        simulation.operatorGets(Installation.UPGRADED);
        simulation.pass();
        simulation.edit(Deployed.resource(PAUSED, CHANGE));
        simulation.settle();
        assertThat(simulation.happenedSince(booted)).isEmpty();
        simulation.edit(Deployed.resource(CHANGE));

        assertThat(simulation.settle().of(StatefulSet.class)).allSatisfy(set -> assertThat(set.getSpec()
                        .getTemplate()
                        .getSpec()
                        .getInitContainers()
                        .get(0)
                        .getImage())
                .isEqualTo("apim-operator:0.2.0"));
    }

    @Test
    void renewsNoCertificateAndSaysSo() {
        var before = certificate();
        simulation.edit(Deployed.resource(PAUSED));
        goTo(Instant.parse(before.renewsAt()));
        simulation.settle();

        assertThat(certificate()).isEqualTo(before);
        assertThat(simulation.condition("UpdatePending").message())
                .isEqualTo(
                        "no node is restarted while spec.rollout.paused is true; what waits: the certificate tls, to be "
                                + "renewed since %s, ends at %s".formatted(before.renewsAt(), before.notAfter()));
        goTo(Instant.parse(before.notAfter()).minus(Duration.ofDays(10)));
        assertThat(simulation.condition("CertificatesExpiring").status()).isEqualTo("True");
        goTo(Instant.parse(before.notAfter()));
        simulation.settle();
        assertThat(simulation.condition("CertificatesValid").status()).isEqualTo("False");
        assertThat(simulation.happenedSince(booted)).isEmpty();

        simulation.edit(Deployed.resource());
        simulation.settle();
        assertThat(simulation.condition("CertificatesValid").status()).isEqualTo("True");
        assertThat(simulation.happenedSince(booted)).hasSize(8);
    }

    @Test
    void speaksOfTheCertificateThatNodesShowWhileAnotherOneWaits() {
        var before = certificate();
        goTo(Instant.parse(before.renewsAt()));
        simulation.pass();
        simulation.edit(Deployed.resource(PAUSED));
        simulation.settle();

        assertThat(certificate()).isEqualTo(before);
    }

    private Certificate certificate() {
        return simulation.status().certificates().stream()
                .filter(certificate -> certificate.name().equals("tls"))
                .findFirst()
                .orElseThrow();
    }

    private void goTo(Instant moment) {
        simulation.elapse(Duration.between(simulation.inputs().now(), moment));
    }
}
