package com.wso2.apim.operator.revision;

import static org.assertj.core.api.Assertions.assertThat;

import com.wso2.apim.operator.api.v1alpha1.ApiManagerCluster;
import com.wso2.apim.operator.model.Names;
import com.wso2.apim.operator.model.Role;
import com.wso2.apim.operator.pki.CertificateDetails;
import com.wso2.apim.operator.support.Deployed;
import com.wso2.apim.operator.support.Peers;
import com.wso2.apim.operator.support.Simulation;
import com.wso2.apim.operator.toml.KeyStoreFile;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A new authority takes the place of the old one while the deployment runs. */
class AuthorityRotationTest {

    private static final Names NAMES = new Names("wso2", "apim");
    private static final String ROUTES =
            "{spec: {exposure: {type: GatewayAPI, ingress: null, gatewayAPI: {parentRefs: [{name: public}]}}}}";
    private static final String NOW = "{spec: {keystores: {renewal: {authorityIssuedBefore: '2026-01-01T01:00:00Z'}}}}";
    private static final String VARIABLE =
            "{spec: {allInOne: {env: [{name: A, value: b}]}, trafficManager: {env: [{name: A, value: b}]}}}";
    private static final List<String> ROLL = List.of("apim-tm-1", "apim-tm-0", "apim-aio-1", "apim-aio-0");
    private static final String OVER = "1 trusted, the present one issues";
    private static final int LONGEST_WAY = 200;

    private final Peers peers = new Peers();
    private final Simulation simulation = Deployed.simulation(ROUTES);

    @BeforeEach
    void run() {
        simulation.settle();
        // The stand-in for an earlier authority has no skew in it: it was issued five minutes after it began.
        simulation.elapse(Duration.ofHours(2));
        simulation.settle();
    }

    @Test
    void takesThreeRollsAndAtNoMomentDoTwoNodesRefuseEachOther() {
        var old = value("ca.crt");
        simulation.edit(resource(NOW));
        var steps = walk();

        assertThat(steps)
                .containsExactly(
                        "1 trusted, the present one issues",
                        "2 trusted, the old one issues",
                        "2 trusted, the present one issues",
                        "1 trusted, the present one issues");
        assertThat(value("ca.crt")).isNotEqualTo(old);
        assertThat(starts()).isEqualTo(concat(ROLL, concat(ROLL, ROLL)));
        assertThat(simulation.status().certificates())
                .noneMatch(certificate -> certificate.name().equals("ca-2"));
    }

    @Test
    void isOverOnceAndForAll() {
        simulation.edit(resource(NOW));
        walk();
        var after = data();
        simulation.elapse(Duration.ofDays(30));
        simulation.settle();

        assertThat(data()).isEqualTo(after);
    }

