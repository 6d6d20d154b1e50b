package com.wso2.apim.operator.controlplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.wso2.apim.operator.docs.ProblemsPage;
import com.wso2.apim.operator.model.NameProblem;
import com.wso2.apim.operator.model.Problem;
import com.wso2.apim.operator.model.SpecProblem;
import com.wso2.apim.operator.pki.Flaw;
import com.wso2.apim.operator.revision.IssuanceProblem;
import com.wso2.apim.operator.revision.KeyProblem;
import com.wso2.apim.operator.revision.SourceProblem;
import com.wso2.apim.operator.topology.TopologyProblem;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every mistake that an edit can be: told in its words, and the deployment stays, byte for byte, as it was. */
@OnControlPlane
class MistakesTest {

    private static final Path TABLE = Path.of("src/test/resources/mistakes/mistakes.yaml");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /**
     * What no edit of a running deployment can cause, and {@code ProblemsTest}, {@code LinterTest} and {@code IssuedTest} show; and what
     * takes key material to be made, of which {@code BrokenKeysTest} has each.
     */
    private static final List<Problem.Kind> CAUSED_OTHERWISE = Stream.<Stream<? extends Problem.Kind>>of(
                    Stream.<Problem.Kind>of(
                            SpecProblem.NO_IMAGE,
                            SpecProblem.NO_DRIVER,
                            SpecProblem.NO_DRIVER_IMAGE,
                            SpecProblem.VERSION_RUNS,
                            NameProblem.LEFT_OVER,
                            NameProblem.KEPT_FOR_ANOTHER,
                            NameProblem.OF_ANOTHER_TYPE,
                            SourceProblem.PART_GONE,
                            SourceProblem.KNOWN_VALUE_GONE,
                            IssuanceProblem.NOT_ISSUED,
                            IssuanceProblem.NOT_ISSUED_ANEW),
                    Stream.<Problem.Kind>of(TopologyProblem.values()),
                    KeyProblem.values().stream().filter(kind -> kind.flaw() != Flaw.NO_CERTIFICATE))
            .<Problem.Kind>flatMap(kinds -> kinds)
            .toList();

    private static final Map<String, Deployment> DEPLOYMENTS = new LinkedHashMap<>();

    /** A row of the table. */
    record Mistake(
            String problem,
            String deployment,
            JsonNode spec,
            Map<String, Map<String, String>> secrets,
            JsonNode create,
            String says) {

        Mistake {
            deployment = Optional.ofNullable(deployment).orElse("minimal");
            secrets = Optional.ofNullable(secrets).orElse(Map.of());
        }

        @Override
        public String toString() {
            return problem;
        }
    }

    @BeforeAll
    static void run(ControlPlane controlPlane) throws IOException {
        DEPLOYMENTS.put("minimal", new Deployment(controlPlane));
        DEPLOYMENTS.put("newest", new Deployment(controlPlane));
        DEPLOYMENTS.get("minimal").applyExample("minimal");
        DEPLOYMENTS.get("newest").applyExampleOf("4.7.0");
        DEPLOYMENTS.get("newest").patch("{\"spec\": {\"exposure\": {\"type\": \"None\"}}}");
        for (var deployment : DEPLOYMENTS.values()) {
            deployment.awaitReady();
            deployment.awaitQuiet();
            deployment.history().clear();
        }
    }

    @AfterAll
    static void end() {
        DEPLOYMENTS.values().forEach(Deployment::close);
        DEPLOYMENTS.clear();
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void isNamedAndChangesNothing(Mistake mistake) {
        var deployment = DEPLOYMENTS.get(mistake.deployment());
        var before = deployment.resource();
        var secrets =
                mistake.secrets().keySet().stream().map(deployment::secret).toList();
        var created = Optional.ofNullable(mistake.create()).map(manifest -> deployment.create(manifest.toString()));
        var untouched = untouched(deployment, mistake);
        var admitted = admitted(deployment);

        try {
            mistake.secrets().forEach(deployment::patchSecret);
            Optional.ofNullable(mistake.spec()).ifPresent(spec -> deployment.patch("{\"spec\": %s}".formatted(spec)));
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(said(deployment)).contains(mistake.says()));
            assertThat(deployment.condition("Stalled").orElseThrow().status()).isEqualTo("True");
            assertThat(untouched(deployment, mistake)).isEqualTo(untouched);
        } finally {
            deployment.restore(before);
            secrets.forEach(deployment::restore);
            created.ifPresent(object -> deployment.client().resource(object).delete());
            deployment.awaitCondition("Stalled", condition -> condition.status().equals("False"));
        }
        deployment.awaitReady();
        assertThat(admitted(deployment)).isEqualTo(admitted);
        assertThat(withoutAdmitted(untouched(deployment, mistake))).isEqualTo(withoutAdmitted(untouched));
        assertThat(deployment.history().moments()).isEmpty();
    }

    private static List<Mistake> mistakes() throws IOException {
        return new YAMLMapper().readValue(Files.readString(TABLE), new TypeReference<>() {});
    }

    @Test
    void haveARowForEveryProblemThatAnEditCanCauseAndNoneTwice() throws IOException {
        var kinds = new ArrayList<Problem.Kind>();
        ProblemsPage.LISTS.values().forEach(kinds::addAll);
        kinds.removeAll(CAUSED_OTHERWISE);

        assertThat(mistakes())
                .extracting(Mistake::problem)
                .containsExactlyInAnyOrderElementsOf(
                        kinds.stream().map(Object::toString).toList());
    }

    /** Messages of the conditions that are False, as they would be read. */
    private static List<String> said(Deployment deployment) {
        var resource = deployment.resource();
        return resource.getStatus().conditions().stream()
                .filter(condition -> condition.status().equals("False"))
                .filter(condition -> condition
                        .observedGeneration()
                        .equals(resource.getMetadata().getGeneration()))
                .map(condition -> condition.message())
                .toList();
    }

    /** Every object and every pod as it is, but for the Secrets that the mistake itself is in. */
    private static Map<String, String> untouched(Deployment deployment, Mistake mistake) {
        var objects = new LinkedHashMap<String, String>();
        Stream.concat(deployment.objects().stream(), deployment.pods().stream())
                .filter(object ->
                        !mistake.secrets().containsKey(object.getMetadata().getName()))
                .filter(object -> mistake.create() == null
                        || !mistake.create()
                                .at("/metadata/name")
                                .asText()
                                .equals(object.getMetadata().getName()))
                .forEach(object -> objects.put(key(object), Serialization.asJson(object)));
        return objects;
    }

    /** What was last admitted, but for the count of edits, two of which have been made when a mistake is taken back. */
    private static Map<String, String> admitted(Deployment deployment) {
        var data = new HashMap<>(deployment
                .client()
                .configMaps()
                .inNamespace(deployment.namespace())
                .withName("apim-admitted")
                .get()
                .getData());
        assertThat(data.remove("generation")).isNotNull();
        return data;
    }

    private static Map<String, String> withoutAdmitted(Map<String, String> objects) {
        var others = new HashMap<>(objects);
        assertThat(others.remove("ConfigMap/apim-admitted")).isNotNull();
        return others;
    }

    private static String key(HasMetadata object) {
        return object.getKind() + "/" + object.getMetadata().getName();
    }
}
