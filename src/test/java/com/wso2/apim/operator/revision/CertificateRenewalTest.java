package com.wso2.apim.operator.revision;

import static org.assertj.core.api.Assertions.assertThat;

import com.wso2.apim.operator.api.v1alpha1.ApiManagerClusterStatus.Certificate;
import com.wso2.apim.operator.support.Deployed;
import com.wso2.apim.operator.support.Installation;
import com.wso2.apim.operator.support.Peers;
import com.wso2.apim.operator.support.Simulation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Time goes by over a deployment that runs. */
class CertificateRenewalTest {

    private static final String VARIABLE =
            "{spec: {allInOne: {env: [{name: A, value: b}]}, trafficManager: {env: [{name: A, value: b}]}}}";
    private static final List<String> ROLL = List.of("apim-tm-1", "apim-tm-0", "apim-aio-1", "apim-aio-0");

    private final Peers peers = new Peers();
    private final Simulation simulation = Deployed.simulation();

    @BeforeEach
    void run() {
        simulation.settle();
    }

    @Test
    void renewsFourTimesInThreeYearsAndNoNodeEverShowsAnExpiredCertificate() {
        for (int week = 0; week < 156; week++) {
            simulation.elapse(Duration.ofDays(7));
            assertThat(peers.ends(simulation.inputs())).allMatch(end -> end.isAfter(now()));
            simulation.settle();
            assertThat(peers.ends(simulation.inputs())).allMatch(end -> end.isAfter(now().plus(Duration.ofDays(121))));
            assertThat(simulation.condition("CertificatesValid").status()).isEqualTo("True");
            assertThat(simulation.condition("CertificatesExpiring").status()).isEqualTo("False");
        }

        assertThat(restarts()).hasSize(4 * ROLL.size());
    }

    @Test
    void saysWhenItRenewsAndDoesItThenAndOnce() {
        var moment = Instant.parse(certificate("tls").renewsAt());
        goTo(moment.minusSeconds(1));
        simulation.settle();
        assertThat(restarts()).isEmpty();

        goTo(moment);
        simulation.settle();
        assertThat(restarts()).isEqualTo(ROLL);
        assertThat(Instant.parse(certificate("tls").renewsAt())).isAfter(moment);
        simulation.elapse(Duration.ofDays(1));
        simulation.settle();
        assertThat(restarts()).isEqualTo(ROLL);
    }

    @Test
    void hasTheWindowThatTheResourceNames() {
        simulation.edit(Deployed.resource("{spec: {keystores: {renewal: {beforeExpiryDays: 10}}}}"));
        simulation.settle();

        assertThat(Instant.parse(certificate("tls").renewsAt()))
                .isEqualTo(Instant.parse(certificate("tls").notAfter()).minus(Duration.ofDays(10)));
        assertThat(restarts()).isEmpty();
    }

    @Test
    void renewsAtOnceAfterATimeWithoutAnOperatorInWhichEverythingExpired() {
        simulation.elapse(Duration.ofDays(700));
        assertThat(peers.ends(simulation.inputs())).allMatch(end -> end.isBefore(now()));
        simulation.settle();

        assertThat(peers.ends(simulation.inputs())).allMatch(end -> end.isAfter(now()));
        assertThat(restarts()).isEqualTo(ROLL);
    }

    @Test
    void renewsWhatExpiredInTheMiddleOfARollWithoutWaitingForItsEnd() {
        simulation.edit(Deployed.resource(VARIABLE));
        simulation.pass();
        simulation.oneMinute();
        simulation.elapse(Duration.ofDays(700));
        simulation.pass();

        assertThat(Instant.parse(certificate("tls").notAfter())).isAfter(now());
    }

    @Test
    void waitsForTheEndOfARollThatIsUnderWay() {
        goTo(Instant.parse(certificate("tls").renewsAt()).minusSeconds(30));
        simulation.edit(Deployed.resource(VARIABLE));
        var before = certificate("tls");
        for (int minute = 0; minute < 3; minute++) {
            simulation.pass();
            simulation.oneMinute();
        }
        assertThat(now()).isAfter(Instant.parse(before.renewsAt()));
        assertThat(certificate("tls")).isEqualTo(before);
        assertThat(restarts()).isNotEmpty();

        simulation.settle();
        simulation.settle();
        assertThat(certificate("tls")).isNotEqualTo(before);
        assertThat(restarts()).hasSize(2 * ROLL.size());
    }

