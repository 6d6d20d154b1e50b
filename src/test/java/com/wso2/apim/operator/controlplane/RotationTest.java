package com.wso2.apim.operator.controlplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.wso2.apim.operator.api.v1alpha1.ApiManagerClusterStatus.Condition;
import com.wso2.apim.operator.controlplane.PodHistory.What;
import com.wso2.apim.operator.inputs.Settings;
import com.wso2.apim.operator.support.SettingsBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Passwords that change while nodes run. */
@OnControlPlane
class RotationTest {

    private static final List<String> ROLL = List.of("apim-tm-1", "apim-tm-0", "apim-aio-1", "apim-aio-0");
    private static final Duration A_MINUTE = Duration.ofMinutes(1);
    private static final Pattern TOKEN = Pattern.compile("add ([0-9a-f]{10}) to spec\\.credentials\\.acknowledged");

    /** What an installation has that sets nothing else. */
    private static final Settings BY_DEFAULT =
            SettingsBuilder.from(Deployment.SETTINGS).resyncInterval(A_MINUTE).build();

    private Deployment deployment;

    @BeforeEach
    void run(Deployment deployment) throws IOException {
        this.deployment = deployment;
        deployment.run("minimal");
    }

    @Test
    void rollWithinAMinuteOfTheChangeAndNoSecretIsWatchedThatIsNotOurs() throws Exception {
        deployment.stopOperator();
        var started = Instant.now();
        deployment.startOperator(BY_DEFAULT);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> deployment.audit().since(started).passes() > 0);
        // Just after a pass: it is the longest way to the next.
        Thread.sleep(5000);
        var passes = deployment.audit().since(started).passes();

        var changed = Instant.now();
        deployment.patchSecret("apim-db", Map.of("password", "another-password"));
        await().atMost(A_MINUTE)
                .until(() -> deployment.history().pods(What.DELETED).contains("apim-tm-1"));
        assertThat(Duration.between(changed, Instant.now())).isLessThan(A_MINUTE);
        assertThat(passes).as("idle before").isLessThan(5);

        assertThat(deployment.audit().since(started).collections("secrets"))
                .isNotEmpty()
                .allSatisfy(request -> assertThat(request).contains("labelSelector="));
        deployment.stopOperator();
        deployment.startOperator();
        await().atMost(Duration.ofSeconds(120))
                .until(() -> deployment.history().pods(What.READY).size() == 4);
        assertThat(deployment.history().pods(What.CREATED)).isEqualTo(ROLL);
    }

    @Test
    void thatAreWrongLeaveTheOtherNodesOnTheOldOnes() {
        deployment.stopOperator();
        deployment.patchSecret("apim-db", Map.of("password", "wrong-password"));
        // Stands for a node that cannot log in.
        deployment.patch(
                "{\"spec\": {\"trafficManager\": {\"env\": [{\"name\": \"KUBE_TEST_HOLD\", \"value\": \"true\"}]}}}");
        deployment.startOperator();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> deployment.history().pods(What.CREATED).contains("apim-tm-1"));
        deployment.awaitQuiet();

        assertThat(deployment.history().pods(What.CREATED)).containsExactly("apim-tm-1");
        assertThat(deployment.history().pods(What.DELETED)).containsExactly("apim-tm-1");
        assertThat(deployment.condition("Available").orElseThrow().status()).isEqualTo("True");
        assertThat(deployment.condition("Ready").orElseThrow().status()).isEqualTo("False");
    }

    @Test
    void ofTheAdministratorAreTakenOverOnceTheirTokenIsInTheSpec() {
        deployment.patchSecret("apim-admin", Map.of("password", "another-password"));
        var held = deployment.awaitCondition(
                "CredentialsInSync", condition -> condition.status().equals("False"));
        deployment.awaitQuiet();
        assertThat(deployment.history().moments()).isEmpty();
        assertThat(deployment.events()).containsOnlyOnce("ChangedAfterFirstBoot: " + held.message());

        var token = token(held);
        deployment.patch("{\"spec\": {\"credentials\": {\"acknowledged\": [\"%s\"]}}}".formatted(token));
        await().atMost(Duration.ofSeconds(120))
                .until(() -> deployment.history().pods(What.READY).size() == 4);
        deployment.awaitReady();

        assertThat(deployment.history().pods(What.CREATED)).isEqualTo(ROLL);
        assertThat(deployment.condition("CredentialsInSync").orElseThrow().status())
                .isEqualTo("True");
        assertThat(deployment.events())
                .containsOnlyOnce("CredentialsTaken: the administrator of Secret apim-admin is taken over, as " + token
                        + " in spec.credentials.acknowledged says");
        assertThat(deployment.resource().getSpec().credentials().acknowledged()).containsExactly(token);
        assertThat(deployment.resource().getStatus().warnings())
                .contains("spec.credentials.acknowledged: %s stands for no change that waits: remove it"
                        .formatted(token));
        await("the revisions from before are removed")
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(passwords()).containsExactly("another-password"));
    }

    private static String token(Condition held) {
        var token = TOKEN.matcher(held.message());
        assertThat(token.find()).as(held.message()).isTrue();
        return token.group(1);
    }

    private List<String> passwords() {
        return deployment.objects().stream()
                .filter(Secret.class::isInstance)
                .map(Secret.class::cast)
                .map(secret -> secret.getData().get("WSO2_ADMIN_PASSWORD"))
                .filter(Objects::nonNull)
                .map(encoded -> new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8))
                .toList();
    }
}
