package com.wso2.apim.operator.controlplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.wso2.apim.operator.controlplane.PodHistory.What;
import com.wso2.apim.operator.pki.CertificateAuthority;
import com.wso2.apim.operator.pki.CertificateDetails;
import com.wso2.apim.operator.pki.KeyMaterial;
import com.wso2.apim.operator.support.Pems;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A TLS certificate of a company's own authority, which somebody replaces from time to time. */
@OnControlPlane
class GivenCertificateTest {

    private static final Duration PATIENCE = Duration.ofSeconds(150);
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String GIVEN =
            "{\"spec\": {\"keystores\": {\"tls\": {\"source\": \"Secret\", \"secret\": {\"name\": \"company-tls\"}}}}}";

    private final KeyMaterial authority = CertificateAuthority.create("The company", Instant.now(), RANDOM);

    @Test
    void reachesEveryNodeAndABrokenReplacementReachesNone(Deployment deployment) throws IOException {
        deployment.run("minimal");
        var names = CertificateDetails.of(
                        Pems.text(deployment.secret("apim-keys").getData().get("tls.crt")))
                .dnsNames();
        var first = issue(names);
        deployment.createSecret("company-tls", secret(first));
        try (var nodes = new TrustWatch(deployment.client(), deployment.namespace())) {
            deployment.patch(GIVEN);
            await().atMost(PATIENCE).until(() -> nodes.isSettledOn(first.leaf(), Pems.first(authority.certificates())));
            deployment.awaitReady();
            deployment.awaitQuiet();
            var restarts = deployment.history().pods(What.CREATED).size();

            deployment.patchSecret("company-tls", secret(issue(List.of("elsewhere.example.com"))));
            var broken = deployment.awaitCondition(
                    "CertificatesValid", condition -> condition.status().equals("False"));
            assertThat(broken.message()).contains("key 'tls.crt' of Secret 'company-tls'", "does not cover");
            deployment.patchSecret("company-tls", Map.of("tls.key", issue(names).privateKey()));
            deployment.awaitCondition(
                    "CertificatesValid", condition -> condition.message().contains("private key does not belong"));
            deployment.awaitQuiet();
            assertThat(deployment.history().pods(What.CREATED)).hasSize(restarts);
            assertThat(nodes.isSettledOn(first.leaf(), Pems.first(authority.certificates())))
                    .isTrue();

            var second = issue(names);
            deployment.patchSecret("company-tls", secret(second));
            await().atMost(PATIENCE)
                    .until(() -> nodes.isSettledOn(second.leaf(), Pems.first(authority.certificates())));
            deployment.awaitReady();
            assertThat(deployment.history().pods(What.CREATED)).hasSize(restarts + 4);
            nodes.check();
        }
    }

    private KeyMaterial issue(List<String> names) {
        return CertificateAuthority.issue(authority, "nodes", names, Instant.now(), Duration.ofDays(90), RANDOM);
    }

    private static Map<String, String> secret(KeyMaterial pair) {
        return Map.of("tls.crt", pair.certificates(), "tls.key", pair.privateKey());
    }
}
