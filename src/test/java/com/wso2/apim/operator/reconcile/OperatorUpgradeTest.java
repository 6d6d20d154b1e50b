package com.wso2.apim.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import com.wso2.apim.operator.api.v1alpha1.ApiManagerClusterStatus.Condition;
import com.wso2.apim.operator.model.Names;
import com.wso2.apim.operator.resources.Desired;
import com.wso2.apim.operator.revision.Admission;
import com.wso2.apim.operator.support.Deployed;
import com.wso2.apim.operator.support.Installation;
import com.wso2.apim.operator.support.Retained;
import com.wso2.apim.operator.support.Simulation;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An operator that renders differently finds a deployment that runs. */
class OperatorUpgradeTest {

    private static final Names NAMES = new Names("wso2", "apim");
    private static final String ANOTHER_DOMAIN = "cluster.example";

    private final Simulation simulation = Deployed.simulation();
    private List<PodTemplateSpec> templates;

    @BeforeEach
    void run() {
        templates = templates(simulation.settle());
    }

    @Test
    void restartsNothingAndSaysWhatItWouldRenderDifferently() {
        simulation.operatorGets(Installation.UPGRADED);

        assertThat(templates(simulation.pass())).isEqualTo(templates);
        assertThat(templates(simulation.pass())).isEqualTo(templates);
        var pending = condition("UpdatePending");
        assertThat(pending.status()).isEqualTo("True");
        assertThat(pending.reason()).isEqualTo("OperatorUpdate");
        assertThat(pending.message())
                .startsWith("this operator renders differently: all-in-one: image of container jdbc-driver; "
                        + "traffic-manager: image of container jdbc-driver; ")
                .doesNotContain("0.2.0");
        assertThat(condition("Ready").status()).isEqualTo("True");
        assertThat(condition("Reconciling").status()).isEqualTo("False");
    }

    @Test
    void leavesNothingOfItsOwnRenderingBehind() {
        var before = names(simulation.settle());
        simulation.operatorGets(Installation.with("apim-operator:0.2.0", ANOTHER_DOMAIN));

        assertThat(names(simulation.pass())).isEqualTo(before);
    }

    @Test
    void namesKeysOfFilesThatDiffer() {
        simulation.operatorGets(Installation.with("apim-operator:0.1.0", ANOTHER_DOMAIN));

        assertThat(condition("UpdatePending").message())
                .contains("[apim.throttling] throttle_decision_endpoints changed")
                .doesNotContain(ANOTHER_DOMAIN);
    }

    @Test
    void appliesAChangeThatRestartsNothingAndStillRestartsNothing() {
        simulation.operatorGets(Installation.UPGRADED);
        simulation.pass();
        simulation.edit(Deployed.resource("{spec: {exposure: {ingress: {className: nginx}}}}"));

        var desired = simulation.pass();

        assertThat(templates(desired)).isEqualTo(templates);
        assertThat(desired.of(Ingress.class))
                .isNotEmpty()
                .allMatch(ingress -> ingress.getSpec().getIngressClassName().equals("nginx"));
        assertThat(condition("UpdatePending").status()).isEqualTo("True");
    }

    @Test
    void isTakenAlongByTheNextChangeOfTheSpecInBothTiers() {
        simulation.operatorGets(Installation.UPGRADED);
        simulation.pass();
        simulation.edit(Deployed.resource("{spec: {cacheInvalidation: {enabled: false}}}"));

        assertThat(drivers(simulation.pass())).containsExactly("apim-operator:0.2.0", "apim-operator:0.2.0");
        assertThat(condition("UpdatePending").status()).isEqualTo("False");
    }

    @Test
    void isTakenAlongByAChangeThatWasMadeWhileNoOperatorRan() {
        simulation.edit(Deployed.resource("{spec: {cacheInvalidation: {enabled: false}}}"));
        simulation.operatorGets(Installation.UPGRADED);

        assertThat(drivers(simulation.pass())).containsExactly("apim-operator:0.2.0", "apim-operator:0.2.0");
    }

