package com.wso2.apim.operator.controlplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.wso2.apim.operator.controlplane.PodHistory.What;
import com.wso2.apim.operator.inputs.Certificate;
import com.wso2.apim.operator.support.CertManagers;
import com.wso2.apim.operator.support.Pems;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Certificates of cert-manager, whose real CRD comes while operators run. The test plays cert-manager itself: the module of its
 * controller has no version that a Go proxy serves, so it is not built here.
 */
@OnControlPlane
class CertManagerTest {

    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final List<String> KINDS = List.of("certificates", "issuers");
    private static final Pattern BLOCK = Pattern.compile("(?s)```yaml\n(.*?)```");
    private static final PatchContext DRY_AND_STRICT = new PatchContext.Builder()
            .withPatchType(PatchType.SERVER_SIDE_APPLY)
            .withFieldManager("kubectl")
            .withFieldValidation("Strict")
            .withDryRun(List.of("All"))
            .build();
    private static final String NAME = "apim-nodes-tls";
    private static final String ANOTHER_HOST = """
            {"spec": {"hostnames": {"gateway": "calls.am.example.com"}}}
            """;
    private static final String GENERATED = """
            {"spec": {"keystores": {"tls": {"source": "Generated", "certManager": null}}}}
            """;

    private final CertManagers issuer = new CertManagers(Instant.now());
    private KubernetesClient admin;
    private ControlPlane controlPlane;
    private Deployment deployment;

    @BeforeEach
    void begin(ControlPlane controlPlane, Deployment deployment) {
        this.controlPlane = controlPlane;
        this.admin = controlPlane.client();
        this.deployment = deployment;
    }

    @AfterEach
    void removeCrds() {
        KINDS.forEach(kind -> {
            var crd = admin.apiextensions().v1().customResourceDefinitions().withName(kind + ".cert-manager.io");
            crd.delete();
            await().atMost(PATIENCE).until(() -> crd.get() == null);
        });
    }

    @Test
    void areAskedForAsTheCrdsAndThePageSay() throws IOException {
        KINDS.forEach(this::install);
        var page = Files.readString(Path.of("docs", "cert-manager.md"));
        var manifests = BLOCK.matcher(page).results().map(block -> block.group(1));

        Stream.concat(
                        manifests,
                        Stream.of(Files.readString(Path.of("src/test/resources/cert-manager/certificate.yaml"))))
                .flatMap(text -> Stream.of(text.split("(?m)^---$")))
                .filter(text -> !text.isBlank())
                .map(text -> Serialization.unmarshal(text, GenericKubernetesResource.class))
                .forEach(object -> assertThat(admin.genericKubernetesResources(served(object))
                                .inNamespace(deployment.namespace())
                                .resource(object)
                                .patch(DRY_AND_STRICT))
                        .isNotNull());
    }

    @Test
    void areWaitedForAtFirstAndWithAnotherHostName() throws IOException {
        applyExampleWithIssuer();
        awaitProblem("ReferencesResolved", "the cluster does not serve Certificate of cert-manager.io/v1");

        install();
        var asked = awaitAsked("gw.am.example.com");
        assertThat(asked.getMetadata().getOwnerReferences()).hasSize(1);
        assertThat(asked.getSpec().duration()).isEqualTo("720h0m0s");
        awaitProblem("ReferencesResolved", "cert-manager has not issued Certificate 'apim-nodes-tls' yet");
        say(asked, "Issuing", false, "The request has failed: there is no issuer 'inside'");
        awaitProblem("ReferencesResolved", "it says: The request has failed: there is no issuer 'inside'");
        assertThat(deployment.history().moments()).isEmpty();

        issue();
        deployment.awaitReady();
        deployment.awaitQuiet();
        deployment.history().clear();

        deployment.patch(ANOTHER_HOST);
        awaitProblem(
                "CertificatesValid", "was issued last does not cover calls.am.example.com: nodes keep what they run");
        awaitAsked("calls.am.example.com");
        assertThat(deployment.history().moments()).isEmpty();

        issue();
        deployment.awaitReady();
        assertThat(deployment.history().pods(What.CREATED))
                .containsExactly("apim-tm-1", "apim-tm-0", "apim-aio-1", "apim-aio-0");
        assertThat(deployment.audit().forbidden()).isEmpty();
    }

