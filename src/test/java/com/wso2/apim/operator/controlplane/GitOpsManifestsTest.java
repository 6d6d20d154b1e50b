package com.wso2.apim.operator.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.wso2.apim.operator.api.GeneratedCrd;
import com.wso2.apim.operator.chart.Helm;
import com.wso2.apim.operator.chart.Helm.Outcome;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The samples and the manifests for Argo CD and Flux, on a control plane that has the CRDs of these. */
class GitOpsManifestsTest {

    private static final Path SAMPLES = Path.of("deploy", "samples");
    private static final List<String> CRDS = List.of(
            "manifests/crds/application-crd.yaml",
            "config/crd/bases/helm.toolkit.fluxcd.io_helmreleases.yaml",
            "config/crd/bases/kustomize.toolkit.fluxcd.io_kustomizations.yaml",
            "config/crd/bases/source.toolkit.fluxcd.io_gitrepositories.yaml",
            "config/crds/bases/external-secrets.io_externalsecrets.yaml");

    private static ControlPlane controlPlane;
    private static Helm tools;

    @BeforeAll
    static void start() throws IOException {
        tools = Helm.find();
        controlPlane = ControlPlane.bare();
        for (var module : GitOps.modulesWithCrds()) {
            for (var crd : CRDS) {
                if (Files.exists(module.resolve(crd))) {
                    kubectl("create", "-f", module.resolve(crd).toString()).succeeded();
                }
            }
        }
        controlPlane.apply(GeneratedCrd.COMMITTED);
        for (var namespace : List.of("argocd", "flux-system", "wso2")) {
            controlPlane
                    .client()
                    .resource(new NamespaceBuilder()
                            .withNewMetadata()
                            .withName(namespace)
                            .endMetadata()
                            .build())
                    .create();
        }
        kubectl("wait", "--for=condition=Established", "crd", "--all", "--timeout=30s")
                .succeeded();
    }