    @Test
    void isTakenAlongByAPasswordThatWasChangedWhileNoOperatorRan() {
        simulation.operatorGets(Installation.UPGRADED);
        simulation.give(Retained.secret(NAMES, "apim-db", Map.of("username", "user", "password", "another-password")));

        assertThat(drivers(simulation.pass())).containsExactly("apim-operator:0.2.0", "apim-operator:0.2.0");
    }

    @Test
    void isTakenAtOnceWhereTheResourceSaysSo() {
        simulation.edit(Deployed.resource("{spec: {rollout: {operatorUpdates: Automatic}}}"));
        assertThat(templates(simulation.pass())).isEqualTo(templates);

        simulation.operatorGets(Installation.UPGRADED);
        assertThat(drivers(simulation.pass())).containsExactly("apim-operator:0.2.0", "apim-operator:0.2.0");
    }

    @Test
    void isForgottenWhenTheEarlierOperatorComesBack() {
        simulation.operatorGets(Installation.UPGRADED);
        simulation.pass();
        simulation.operatorGets(Installation.SETTINGS);

        assertThat(templates(simulation.pass())).isEqualTo(templates);
        assertThat(condition("UpdatePending").status()).isEqualTo("False");
    }

    @Test
    void rendersAnewWhileNoTierHasComeToRestYet() {
        var booting = Deployed.simulation();
        booting.pass();
        booting.operatorGets(Installation.UPGRADED);

        assertThat(drivers(booting.pass())).containsExactly("apim-operator:0.2.0", "apim-operator:0.2.0");
    }

    @Test
    void keepsWhatRunsWhenItFindsAProblem() {
        simulation.operatorGets(Installation.UPGRADED);
        simulation.pass();
        simulation.edit(Deployed.resource("{spec: {database: {apim: {credentialsSecretRef: {name: missing}}}}}"));

        assertThat(templates(simulation.pass())).isEqualTo(templates);
        simulation.edit(Deployed.resource());
        assertThat(templates(simulation.pass())).isEqualTo(templates);
        assertThat(condition("UpdatePending").status()).isEqualTo("True");
    }

    @Test
    void restartsNothingWhenItsSchemaHasDefaultsThatAnEarlierOneHadNot() {
        simulation.edit(Deployed.resource());
        simulation.pass();
        simulation.change(admitted("spec.json", text -> text.replaceFirst(",\"rollout\":\\{[^}]*}", "")));
        simulation.operatorGets(Installation.UPGRADED);

        assertThat(templates(simulation.pass())).isEqualTo(templates);
    }

    @Test
    void restartsNothingWhenItDoesNotUnderstandTheSpecThatAnEarlierOneStored() {
        simulation.edit(Deployed.resource());
        simulation.pass();
        simulation.change(admitted("spec.json", text -> text.replace("\"4.5.0\"", "{\"major\":4}")));
        simulation.operatorGets(Installation.UPGRADED);

        assertThat(templates(simulation.pass())).isEqualTo(templates);
    }

    @Test
    void restartsNothingWhenAnEarlierOneStoredNoOrigin() {
        simulation.change(configMap -> {
            configMap
                    .getData()
                    .keySet()
                    .removeIf(key -> key.endsWith(".source") || key.endsWith(".rendered") || key.equals("generation"));
            return configMap;
        });
        simulation.operatorGets(Installation.UPGRADED);

        assertThat(templates(simulation.pass())).isEqualTo(templates);
        assertThat(condition("UpdatePending").status()).isEqualTo("True");
    }

    @Test
    void restoresStoredRevisionsLetterByLetter() {
        var stored = new HashMap<String, Map<String, String>>();
        simulation.change(configMap -> {
            var data = new HashMap<>(configMap.getData());
            data.computeIfPresent("pod-template.json", (key, text) -> text.replace("{\"metadata\"", "{ \"metadata\""));
            stored.put(configMap.getMetadata().getName(), data);
            return configMap.edit().withData(data).build();
        });

        var revisions = simulation.pass().of(ConfigMap.class).stream()
                .filter(configMap -> configMap.getData().containsKey("pod-template.json"))
                .toList();
        assertThat(revisions).hasSize(2).allSatisfy(configMap -> assertThat(configMap.getData())
                .isEqualTo(stored.get(configMap.getMetadata().getName())));
    }