    @Test
    void canBeRepeatedWithAnAuthorityOfTheSameName() {
        simulation.edit(resource(NOW));
        walk();
        var first = CertificateDetails.of(value("ca.crt"));
        simulation.elapse(Duration.ofDays(2));
        simulation.edit(resource("{spec: {keystores: {renewal: {authorityIssuedBefore: '2026-01-02T00:00:00Z'}}}}"));
        walk();
        var second = CertificateDetails.of(value("ca.crt"));

        assertThat(second.subject()).isEqualTo(first.subject());
        assertThat(second.serial()).isNotEqualTo(first.serial());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void comesToItsEndWithAnOperatorThatDiesBetweenAnyTwoWrites(long seed) {
        var old = value("ca.crt");
        var random = new Random(seed);
        simulation.edit(resource(NOW));
        walk(() -> simulation.passThatDies(random.nextInt(12), random));

        assertThat(value("ca.crt")).isNotEqualTo(old);
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 20})
    void letsAChangeOfTheSpecTakeEffectAndGoesOn(int minute) {
        var old = value("ca.crt");
        simulation.edit(resource(NOW));
        forMinutes(minute);
        simulation.edit(resource(NOW, VARIABLE));
        walk();

        assertThat(value("ca.crt")).isNotEqualTo(old);
        assertThat(Admitted.stored(simulation.inputs(), NAMES).orElseThrow().spec())
                .contains(resource(NOW, VARIABLE).getSpec());
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 20})
    void standsStillDuringAProblemAndGoesOn(int minute) {
        var old = value("ca.crt");
        simulation.edit(resource(NOW));
        forMinutes(minute);
        simulation.edit(resource(NOW, "{spec: {database: {apim: {credentialsSecretRef: {name: missing}}}}}"));
        var before = data();
        forMinutes(60);
        assertThat(data()).isEqualTo(before);

        simulation.edit(resource(NOW));
        walk();
        assertThat(value("ca.crt")).isNotEqualTo(old);
    }

    @Test
    void doesNotBeginBeforeARollThatIsUnderWayIsOver() {
        var old = value("ca.crt");
        simulation.edit(resource(VARIABLE));
        forMinutes(2);
        simulation.edit(resource(VARIABLE, NOW));
        forMinutes(2);
        assertThat(value("ca.crt")).isEqualTo(old);

        until(() -> Admitted.stored(simulation.inputs(), NAMES).orElseThrow().isAtRest());
        assertThat(starts()).isEqualTo(ROLL);
        until(() -> !value("ca.crt").equals(old));
        walk();
        assertThat(starts()).isEqualTo(concat(ROLL, concat(ROLL, concat(ROLL, ROLL))));
    }

    @Test
    void doesNotTakeItsNextStepInTheMiddleOfARoll() {
        simulation.edit(resource(NOW));
        until(() -> isAtRest() && step().startsWith("2"));
        simulation.edit(resource(NOW, VARIABLE));
        // The step and the change are one roll.
        walk();

        assertThat(starts()).isEqualTo(concat(ROLL, concat(ROLL, ROLL)));
    }

    @Test
    void beginsTwoYearsBeforeTheAuthorityEnds() {
        var end = CertificateDetails.of(value("ca.crt")).notAfter();
        simulation.elapse(Duration.between(now(), end.minus(Duration.ofDays(731))));
        var old = value("ca.crt");
        simulation.settle();
        simulation.settle();
        assertThat(value("ca.crt")).isEqualTo(old);

        simulation.elapse(Duration.ofDays(1).plusHours(1));
        walk();
        assertThat(value("ca.crt")).isNotEqualTo(old);
    }

    @Test
    void isMadeAtOnceWhereTheOldOneHasExpiredWithEveryCertificateOfIts() {
        simulation.elapse(Duration.ofDays(4000));
        var old = value("ca.crt");
        simulation.settle();
        simulation.settle();

        assertThat(value("ca.crt")).isNotEqualTo(old);
        assertThat(peers.ends(simulation.inputs())).allMatch(end -> end.isAfter(now()));
    }

    @Test
    void isMadeAtOnceWhereNothingRuns() {
        var fresh = Deployed.simulation(ROUTES, NOW);
        fresh.elapse(Duration.ofDays(3000));
        fresh.settle();

        assertThat(data(fresh)).isNotEqualTo(data());
        assertThat(fresh.happened().stream().filter(what -> what.endsWith("starts")))
                .hasSize(4);
    }

    @Test
    void waitsForAMomentInTheFutureAndSaysSo() {
        var moment = "2026-01-03T00:00:00Z";
        simulation.edit(resource("{spec: {keystores: {renewal: {authorityIssuedBefore: '%s'}}}}".formatted(moment)));
        var before = data();
        simulation.settle();

        assertThat(data()).isEqualTo(before);
        assertThat(simulation.status().certificates()).anySatisfy(certificate -> {
            assertThat(certificate.name()).isEqualTo("ca");
            assertThat(certificate.renewsAt()).isEqualTo(moment);
        });
        simulation.elapse(Duration.ofDays(2));
        walk();
        assertThat(data()).isNotEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(ints = {9, 24})
    void neverSplitsNodesByABackupOfAnyTime(int minute) {
        var backups = new ArrayList<Secret>();
        backups.add(secret());
        simulation.edit(resource(NOW));
        forMinutes(minute);
        backups.add(secret());
        walk();
        simulation.edit(resource());
        for (var backup : backups) {
            simulation.replace("Secret/apim-ca", Optional.of(backup));
            walk();
            assertThat(data()).isEqualTo(backup.getData());
        }
    }

    /** Goes on, minute by minute, until only one authority is left and every node runs what is wanted. */
    private List<String> walk() {
        return walk(() -> {
            simulation.pass();
            return true;
        });
    }

    private List<String> walk(BooleanSupplier pass) {
        var steps = new ArrayList<String>();
        steps.add(step());
        for (int minute = 0; minute < LONGEST_WAY; minute++) {
            var before = admitted();
            var isWhole = pass.getAsBoolean();
            check(minute);
            if (!admitted().equals(before)) {
                steps.add(step());
            }
            if (isWhole && admitted().equals(before) && isAtRest() && step().equals(OVER)) {
                return steps;
            }
            simulation.oneMinute();
            check(minute);
        }
        throw new AssertionError("never comes to an end: " + steps + " " + simulation.happened());
    }

    /** What nodes are to trust, and whose certificate they are to show. */
    private String step() {
        var running = Running.of(simulation.inputs(), NAMES);
        var present =
                KeysResolver.retained(simulation.inputs(), "apim-ca", "ca").orElseThrow();
        return running.keyMaterial(KeyStoreFile.TLS)
                .map(pair -> "%d trusted, the %s one issues"
                        .formatted(running.trusted("ca").size(), pair.issuedBy(present) ? "present" : "old"))
                .orElse("what is admitted is not written yet");
    }

    private Map<Role, String> admitted() {
        return Admitted.stored(simulation.inputs(), NAMES).orElseThrow().targets();
    }

    /** Every node runs what is wanted, and could go back to nothing else. */
    private boolean isAtRest() {
        var admitted = Admitted.stored(simulation.inputs(), NAMES).orElseThrow();
        return admitted.isAtRest()
                && simulation.all(ConfigMap.class).stream()
                        .flatMap(configMap -> Revision.stored(configMap).stream())
                        .map(Revision::name)
                        .allMatch(admitted.targets()::containsValue);
    }

    private void forMinutes(int minutes) {
        for (int minute = 0; minute < minutes; minute++) {
            simulation.pass();
            check(minute);
            simulation.oneMinute();
            check(minute);
        }
    }

    private void until(BooleanSupplier reached) {
        for (int minute = 0; !reached.getAsBoolean(); minute++) {
            assertThat(minute).isLessThan(LONGEST_WAY);
            forMinutes(1);
        }
    }

    private void check(int minute) {
        assertThat(peers.refusals(simulation.inputs()))
                .as("in minute %d, after %s", minute, simulation.happened())
                .isEmpty();
    }

    /** Starts of pods after the first boot. */
    private List<String> starts() {
        return simulation.happened().stream()
                .filter(what -> what.endsWith(" starts"))
                .map(what -> what.replace(" starts", ""))
                .skip(4)
                .toList();
    }

    private Instant now() {
        return simulation.inputs().now();
    }

    private Secret secret() {
        return simulation.all(Secret.class).stream()
                .filter(secret -> secret.getMetadata().getName().equals(NAMES.authoritySecret()))
                .findFirst()
                .orElseThrow();
    }

    private Map<String, String> data() {
        return data(simulation);
    }

    private static Map<String, String> data(Simulation simulation) {
        return simulation.inputs().secret(NAMES.authoritySecret()).orElseThrow().getData();
    }

    private String value(String key) {
        return new String(Base64.getDecoder().decode(data().get(key)), StandardCharsets.US_ASCII);
    }

    private static <T> List<T> concat(List<T> first, List<T> second) {
        var all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }

    private static ApiManagerCluster resource(String... changes) {
        var all = new ArrayList<>(List.of(ROUTES));
        all.addAll(List.of(changes));
        return Deployed.resource(all.toArray(String[]::new));
    }
}
