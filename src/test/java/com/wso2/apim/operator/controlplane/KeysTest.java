package com.wso2.apim.operator.controlplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.wso2.apim.operator.controlplane.PodHistory.What;
import com.wso2.apim.operator.pki.CertificateDetails;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Keys and passwords of a running deployment. */
@OnControlPlane
class KeysTest {

    private Deployment deployment;

    @BeforeEach
    void run(Deployment deployment) throws IOException {
        this.deployment = deployment;
        deployment.run("minimal");
    }

    @Test
    void coverANewHostNameAfterARoll() {
        var before = details("apim-keys", "tls.crt");
        var primary = deployment.secret("apim-keys").getData().get("primary.key");
        deployment.patch("{\"spec\": {\"hostnames\": {\"gateway\": \"calls.am.example.com\"}}}");
        deployment.awaitReady();

        assertThat(before.covers("calls.am.example.com")).isFalse();
        assertThat(details("apim-keys", "tls.crt").covers("calls.am.example.com"))
                .isTrue();
        assertThat(deployment.secret("apim-keys").getData().get("primary.key")).isEqualTo(primary);
        assertThat(deployment.history().pods(What.CREATED))
                .containsExactly("apim-tm-1", "apim-tm-0", "apim-aio-1", "apim-aio-0");
    }

    @Test
    void areNeverReplacedBehindTheBackOfNodesThatTrustALostAuthority() {
        var authority = deployment.secret("apim-ca");
        // A pass that is under way still has the old one in hand, and would put it back.
        deployment.stopOperator();
        deployment.client().resource(authority).delete();
        deployment.startOperator();

        var lost = deployment.awaitCondition(
                "CertificatesValid", condition -> condition.status().equals("False"));
        assertThat(lost.message())
                .contains(
                        "Secret apim-ca: is gone or incomplete while nodes trust the authority in it: restore it from a backup");
        assertThat(deployment.history().moments()).isEmpty();

        authority.getMetadata().setResourceVersion(null);
        deployment.create(authority);
        deployment.awaitReady();
        assertThat(deployment.history().moments()).isEmpty();
    }

    @Test
    void areNotTouchedOnceSomebodyTookTheirMarkAway() {
        var marked = deployment.secret("apim-keys");
        var mark = "{\"metadata\": {\"annotations\": {\"apim.wso2.com/owner\": %s}}}";
        deployment.client().resource(marked).patch(PatchContext.of(PatchType.JSON_MERGE), mark.formatted("null"));

        var foreign = deployment.awaitCondition(
                "ReferencesResolved", condition -> condition.status().equals("False"));
        assertThat(foreign.message())
                .isEqualTo("Secret/apim-keys: holds keys that are kept for nobody: if they are meant for this "
                        + "ApiManagerCluster, set the annotation apim.wso2.com/owner to %s/apim; otherwise rename or delete it"
                                .formatted(deployment.namespace()));

        deployment
                .client()
                .resource(marked)
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        mark.formatted("\"%s/apim\"".formatted(deployment.namespace())));
        deployment.awaitReady();
        assertThat(deployment.secret("apim-keys").getData()).isEqualTo(marked.getData());
        assertThat(deployment.history().moments()).isEmpty();
    }

    @Test
    void ofTheAdministratorStayAsTheDatabaseKnowsThem() {
        deployment
                .client()
                .resource(deployment.secret("apim-admin"))
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"data\": {\"password\": \"%s\"}}".formatted(base64("another-password")));

        var changed = deployment.awaitCondition(
                "CredentialsInSync", condition -> condition.status().equals("False"));
        assertThat(changed.reason()).isEqualTo("ChangedAfterFirstBoot");
        deployment.awaitQuiet();
        assertThat(deployment.history().moments()).isEmpty();
        assertThat(deployment.secret("apim-admin").getData().get("password")).isEqualTo(base64("another-password"));
        assertThat(deployment.condition("Ready").orElseThrow().status()).isEqualTo("True");
    }

    @Test
    void includeOneForStoredSecretsWhereTheVersionUsesIt() throws IOException {
        deployment.client().resource(deployment.resource()).delete();
        deployment.awaitGone("StatefulSet/apim-aio");
        deployment.applyExampleOf("4.7.0");
        deployment.awaitReady();

        var key = text(deployment.secret("apim-encryption"), "key");
        assertThat(key).matches("[0-9a-f]{64}");
        assertThat(deployment.names())
                .filteredOn(name -> name.startsWith("Secret/apim-env-"))
                .singleElement()
                .satisfies(name -> assertThat(
                                text(deployment.secret(name.substring("Secret/".length())), "WSO2_ENCRYPTION_KEY"))
                        .isEqualTo(key));
        assertThatThrownBy(() -> deployment
                        .client()
                        .resource(deployment.secret("apim-encryption"))
                        .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"data\": {\"key\": \"MDA=\"}}"))
                .hasMessageContaining("field is immutable");
    }

    private CertificateDetails details(String secret, String key) {
        return CertificateDetails.of(text(deployment.secret(secret), key));
    }

    private static String text(Secret secret, String key) {
        return new String(Base64.getDecoder().decode(secret.getData().get(key)), StandardCharsets.UTF_8);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
