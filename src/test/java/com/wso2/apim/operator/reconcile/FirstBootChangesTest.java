package com.wso2.apim.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import com.wso2.apim.operator.inputs.Inputs;
import com.wso2.apim.operator.model.Names;
import com.wso2.apim.operator.resources.Desired;
import com.wso2.apim.operator.revision.Admission;
import com.wso2.apim.operator.support.Deployed;
import com.wso2.apim.operator.support.Retained;
import com.wso2.apim.operator.support.Simulation;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the first boot wrote into the databases is changed in its Secret. */
class FirstBootChangesTest {

    private static final Names NAMES = new Names("wso2", "apim");
    private static final Pattern TOKEN = Pattern.compile("add ([0-9a-f]{10}) to spec\\.credentials\\.acknowledged");
    private static final String BOSS = "admin: {secretRef: {name: boss}}";
    private static final String NEWEST = "{spec: {version: 4.7.0, encryption: {secretRef: {name: key}}}}";

    private Simulation simulation = Deployed.simulation("{spec: {%s}}".formatted(BOSS));
    private List<PodTemplateSpec> templates;

    @BeforeEach
    void run() {
        give("boss", "first-password");
        templates = templates(simulation.settle());
    }

    @Test
    void isKeptFromTheNodesAndNamedWithWhatToDo() {
        give("boss", "second-password");

        assertThat(templates(simulation.settle())).isEqualTo(templates);
        assertThat(environment(simulation.pass(), "WSO2_ADMIN_PASSWORD")).isEqualTo("first-password");
        var inSync = simulation.condition("CredentialsInSync");
        assertThat(inSync.status()).isEqualTo("False");
        assertThat(inSync.reason()).isEqualTo("ChangedAfterFirstBoot");
        assertThat(inSync.message())
                .matches(
                        "Secret boss does not hold the administrator that nodes use: the first boot wrote the old one into "
                                + "the user store, so they keep that; put the old value back, or change the password in the "
                                + "Management Console \\(/carbon\\), or add the user with the role admin there, and then add "
                                + "[0-9a-f]{10} to spec.credentials.acknowledged, which restarts every node with the new one");
        assertThat(simulation.condition("Ready").status()).isEqualTo("True");
        assertThat(simulation.condition("Reconciling").status()).isEqualTo("False");
    }

    @Test
    void isForgottenWhenTheOldValueIsPutBack() {
        give("boss", "second-password");
        simulation.settle();
        give("boss", "first-password");

        assertThat(templates(simulation.settle())).isEqualTo(templates);
        assertThat(simulation.condition("CredentialsInSync").status()).isEqualTo("True");
    }

    @Test
    void isTakenOverByBothTiersWhenItIsAcknowledged() {
        give("boss", "second-password");
        acknowledge(token());

        var desired = simulation.pass();
        assertThat(templates(desired)).hasSize(2).doesNotContainAnyElementsOf(templates);
        assertThat(environments(desired, "WSO2_ADMIN_PASSWORD")).contains("second-password");
        assertThat(simulation.condition("CredentialsInSync").status()).isEqualTo("True");
    }

    @Test
    void isTakenOverAloneByItsAcknowledgement() {
        give("boss", "second-password");
        var second = token();
        give("boss", "third-password");
        var third = token();
        acknowledge(second);

        assertThat(third).isNotEqualTo(second);
        assertThat(templates(simulation.pass())).isEqualTo(templates);
        assertThat(token()).isEqualTo(third);
        assertThat(warnings())
                .containsExactly("spec.credentials.acknowledged: %s stands for no change that waits: remove it"
                        .formatted(second));
    }

    @Test
    void isNotLetThroughByTheAcknowledgementOfAnEarlierOne() {
        give("boss", "second-password");
        acknowledge(token());
        simulation.pass();
        give("boss", "third-password");
        var taken = templates(simulation.pass());

        assertThat(taken).isEqualTo(templates(simulation.pass())).isNotEqualTo(templates);
        assertThat(simulation.condition("CredentialsInSync").status()).isEqualTo("False");
        give("boss", "first-password");
        assertThat(templates(simulation.pass())).isEqualTo(taken);
        assertThat(simulation.condition("CredentialsInSync").status()).isEqualTo("False");
    }

    @Test
    void restartsNothingByAnAcknowledgementOfNothing() {
        acknowledge("0123456789");

        assertThat(templates(simulation.settle())).isEqualTo(templates);
        assertThat(warnings())
                .containsExactly(
                        "spec.credentials.acknowledged: 0123456789 stands for no change that waits: remove it");
        assertThat(simulation.condition("CredentialsInSync").status()).isEqualTo("True");
    }

