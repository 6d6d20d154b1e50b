package com.wso2.apim.operator.resources;

import static org.assertj.core.api.Assertions.assertThat;

import com.wso2.apim.operator.api.v1alpha1.ApiManagerCluster;
import com.wso2.apim.operator.inputs.Certificate;
import com.wso2.apim.operator.inputs.Certificate.Condition;
import com.wso2.apim.operator.inputs.Inputs;
import com.wso2.apim.operator.model.Names;
import com.wso2.apim.operator.model.Problem;
import com.wso2.apim.operator.revision.Admission;
import com.wso2.apim.operator.rollout.Plan;
import com.wso2.apim.operator.rollout.Plan.Phase;
import com.wso2.apim.operator.rollout.Progress;
import com.wso2.apim.operator.support.AdmittedResource;
import com.wso2.apim.operator.support.CertManagers;
import com.wso2.apim.operator.support.Retained;
import com.wso2.apim.operator.support.Simulation;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What cert-manager is asked for, and what is made of its answer. */
class IssuedTest {

    private static final Names NAMES = new Names("wso2", "apim");
    private static final Path EXPECTED = Path.of("src/test/resources/cert-manager/certificate.yaml");
    private static final String ISSUED = """
            spec:
              keystores:
                tls:
                  source: CertManager
                  certManager: {issuerRef: {name: inside, kind: ClusterIssuer}, durationDays: 30, renewBeforeDays: 10}
            """;
    private static final String ANOTHER_HOST = "spec: {hostnames: {gateway: calls.am.example.com}}";
    private static final String FIELD = "spec.keystores.tls.certManager: ";
    private static final CertManagers CERT_MANAGER = new CertManagers(Simulation.START);

    @Test
    void isACertificateForEveryNameOfANode() throws IOException {
        var shown = Serialization.asYaml(asked(served()));

        if (Boolean.getBoolean("golden.update")) {
            Files.createDirectories(EXPECTED.getParent());
            Files.writeString(EXPECTED, shown);
        }
        assertThat(EXPECTED).hasContent(shown);
    }

    @Test
    void hasNoCommonNameThatX509HasNoRoomFor() {
        var host = "a".repeat(60) + ".example.com";
        var longer = served(ISSUED, "spec: {hostnames: {api: %s}}".formatted(host));

        assertThat(asked(longer).getSpec().commonName()).isNull();
        assertThat(asked(longer).getSpec().dnsNames()).contains(host);
    }

    @Test
    void isNotAskedForWhereNobodyServesIt() {
        var simulation = simulation(ISSUED);

        assertThat(problems(simulation.inputs()))
                .containsExactly(
                        FIELD + "the cluster does not serve Certificate of cert-manager.io/v1: install cert-manager, "
                                + "or choose another source");
        assertThat(wanted(simulation.inputs()).objects()).isEmpty();
    }

