package com.wso2.apim.operator.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.wso2.apim.operator.api.GeneratedCrd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The manifests of deploy/ are what the chart makes of deploy/values.yaml. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeployTest {

    private static final Path DEPLOY = Path.of("deploy");
    private static final Path RIGHTS = DEPLOY.resolve("rbac.yaml");
    private static final Path OPERATOR = DEPLOY.resolve("operator.yaml");
    private static final Set<String> KINDS_OF_RIGHTS =
            Set.of("ServiceAccount", "Role", "RoleBinding", "ClusterRole", "ClusterRoleBinding");

    private Helm helm;
    private String rendered;

    @BeforeAll
    void render() throws IOException {
        helm = Helm.find();
        rendered = helm.template("--values", DEPLOY.resolve("values.yaml").toString(), "--skip-tests")
                .succeeded();
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(RIGHTS, manifests(true));
            Files.writeString(OPERATOR, manifests(false));
        }
    }

    @Test
    void rightsAreThoseOfTheChart() {
        assertThat(RIGHTS).as("make generate writes the file anew").hasContent(manifests(true));
    }

    @Test
    void theOperatorIsThatOfTheChart() {
        assertThat(OPERATOR).as("make generate writes the file anew").hasContent(manifests(false));
    }

    @Test
    void kustomizeAddsNothingButTheNamespaceAndTheCrd() throws IOException {
        var expected = Helm.objects(rendered);
        expected.putAll(Helm.objects(Files.readString(GeneratedCrd.COMMITTED)));
        expected.putAll(Helm.objects(Files.readString(DEPLOY.resolve("namespace.yaml"))));
        var kustomized =
                Helm.objects(helm.kubectl("kustomize", DEPLOY.toString()).succeeded());
        assertThat(kustomized.keySet()).isEqualTo(expected.keySet());
        assertThat(kustomized)
                .allSatisfy((name, object) -> assertThat(object).as(name).isEqualTo(expected.get(name)));
    }

    private String manifests(boolean areRights) {
        return Stream.of(rendered.split("(?m)^---\\n"))
                .filter(manifest -> !manifest.isBlank())
                .filter(manifest -> KINDS_OF_RIGHTS.contains(kind(manifest)) == areRights)
                .map(manifest -> manifest.replaceFirst("# Source: .*\\n", ""))
                .collect(Collectors.joining(
                        "---\n", "# Written by DeployTest from the chart and deploy/values.yaml: make generate\n", ""));
    }

    private static String kind(String manifest) {
        return manifest.lines()
                .filter(line -> line.startsWith("kind: "))
                .map(line -> line.substring("kind: ".length()))
                .findFirst()
                .orElseThrow();
    }
}