    @Test
    void isToldByATokenThatNobodyCanGuessThePasswordFrom() {
        give("boss", "second-password");
        var token = token();
        simulation = Deployed.simulation("{spec: {%s}}".formatted(BOSS));
        give("boss", "first-password");
        var keys = Retained.secrets(NAMES).stream()
                .filter(secret -> secret.getMetadata().getName().equals("apim-keys"))
                .findFirst()
                .orElseThrow();
        keys.getData().put("store-password", "YW5vdGhlci1zdG9yZS1wYXNzd29yZA==");
        simulation.give(keys);
        simulation.settle();
        give("boss", "second-password");

        assertThat(token()).isNotEqualTo(token);
    }

    @Test
    void isHeldBackWhereTheSecretIsTheGeneratedOne() {
        simulation = Deployed.simulation();
        templates = templates(simulation.settle());
        lose("apim-admin");
        give("apim-admin", "second-password");

        assertThat(templates(simulation.settle())).isEqualTo(templates);
        assertThat(simulation.condition("CredentialsInSync").message())
                .startsWith("Secret apim-admin does not hold the administrator that nodes use: ");
        simulation.edit(Deployed.resource(
                "{spec: {credentials: {acknowledged: ['%s']}}}".formatted(token()), "{spec: {admin: null}}"));
        assertThat(environments(simulation.pass(), "WSO2_ADMIN_PASSWORD")).contains("second-password");
    }

    @Test
    void isHeldBackWhereItIsTheEncryptionKey() {
        simulation = Deployed.simulation(NEWEST);
        simulation.give(Retained.secret(NAMES, "key", Map.of("key", "0".repeat(64))));
        templates = templates(simulation.settle());
        simulation.give(Retained.secret(NAMES, "key", Map.of("key", "1".repeat(64))));

        assertThat(templates(simulation.settle())).isEqualTo(templates);
        assertThat(simulation.condition("CredentialsInSync").message())
                .contains("Secret key does not hold the encryption key that nodes use: ")
                .contains("whatever was not encrypted anew can never be read again");
        simulation.edit(Deployed.resource(NEWEST, "{spec: {credentials: {acknowledged: ['%s']}}}".formatted(token())));
        assertThat(environments(simulation.pass(), "WSO2_ENCRYPTION_KEY")).contains("1".repeat(64));
    }

    @Test
    void isNotTakenForTheOldOneWhenTheSecretThatNodesHadItFromIsGone() {
        lose("apim-env-");
        assertThat(templates(simulation.pass())).isEqualTo(templates);

        lose("apim-env-");
        give("boss", "second-password");
        var admission = Admission.of(simulation.inputs());
        assertThat(admission.problems())
                .singleElement()
                .asString()
                .matches(
                        "Secret boss: does not hold the administrator that the databases know, and the Secret that nodes had "
                                + "it from is gone: put the old value back, or, if the databases know the new one, add [0-9a-f]{10} "
                                + "to spec.credentials.acknowledged");

        acknowledge(token(admission.problems().get(0).toString()));
        assertThat(environments(simulation.pass(), "WSO2_ADMIN_PASSWORD")).containsExactly("second-password");
    }

    private void lose(String secrets) {
        simulation.lose(object ->
                object instanceof Secret && object.getMetadata().getName().startsWith(secrets));
    }

    private void give(String secret, String password) {
        simulation.give(Retained.secret(NAMES, secret, Map.of("username", "boss", "password", password)));
    }

    private void acknowledge(String token) {
        simulation.edit(Deployed.resource("{spec: {%s, credentials: {acknowledged: ['%s']}}}".formatted(BOSS, token)));
    }

    private String token() {
        return token(simulation.condition("CredentialsInSync").message());
    }

    private static String token(String message) {
        var token = TOKEN.matcher(message);
        assertThat(token.find()).as(message).isTrue();
        return token.group(1);
    }

    private List<String> warnings() {
        return simulation.status().warnings().stream()
                .filter(warning -> warning.startsWith("spec.credentials"))
                .toList();
    }

    private static String environment(Desired desired, String variable) {
        var values = environments(desired, variable);
        assertThat(values).hasSize(1);
        return values.get(0);
    }

    /** Of every revision that is kept. */
    private static List<String> environments(Desired desired, String variable) {
        return desired.of(Secret.class).stream()
                .flatMap(secret -> Inputs.value(secret, variable).stream())
                .toList();
    }

    private static List<PodTemplateSpec> templates(Desired desired) {
        return desired.of(StatefulSet.class).stream()
                .map(set -> set.getSpec().getTemplate())
                .toList();
    }
}
