package com.wso2.apim.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import com.wso2.apim.operator.api.v1alpha1.ApiManagerClusterStatus.Condition;
import com.wso2.apim.operator.revision.Admission;
import com.wso2.apim.operator.support.Deployed;
import com.wso2.apim.operator.support.Installation;
import com.wso2.apim.operator.support.Simulation;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A deployment whose {@code suspend} is true. */
class SuspendedTest {

    private static final String SUSPENDED = "{spec: {suspend: true}}";
    private static final String CHANGE = "{spec: {cacheInvalidation: {enabled: false}}}";
    private static final String MISTAKE = "{spec: {database: {apim: {credentialsSecretRef: {name: missing}}}}}";
    private static final List<String> BOOT = List.of(
            "apim-aio-0 starts",
            "apim-aio-0 is Ready",
            "apim-tm-0 starts",
            "apim-tm-1 starts",
            "apim-tm-0 is Ready",
            "apim-tm-1 is Ready",
            "apim-aio-1 starts",
            "apim-aio-1 is Ready");
    private static final List<String> STOP =
            List.of("apim-aio-0 stops", "apim-aio-1 stops", "apim-tm-0 stops", "apim-tm-1 stops");

    private final Simulation simulation = Deployed.simulation();
    private int before;

    @BeforeEach
    void run() {
        simulation.settle();
        before = simulation.happened().size();
    }

    @Test
    void keepsEverythingButItsNodes() {
        var objects = names();
        suspend();

        assertThat(simulation.happenedSince(before)).isEqualTo(STOP);
        assertThat(names()).isEqualTo(objects);
        assertThat(simulation.condition("Ready"))
                .extracting(Condition::status, Condition::reason)
                .containsExactly("False", "Suspended");
        assertThat(simulation.condition("Available"))
                .extracting(Condition::status, Condition::reason)
                .containsExactly("False", "Suspended");
        assertThat(simulation.condition("Reconciling"))
                .extracting(Condition::status, Condition::reason)
                .containsExactly("False", "Suspended");
        assertThat(simulation.condition("Stalled").status()).isEqualTo("False");
        assertThat(simulation.condition("UpdatePending").status()).isEqualTo("False");
    }

    @Test
    void isUnderWayUntilTheLastNodeIsGone() {
        simulation.edit(Deployed.resource(SUSPENDED));
        simulation.pass();

        assertThat(simulation.condition("Reconciling").status()).isEqualTo("True");
        assertThat(simulation.condition("Ready").reason()).isEqualTo("Suspended");
    }

    @Test
    void bootsAgainInTheOrderOfTheFirstBoot() {
        suspend();
        before = simulation.happened().size();
        simulation.edit(Deployed.resource());
        simulation.settle();

        assertThat(simulation.happenedSince(before)).isEqualTo(BOOT);
        assertThat(simulation.condition("Ready").status()).isEqualTo("True");
    }

    @Test
    void bootsOnWhatWasChangedMeanwhileAndSaysSoBefore() {
        suspend();
        simulation.edit(Deployed.resource(SUSPENDED, CHANGE));
        simulation.settle();
        assertThat(simulation.happenedSince(before)).isEqualTo(STOP);
        assertThat(simulation.condition("UpdatePending"))
                .extracting(Condition::status, Condition::reason)
                .containsExactly("True", "Suspended");
        assertThat(simulation.condition("UpdatePending").message())
                .contains("[apim.cache_invalidation] enabled changed");

        before = simulation.happened().size();
        simulation.edit(Deployed.resource(CHANGE));
        simulation.settle();
        assertThat(simulation.happenedSince(before)).isEqualTo(BOOT);
        assertThat(simulation.condition("UpdatePending").status()).isEqualTo("False");
    }

    @Test
    void keepsNoMoreRevisionsThanItsNodesRanAndWillRun() {
        suspend();
        for (var connections : List.of(80, 81, 82)) {
            simulation.edit(Deployed.resource(
                    SUSPENDED, "{spec: {database: {apim: {pool: {maxActive: %d}}}}}".formatted(connections)));
            simulation.settle();
        }

        assertThat(simulation.all(ConfigMap.class))
                .filteredOn(configMap -> configMap.getData().containsKey("pod-template.json"))
                .hasSize(4);
    }

    @Test
    void bootsOnWhatAnotherOperatorRenders() {
        suspend();
        simulation.operatorGets(Installation.UPGRADED);
        simulation.settle();
        simulation.edit(Deployed.resource());

        assertThat(simulation.settle().of(StatefulSet.class)).allSatisfy(set -> assertThat(set.getSpec()
                        .getTemplate()
                        .getSpec()
                        .getInitContainers()
                        .get(0)
                        .getImage())
                .isEqualTo("apim-operator:0.2.0"));
    }