    @Test
    void isAllThatIsWantedUntilItIsIssued() {
        var inputs = served().inputs();

        assertThat(problems(inputs))
                .containsExactly(
                        FIELD + "cert-manager has not issued Certificate 'apim-nodes-tls' yet; it says: nothing yet");
        assertThat(wanted(inputs).objects()).hasOnlyElementsOfType(Certificate.class);
        assertThat(wanted(inputs).prunes()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    Ready   | False | Issuing certificate as Secret does not exist | 2 | Issuing certificate as Secret does not exist
                    Issuing | False | The request has failed: denied               | 2 | The request has failed: denied
                    Issuing | True  | Issuing certificate                          | 2 | Issuing certificate
                    Ready   | True  | Certificate is up to date                    | 2 | nothing yet
                    Ready   | False | Something about the last one                 | 1 | nothing yet
                    """)
    void comesWithWhatCertManagerSaysOfIt(String type, String status, String message, long generation, String told) {
        var simulation = served();
        var certificate = asked(simulation);
        certificate.getMetadata().setGeneration(2L);
        certificate.setStatus(new Certificate.Status(List.of(new Condition(type, status, message, generation))));

        assertThat(problems(with(simulation.inputs(), certificate)))
                .singleElement()
                .asString()
                .endsWith("it says: " + told);
    }

    @Test
    void neverOverwritesASecretOfSomebodyElse() {
        var simulation = served();
        simulation.give(new SecretBuilder()
                .withNewMetadata()
                .withName("apim-nodes-tls")
                .endMetadata()
                .addToData("tls.crt", "")
                .build());

        assertThat(problems(simulation.inputs()))
                .containsExactly(FIELD
                        + "Secret 'apim-nodes-tls' exists and is not of Certificate 'apim-nodes-tls', and cert-manager "
                        + "would overwrite it: rename or delete it");
        assertThat(wanted(simulation.inputs()).objects()).isEmpty();
    }

    @Test
    void isWhatNodesShowAndTrustOnceItIsIssued() {
        var simulation = served();
        simulation.give(CERT_MANAGER.issue(asked(simulation)));

        var objects = simulation.settle();
        var keys = Admission.of(simulation.inputs()).sources().orElseThrow().keys();
        assertThat(keys.tls().details().issuer()).isEqualTo("CN=an issuer of kind CA");
        assertThat(keys.authorities()).containsExactly(CERT_MANAGER.authority());
        assertThat(objects.of(Certificate.class)).hasSize(1);
        assertThat(objects.of(Secret.class))
                .extracting(secret -> secret.getMetadata().getName())
                .doesNotContain("apim-nodes-tls");
    }

    @Test
    void isAskedForAnewWithAnotherHostWhileNodesRunOn() {
        var simulation = served();
        simulation.give(CERT_MANAGER.issue(asked(simulation)));
        var before = simulation.settle().of(StatefulSet.class);
        simulation.edit(resource(ISSUED, ANOTHER_HOST));

        var inputs = simulation.inputs();
        assertThat(problems(inputs))
                .containsExactly(FIELD
                        + "the certificate that was issued last does not cover calls.am.example.com: nodes keep what they "
                        + "run until cert-manager has issued Certificate 'apim-nodes-tls' anew; it says: nothing yet");
        assertThat(asked(simulation).getSpec().dnsNames()).contains("calls.am.example.com");
        var frozen = simulation.pass();
        assertThat(frozen.prunes()).isFalse();
        assertThat(frozen.of(StatefulSet.class))
                .extracting(set -> set.getSpec().getTemplate())
                .isEqualTo(
                        before.stream().map(set -> set.getSpec().getTemplate()).toList());

        simulation.give(CERT_MANAGER.issue(asked(simulation)));
        assertThat(problems(simulation.inputs())).isEmpty();
    }

    @Test
    void isLeftAloneWhileTheResourceHasAMistake() {
        var simulation = served();
        simulation.give(CERT_MANAGER.issue(asked(simulation)));
        simulation.settle();
        simulation.edit(resource(ISSUED, ANOTHER_HOST, "spec: {allInOne: {jvm: {xms: 2g}}}"));

        var inputs = simulation.inputs();
        assertThat(problems(inputs)).singleElement().asString().startsWith("spec.allInOne.jvm.xms");
        assertThat(wanted(inputs).of(Certificate.class)).isEmpty();
        assertThat(wanted(inputs).prunes()).isFalse();
    }

    private static Simulation served() {
        return served(ISSUED);
    }

    private static Simulation served(String... changes) {
        var simulation = simulation(changes);
        simulation.getsCertManager();
        return simulation;
    }

    private static Simulation simulation(String... changes) {
        var given = new ArrayList<>(Retained.secrets(NAMES));
        given.add(credentials("apim-db"));
        given.add(credentials("shared-db"));
        return new Simulation(resource(changes), given);
    }

    private static ApiManagerCluster resource(String... changes) {
        var resource = AdmittedResource.of(Path.of("examples/minimal/cr.yaml"), changes);
        resource.getMetadata().setUid("5d0b0f3e-0000-4000-8000-000000000000");
        return resource;
    }

    private static Secret credentials(String name) {
        return Retained.secret(NAMES, name, Map.of("username", "apim", "password", "stand-in-for-a-password"));
    }

    private static List<String> problems(Inputs inputs) {
        return Admission.of(inputs).problems().stream().map(Problem::toString).toList();
    }

    private static Certificate asked(Simulation simulation) {
        return wanted(simulation.inputs()).of(Certificate.class).get(0);
    }

    private static Desired wanted(Inputs inputs) {
        var nothing = new Plan(Map.of(), Set.of(), Map.of(), Phase.BOOTING, "");
        var admission = Admission.of(inputs);
        return DesiredResources.of(inputs, admission, nothing, Progress.of(inputs, admission, nothing));
    }

    private static Inputs with(Inputs inputs, Certificate certificate) {
        certificate
                .getMetadata()
                .setOwnerReferences(List.of(new OwnerReferenceBuilder()
                        .withUid(inputs.resource().getMetadata().getUid())
                        .build()));
        var owned = new ArrayList<HasMetadata>(inputs.owned());
        owned.add(certificate);
        return new Inputs(
                inputs.resource(),
                inputs.settings(),
                inputs.secrets(),
                inputs.configMaps(),
                inputs.others(),
                owned,
                inputs.pods(),
                inputs.gatewayApi(),
                inputs.servesCertificates(),
                inputs.now(),
                inputs.random());
    }
}
