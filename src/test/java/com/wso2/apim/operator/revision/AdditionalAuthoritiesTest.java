package com.wso2.apim.operator.revision;

import static com.wso2.apim.operator.revision.GivenDeployment.COMPANY;
import static com.wso2.apim.operator.revision.GivenDeployment.ISSUING;
import static com.wso2.apim.operator.revision.GivenDeployment.keys;
import static com.wso2.apim.operator.revision.GivenDeployment.pem;
import static com.wso2.apim.operator.revision.GivenDeployment.reading;
import static com.wso2.apim.operator.revision.GivenDeployment.resource;
import static com.wso2.apim.operator.revision.GivenDeployment.simulation;
import static com.wso2.apim.operator.support.GivenSecrets.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import com.wso2.apim.operator.model.Problem;
import com.wso2.apim.operator.revision.FirstBootChanges.Change;
import com.wso2.apim.operator.revision.GivenDeployment.Stores;
import com.wso2.apim.operator.support.GivenSecrets;
import com.wso2.apim.operator.support.Keytool;
import com.wso2.apim.operator.support.Made;
import com.wso2.apim.operator.support.Simulation;
import com.wso2.apim.operator.toml.KeyStoreFile;
import io.fabric8.kubernetes.api.model.Secret;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Certificates that the user adds to the trust store, and key pairs that only the first boot reads. */
class AdditionalAuthoritiesTest {

    private static final String PARTNER =
            "spec: {truststore: {additionalCAs: [{name: partner, secretRef: {name: ca}}]}}";
    private static final Made LEAF =
            Made.named("server of a partner").by(COMPANY).made();

    @Test
    void standInTheTrustStoreOfNodesBesideOursAndThePublicOnes() throws Exception {
        var bundle = COMPANY.certificates() + ISSUING.certificates() + LEAF.certificates();
        var secrets = simulation(PARTNER, secret(bundle)).settle().of(Secret.class);
        var stores = Stores.of(secrets);

        assertThat(Keytool.list(KeyStoreFile.TYPE, stores.bytes(KeyStoreFile.TRUST), stores.password()))
                .contains(
                        "Alias name: ca",
                        "Alias name: gateway_certificate_alias",
                        "Alias name: additional-partner",
                        "Alias name: additional-partner.2",
                        "Owner: CN=Issuing CA",
                        "Alias name: additional-partner.3",
                        "Owner: CN=server of a partner");
        assertThat(stores.open(KeyStoreFile.TRUST).size()).isGreaterThan(50);
    }

    @Test
    void rollNodesWhenTheyChange() {
        var simulation = simulation(PARTNER, secret(COMPANY.certificates()));
        var before = simulation.settle().of(Secret.class);
        simulation.give(secret(ISSUING.certificates()));

        var targets = Admission.of(simulation.inputs()).targets();
        assertThat(targets.values()).allSatisfy(target -> assertThat(before)
                .noneMatch(secret -> secret.getMetadata().getName().startsWith("apim-stores-")
                        && target.secrets().contains(secret.getMetadata().getName())));
    }

    @Test
    void mayBeOfTheFuture() {
        var start = Simulation.START.plus(Duration.ofDays(9));
        var coming = Made.named("next").authority().valid(start, start.plus(Duration.ofDays(9)));

        assertThat(keys(simulation(PARTNER, secret(coming.made().certificates())))
                        .additional())
                .containsOnlyKeys("partner");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "key | there is a private key among the certificates: keep it in its own entry",
                "expired | the certificate CN=old expired at 2025-12-31T00:00:00Z: renew it",
                "word | no certificate found: expected PEM text that starts with -----BEGIN CERTIFICATE-----",
                "nothing | is empty: put the certificate there"
            })
    void areNamedIfTheyAreNone(String what, String says) {
        var old = Made.named("old")
                .valid(Simulation.START.minus(Duration.ofDays(9)), Simulation.START.minus(Duration.ofDays(1)));
        var content = Map.of(
                "key",
                COMPANY.certificates() + COMPANY.key(),
                "expired",
                COMPANY.certificates() + old.made().certificates(),
                "word",
                "planted-password",
                "nothing",
                "");

        assertThat(Admission.of(simulation(PARTNER, secret(content.get(what))).inputs())
                        .problems())
                .extracting(Problem::toString)
                .containsExactly(
                        "spec.truststore.additionalCAs[partner].secretRef: key 'ca.crt' of Secret 'ca': " + says);
    }

    @Test
    void thatAreMissingAreNamed() {
        var missing = "spec: {truststore: {additionalCAs: [{name: a, secretRef: {name: none}}, "
                + "{name: b, configMapRef: {name: none, key: bundle}}]}}";

        assertThat(Admission.of(simulation(missing).inputs()).problems())
                .extracting(Problem::toString)
                .containsExactly(
                        "spec.truststore.additionalCAs[a].secretRef: Secret 'none' does not exist: create it with the key 'ca.crt'",
                        "spec.truststore.additionalCAs[b].configMapRef: ConfigMap 'none' with the key 'bundle' does not exist: create it");
    }

    @ParameterizedTest
    @CsvSource({"primary, PRIMARY", "internal, INTERNAL"})
    void areNotWaitedForByWhatOnlyTheFirstBootReads(String store, FirstBootValue value) {
        var own = Made.named("own").made();
        var simulation = simulation(reading(store, "{name: given}"), pem("given", own));
        simulation.settle();
        var before = keys(simulation);
        simulation.give(pem("given", Made.named("another").made()));

        var sources = Admission.of(simulation.inputs()).sources().orElseThrow();
        assertThat(sources.changes().heldBack()).extracting(Change::value).containsExactly(value);
        assertThat(sources.keys()).isEqualTo(before);
    }

    @Test
    void areNotMissedWhenTheUserGoesBackToGenerated() {
        var own = Made.named("own").made();
        var simulation = simulation(reading("primary", "{name: given}"), pem("given", own));
        simulation.settle();
        simulation.edit(resource("spec: {keystores: {primary: {source: Generated}}}"));

        var sources = Admission.of(simulation.inputs()).sources().orElseThrow();
        assertThat(sources.keys().primary().details().subject()).isEqualTo("CN=own");
        assertThat(sources.changes().heldBack()).extracting(Change::value).containsExactly(FirstBootValue.PRIMARY);
    }

    @Test
    void doNotFreezeNodesThatRunThemWhenTheirTimeIsOver() {
        var until = Simulation.START.plus(Duration.ofMinutes(20));
        var brief = GivenDeployment.server("nodes").valid(Simulation.START, until);
        var simulation = simulation(reading("tls", "{name: given}"), pem("given", brief.made()));
        simulation.settle();
        simulation.elapse(Duration.ofMinutes(25));

        assertThat(simulation.inputs().now()).isAfter(until);
        assertThat(Admission.of(simulation.inputs()).problems()).isEmpty();
        assertThat(simulation.status().conditions())
                .filteredOn(condition -> condition.type().equals("CertificatesValid"))
                .singleElement()
                .satisfies(condition -> assertThat(condition.reason()).isEqualTo("Expired"));
    }

    private static Secret secret(String bundle) {
        return GivenSecrets.of("ca", Map.of("ca.crt", bytes(bundle)));
    }
}