    @AfterAll
    static void end() throws IOException {
        controlPlane.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"argocd", "flux", "flux/operator", "samples/base", "samples/external-secrets", "samples/gitops"})
    void areAcceptedToTheLastField(String directory) throws IOException {
        kubectl("apply", "--server-side", "--dry-run=server", "--validate=strict", "-k", "deploy/" + directory)
                .succeeded();
    }

    @Test
    void aFieldThatDoesNotExistWouldBeFound() throws IOException {
        var release = Files.readString(GitOps.FLUX.resolve("operator/helmrelease.yaml"));
        var wrong = Files.createTempFile(Path.of("target"), "wrong", ".yaml");
        Files.writeString(wrong, release.replace("createNamespace", "createNamespaces"));
        assertThat(kubectl("apply", "--server-side", "--dry-run=server", "--validate=strict", "-f", wrong.toString())
                        .errors())
                .contains("createNamespaces");
    }

    @Test
    void aFieldThatTheCrdDoesNotKnowIsRefusedToServerSideApply() throws IOException {
        var resource = Files.readString(SAMPLES.resolve("base/apim.yaml"));
        var wrong = Files.createTempFile(Path.of("target"), "wrong", ".yaml");
        Files.writeString(wrong, resource.replace("spec:", "spec:\n  notYetKnown: true"));
        assertThat(kubectl("apply", "--server-side", "--validate=false", "-f", wrong.toString())
                        .errors())
                .contains("notYetKnown", "field not declared in schema");
    }

    static Stream<JsonNode> values() throws IOException {
        return Stream.of(
                object(GitOps.FLUX.resolve("operator"), "HelmRelease flux-system/apim-operator")
                        .at("/spec/values"),
                object(GitOps.ARGO_CD, "Application argocd/apim-operator").at("/spec/source/helm/valuesObject"));
    }

    @ParameterizedTest
    @MethodSource("values")
    void giveTheChartValuesThatItKnows(JsonNode values) throws IOException {
        var file = Files.createTempFile(Path.of("target"), "values", ".json");
        Files.writeString(file, values.toString());
        assertThat(tools.template("--values", file.toString()).succeeded())
                .contains("image: \"registry.example.com/platform/apim-operator:", "namespace: wso2");
    }

    @Test
    void argoCdFindsItsPaths() throws IOException {
        assertThat(Path.of(object(GitOps.ARGO_CD, "Application argocd/apim-operator")
                                .at("/spec/source/path")
                                .asText())
                        .resolve("Chart.yaml"))
                .exists();
        var path = object(GitOps.ARGO_CD, "Application argocd/wso2-apim").at("/spec/source/path");
        assertThat(built(Path.of(path.asText())))
                .containsOnlyKeys(
                        "ApiManagerCluster wso2/apim", "ExternalSecret wso2/apim-db", "ExternalSecret wso2/shared-db");
    }

    @Test
    void fluxFindsWhatItNames() throws IOException {
        var objects = new TreeMap<>(built(GitOps.FLUX));
        var kustomizations = List.copyOf(objects.keySet()).stream()
                .filter(name -> name.startsWith("Kustomization "))
                .toList();
        assertThat(kustomizations).hasSize(3);
        for (var name : kustomizations) {
            var spec = objects.get(name).at("/spec");
            var path = Path.of(spec.at("/path").asText()).normalize();
            var made = built(path);
            assertThat(made).as(name).isNotEmpty();
            objects.putAll(made);
            assertThat(objects)
                    .containsKey("GitRepository flux-system/"
                            + spec.at("/sourceRef/name").asText());
            spec.at("/dependsOn").forEach(dependency -> assertThat(kustomizations)
                    .contains("Kustomization flux-system/"
                            + dependency.at("/name").asText()));
            spec.at("/healthChecks").forEach(check -> {
                var checked = made.get("%s %s/%s"
                        .formatted(
                                check.at("/kind").asText(),
                                check.at("/namespace").asText(),
                                check.at("/name").asText()));
                assertThat(checked).as(check.toString()).isNotNull();
                assertThat(checked.at("/apiVersion")).isEqualTo(check.at("/apiVersion"));
            });
        }
        var chart = objects.get("HelmRelease flux-system/apim-operator").at("/spec/chart/spec");
        assertThat(objects)
                .containsKey("GitRepository flux-system/"
                        + chart.at("/sourceRef/name").asText());
        assertThat(Path.of(chart.at("/chart").asText()).resolve("Chart.yaml")).exists();
    }

    @Test
    void theSampleIsTheSmallestExample() throws IOException {
        var example = Helm.objects(Files.readString(Path.of("examples", "minimal", "cr.yaml")));
        assertThat(built(SAMPLES.resolve("base")).values())
                .containsExactlyElementsOf(
                        example.values().stream().map(GitOpsManifestsTest::json).toList());
    }

    @Test
    void theSampleCannotBeAppliedBeforeItsSecretsAreFilledIn() throws IOException {
        assertThat(kubectl("kustomize", SAMPLES.toString()).errors()).contains("apim-db.env");

        var copy = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "samples");
        for (var file : List.of("kustomization.yaml", "base/kustomization.yaml", "base/apim.yaml")) {
            Files.createDirectories(copy.resolve(file).getParent());
            Files.copy(SAMPLES.resolve(file), copy.resolve(file));
        }
        for (var secret : List.of("apim-db", "shared-db")) {
            var example = Files.readString(SAMPLES.resolve(secret + ".env.example"));
            Files.writeString(copy.resolve(secret + ".env"), example.replaceAll("(?m)^(username|password)=$", "$1=x"));
        }
        var objects = built(copy);
        assertThat(objects)
                .containsOnlyKeys("ApiManagerCluster wso2/apim", "Secret wso2/apim-db", "Secret wso2/shared-db");
        assertThat(objects.get("Secret wso2/apim-db").at("/data"))
                .isEqualTo(new ObjectMapper().valueToTree(Map.of("username", "eA==", "password", "eA==")));
        kubectl("apply", "--server-side", "--dry-run=server", "-k", copy.toString())
                .succeeded();
    }

    private static JsonNode object(Path directory, String name) throws IOException {
        return built(directory).get(name);
    }

    /** What kustomize makes of a directory, by kind, namespace and name. */
    private static Map<String, JsonNode> built(Path directory) throws IOException {
        var objects = new TreeMap<String, JsonNode>();
        var text = tools.kubectl("kustomize", directory.toString()).succeeded();
        Helm.objects(text).forEach((name, object) -> objects.put(name, json(object)));
        return objects;
    }

    private static JsonNode json(HasMetadata object) {
        return new ObjectMapper().valueToTree(object);
    }

    private static Outcome kubectl(String... arguments) throws IOException {
        var all = new ArrayList<String>();
        if (!arguments[0].equals("kustomize")) {
            all.addAll(List.of("--kubeconfig", controlPlane.kubeconfig().toString()));
        }
        all.addAll(List.of(arguments));
        return tools.kubectl(all.toArray(String[]::new));
    }
}