    @Test
    void staysStoppedWithAMistake() {
        suspend();
        simulation.edit(Deployed.resource(SUSPENDED, MISTAKE));
        pass();
        simulation.edit(Deployed.resource(MISTAKE));
        pass();

        assertThat(simulation.happenedSince(before)).isEqualTo(STOP);
        assertThat(simulation.condition("Stalled").status()).isEqualTo("True");
        simulation.edit(Deployed.resource());
        simulation.settle();
        assertThat(simulation.condition("Ready").status()).isEqualTo("True");
    }

    @Test
    void stopsInSpiteOfAMistake() {
        simulation.edit(Deployed.resource(SUSPENDED, MISTAKE));
        pass();

        assertThat(simulation.happenedSince(before)).isEqualTo(STOP);
    }

    @Test
    void keepsCredentialsAndKeysOverAVersion() {
        suspend();
        var secrets = retained();
        simulation.edit(Deployed.resource(SUSPENDED, "{spec: {version: 4.6.0}}"));
        simulation.settle();
        assertThat(simulation.condition("UpdatePending").message()).contains("image");
        simulation.edit(Deployed.resource("{spec: {version: 4.6.0}}"));
        simulation.settle();

        assertThat(retained()).isEqualTo(secrets);
        assertThat(simulation.all(StatefulSet.class))
                .allSatisfy(set -> assertThat(image(set)).endsWith(":4.6.0"));
        assertThat(simulation.condition("CredentialsInSync").status()).isEqualTo("True");
        assertThat(simulation.condition("Ready").status()).isEqualTo("True");
    }

    @Test
    void startsNoNodeOfAVersionWhileOneOfAnotherMayRun() {
        var image = image(simulation.all(StatefulSet.class).get(0));
        simulation.edit(Deployed.resource(SUSPENDED));
        simulation.pass();
        simulation.edit(Deployed.resource(SUSPENDED, "{spec: {version: 4.6.0}}"));
        simulation.pass();

        assertThat(image(simulation.all(StatefulSet.class).get(0))).isEqualTo(image);
        assertThat(Admission.of(simulation.inputs()).problems().toString())
                .contains("spec.version: nodes of version 4.5.0 may still run");
        simulation.edit(Deployed.resource("{spec: {version: 4.6.0}}"));
        simulation.settle();
        assertThat(simulation.happenedSince(before))
                .startsWith(STOP.toArray(String[]::new))
                .endsWith(BOOT.toArray(String[]::new));
        assertThat(simulation.all(StatefulSet.class))
                .allSatisfy(set -> assertThat(image(set)).endsWith(":4.6.0"));
    }

    @Test
    void stopsForAVersionThatCameBeforeAnybodySawTheSuspension() {
        simulation.edit(Deployed.resource(SUSPENDED, "{spec: {version: 4.6.0}}"));
        pass();

        assertThat(simulation.happenedSince(before)).isEqualTo(STOP);
        simulation.edit(Deployed.resource("{spec: {version: 4.6.0}}"));
        simulation.settle();
        assertThat(simulation.condition("Ready").status()).isEqualTo("True");
    }

    @Test
    void changesNoVersionOfNodesThatRun() {
        simulation.edit(Deployed.resource("{spec: {version: 4.6.0}}"));
        pass();

        assertThat(simulation.happenedSince(before)).isEmpty();
        assertThat(simulation.condition("Stalled").message()).contains("keep suspend: true, or write it");
    }

    @Test
    void goesOnWithTheInternalKeyPairWhereTheUserSaysSo() {
        suspend();
        simulation.edit(Deployed.resource(SUSPENDED, "{spec: {version: 4.7.0, encryption: {type: InternalKeyStore}}}"));
        simulation.settle();

        assertThat(simulation.all(Secret.class))
                .noneMatch(secret -> secret.getMetadata().getName().equals("apim-encryption"));
        assertThat(Admission.of(simulation.inputs()).targets().values())
                .allSatisfy(revision -> assertThat(revision.files().values()).allSatisfy(file -> assertThat(file)
                        .doesNotContain("[encryption]\nkey")
                        .contains("KeyStoreBasedInternalCryptoProvider")));
    }

    private void suspend() {
        simulation.edit(Deployed.resource(SUSPENDED));
        pass();
    }

    /** Longer than it takes. */
    private void pass() {
        for (int i = 0; i < 5; i++) {
            simulation.pass();
            simulation.oneMinute();
        }
        simulation.pass();
    }

    private List<String> names() {
        return simulation.all(HasMetadata.class).stream()
                .map(object -> object.getKind() + "/" + object.getMetadata().getName())
                .toList();
    }

    private List<Secret> retained() {
        return simulation.all(Secret.class).stream()
                .filter(secret -> "apim.wso2.com/retained".equals(secret.getType()))
                .map(secret -> secret.edit()
                        .editMetadata()
                        .withLabels(null)
                        .endMetadata()
                        .build())
                .toList();
    }

    private static String image(StatefulSet set) {
        return set.getSpec().getTemplate().getSpec().getContainers().get(0).getImage();
    }
}