    @Test
    void isOneRollTogetherWithAChangeOfTheSpec() {
        goTo(Instant.parse(certificate("tls").renewsAt()));
        simulation.edit(Deployed.resource(VARIABLE));
        simulation.settle();
        simulation.settle();

        assertThat(restarts()).isEqualTo(ROLL);
    }

    @Test
    void isNotDoneDuringAProblemAndIsMadeUpForAfterIt() {
        var moment = Instant.parse(certificate("tls").renewsAt());
        simulation.edit(Deployed.resource("{spec: {database: {apim: {credentialsSecretRef: {name: missing}}}}}"));
        goTo(moment.plus(Duration.ofDays(30)));
        simulation.pass();
        simulation.oneMinute();
        assertThat(restarts()).isEmpty();

        simulation.edit(Deployed.resource());
        simulation.settle();
        assertThat(restarts()).isEqualTo(ROLL);
    }

    @Test
    void takesWhatAnotherOperatorRendersDifferentlyAlong() {
        simulation.operatorGets(Installation.UPGRADED);
        simulation.settle();
        assertThat(simulation.condition("UpdatePending").status()).isEqualTo("True");
        goTo(Instant.parse(certificate("tls").renewsAt()));
        simulation.settle();

        assertThat(restarts()).isEqualTo(ROLL);
        assertThat(simulation.condition("UpdatePending").status()).isEqualTo("False");
    }

    @Test
    void isDoneByHandOnceHoweverOftenTheMomentIsApplied() {
        var moment = now().plus(Duration.ofHours(1));
        var byHand = "{spec: {keystores: {renewal: {certificateIssuedBefore: '%s'}}}}".formatted(moment);
        simulation.edit(Deployed.resource(byHand));
        simulation.settle();
        assertThat(restarts()).isEmpty();
        assertThat(certificate("tls").renewsAt()).isEqualTo(moment.toString());

        goTo(moment);
        simulation.settle();
        simulation.edit(Deployed.resource(byHand, "{spec: {networkPolicy: {enabled: false}}}"));
        simulation.settle();
        simulation.elapse(Duration.ofDays(30));
        simulation.settle();
        assertThat(restarts()).isEqualTo(ROLL);
    }

    @Test
    void isNotDoneByHandForWhatWasIssuedLater() {
        simulation.edit(
                Deployed.resource("{spec: {keystores: {renewal: {certificateIssuedBefore: '2025-12-31T23:59:59Z'}}}}"));
        simulation.settle();

        assertThat(restarts()).isEmpty();
    }

    @Test
    void isNotDoneForClocksThatDifferByMinutes() {
        simulation.elapse(Duration.ofMinutes(-50));
        simulation.settle();

        assertThat(restarts()).isEmpty();
    }

    @Test
    void healsAfterAClockThatWasYearsAhead() {
        simulation.elapse(Duration.ofDays(800));
        simulation.settle();
        simulation.elapse(Duration.ofDays(-800));
        simulation.pass();

        assertThat(certificate("tls").notBefore()).isLessThan(now().toString());
        assertThat(simulation.condition("CertificatesValid").status()).isEqualTo("True");
    }

    @Test
    void neverTouchesTheSigningAndTheEncryptionKeyAndSaysInTimeThatTheyEnd() {
        var primary = certificate("primary");
        goTo(Instant.parse(primary.notAfter()).minus(Duration.ofDays(91)));
        simulation.settle();
        simulation.settle();
        assertThat(simulation.condition("CertificatesExpiring").status()).isEqualTo("False");

        simulation.elapse(Duration.ofDays(2));
        simulation.settle();
        assertThat(certificate("primary")).isEqualTo(primary);
        assertThat(simulation.condition("CertificatesExpiring").status()).isEqualTo("True");
        assertThat(simulation.condition("CertificatesExpiring").message())
                .contains("primary ends at " + primary.notAfter() + ", and is not renewed by the operator")
                .contains("internal ends at ")
                .doesNotContain("tls");
        assertThat(simulation.condition("Ready").status()).isEqualTo("True");
        assertThat(simulation.condition("Stalled").status()).isEqualTo("False");
        assertThat(simulation.condition("Reconciling").status()).isEqualTo("False");
    }

    private void goTo(Instant moment) {
        simulation.elapse(Duration.between(now(), moment));
    }

    private Instant now() {
        return simulation.inputs().now();
    }

    private Certificate certificate(String name) {
        return simulation.status().certificates().stream()
                .filter(certificate -> certificate.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Starts of pods after the first boot. */
    private List<String> restarts() {
        return simulation.happened().stream()
                .filter(what -> what.endsWith(" starts"))
                .map(what -> what.replace(" starts", ""))
                .skip(4)
                .toList();
    }
}