    @Test
    void rendersAnewWhenTheStoredRevisionIsGone() {
        simulation.operatorGets(Installation.UPGRADED);
        simulation.change(configMap -> configMap.getData().containsKey("pod-template.json") ? null : configMap);

        assertThat(drivers(simulation.pass())).containsExactly("apim-operator:0.2.0", "apim-operator:0.2.0");
    }

    @Test
    void issuesACertificateForItsNamesOnlyTogetherWithARestart() {
        var before = certificate(simulation.pass());
        simulation.operatorGets(Installation.with("apim-operator:0.1.0", ANOTHER_DOMAIN));
        assertThat(certificate(simulation.pass())).isEqualTo(before);

        simulation.edit(Deployed.resource("{spec: {cacheInvalidation: {enabled: false}}}"));
        assertThat(certificate(simulation.pass())).isNotEqualTo(before);
    }

    @Test
    void finishesAChangeThatAnEarlierOneBegan() {
        simulation.edit(Deployed.resource("{spec: {cacheInvalidation: {enabled: false}}}"));
        var changed = templates(simulation.pass());
        simulation.operatorGets(Installation.UPGRADED);

        assertThat(changed).isNotEqualTo(templates);
        assertThat(templates(simulation.pass())).isEqualTo(changed);
    }

    @Test
    void holdsNoDigestThatTwoDeploymentsWithTheSamePasswordHaveInCommon() {
        var other = Deployed.simulation();
        other.give(Retained.secret(NAMES, NAMES.keysSecret(), Map.of("store-password", "of-the-other-deployment")));
        var digest = admitted(simulation.pass()).get("apim-database.source");

        assertThat(digest).matches("[0-9a-f]{10}");
        assertThat(admitted(other.settle()).get("apim-database.source")).isNotEqualTo(digest);
    }

    private Condition condition(String type) {
        var inputs = simulation.inputs();
        return Pass.linted(inputs, Admission.of(inputs)).status(List.of()).conditions().stream()
                .filter(condition -> condition.type().equals(type))
                .findFirst()
                .orElseThrow();
    }

    private static UnaryOperator<ConfigMap> admitted(String key, UnaryOperator<String> change) {
        return configMap -> {
            var data = new HashMap<>(configMap.getData());
            if (data.containsKey(key)) {
                assertThat(data.put(key, change.apply(data.get(key)))).isNotEqualTo(data.get(key));
            }
            return configMap.edit().withData(data).build();
        };
    }

    private static Map<String, String> admitted(Desired desired) {
        return desired.of(ConfigMap.class).stream()
                .filter(configMap -> configMap.getMetadata().getName().equals(NAMES.admitted()))
                .findFirst()
                .orElseThrow()
                .getData();
    }

    private static List<PodTemplateSpec> templates(Desired desired) {
        return desired.of(StatefulSet.class).stream()
                .map(set -> set.getSpec().getTemplate())
                .toList();
    }

    private static List<String> drivers(Desired desired) {
        return templates(desired).stream()
                .flatMap(template -> template.getSpec().getInitContainers().stream())
                .map(Container::getImage)
                .toList();
    }

    private static List<String> names(Desired desired) {
        return desired.objects().stream()
                .map(HasMetadata::getMetadata)
                .map(metadata -> metadata.getName())
                .toList();
    }

    private static String certificate(Desired desired) {
        return desired.of(Secret.class).stream()
                .filter(secret -> secret.getMetadata().getName().equals(NAMES.keysSecret()))
                .findFirst()
                .orElseThrow()
                .getData()
                .get("tls.crt");
    }
}