    @Test
    void areReplacedByThoseOfAnotherAuthorityWithoutAMomentOfDistrust() throws IOException {
        install();
        applyExampleWithIssuer();
        awaitAsked("gw.am.example.com");
        issue();
        deployment.awaitReady();

        try (var nodes = new TrustWatch(admin, deployment.namespace())) {
            issuer.newAuthority();
            var leaf = issue();
            await().atMost(PATIENCE).until(() -> nodes.isSettledOn(Pems.first(leaf), Pems.first(issuer.authority())));
            deployment.awaitReady();

            deployment.patch(GENERATED);
            await().atMost(PATIENCE).until(() -> certificate().isEmpty());
            await().atMost(PATIENCE)
                    .until(() -> nodes.isSettledOn(
                            Pems.first(value("apim-keys", "tls.crt")), Pems.first(value("apim-ca", "ca.crt"))));
            deployment.awaitReady();
            nodes.check();
            assertThat(nodes.moments()).as("revisions side by side").isGreaterThan(6);
        }
        assertThat(deployment.secret(NAME)).as("is cert-manager's").isNotNull();
        assertThat(deployment.audit().forbidden()).isEmpty();
    }

    private void applyExampleWithIssuer() throws IOException {
        deployment.load("minimal", "secrets.yaml").forEach(controlPlane::apply);
        for (var object : deployment.load("minimal", "cr.yaml")) {
            Map<String, Object> spec = ((GenericKubernetesResource) object).get("spec");
            var asked = Map.of("issuerRef", Map.of("name", "inside"), "durationDays", 30);
            spec.put("keystores", Map.of("tls", Map.of("source", "CertManager", "certManager", asked)));
            controlPlane.apply(object);
        }
    }

    /** The client knows the kinds that it was built with, and asks the API server for others only once. */
    private static ResourceDefinitionContext served(GenericKubernetesResource object) {
        return new ResourceDefinitionContext.Builder()
                .withGroup(object.getApiVersion().split("/")[0])
                .withVersion(object.getApiVersion().split("/")[1])
                .withKind(object.getKind())
                .withPlural(object.getKind().toLowerCase(Locale.ROOT) + "s")
                .withNamespaced(true)
                .build();
    }

    private void install() {
        install("certificates");
        await().atMost(PATIENCE).ignoreExceptions().until(() -> certificate().isEmpty());
    }

    private void install(String kind) {
        try {
            var module = controlPlane.module("github.com/cert-manager/cert-manager");
            controlPlane.apply(module.resolve(Path.of("deploy", "crds", "cert-manager.io_%s.yaml".formatted(kind))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var address = "/apis/cert-manager.io/v1/namespaces/%s/%s".formatted(deployment.namespace(), kind);
        await().atMost(PATIENCE).until(() -> admin.raw(address) != null);
    }

    private Optional<Certificate> certificate() {
        return Optional.ofNullable(admin.resources(Certificate.class)
                .inNamespace(deployment.namespace())
                .withName(NAME)
                .get());
    }

    private Certificate awaitAsked(String host) {
        return await().atMost(PATIENCE)
                .until(
                        () -> certificate()
                                .filter(found -> found.getSpec().dnsNames().contains(host)),
                        Optional::isPresent)
                .orElseThrow();
    }

    private void awaitProblem(String type, String message) {
        deployment.awaitCondition(
                type,
                condition -> condition.status().equals("False")
                        && condition.message().contains(message));
    }

    /** As cert-manager does: a new key each time. Returns the certificate. */
    private String issue() {
        var asked = certificate().orElseThrow();
        var issued = issuer.issue(asked);
        issued.getMetadata().setNamespace(deployment.namespace());
        admin.resource(issued)
                .patch(new PatchContext.Builder()
                        .withPatchType(PatchType.SERVER_SIDE_APPLY)
                        .withFieldManager("cert-manager-certificates-issuing")
                        .withForce(true)
                        .build());
        say(asked, "Ready", true, "Certificate is up to date and has not expired");
        return value(NAME, "tls.crt");
    }

    private void say(Certificate asked, String type, boolean isTrue, String message) {
        asked.setStatus(new Certificate.Status(List.of(CertManagers.condition(asked, type, isTrue, message))));
        admin.resource(asked).patchStatus();
    }

    private String value(String secret, String key) {
        return Pems.text(deployment.secret(secret).getData().get(key));
    }
}
