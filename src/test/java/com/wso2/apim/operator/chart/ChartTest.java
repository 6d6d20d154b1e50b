package com.wso2.apim.operator.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.wso2.apim.operator.api.GeneratedCrd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The chart, without a cluster. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChartTest {

    private static final Path CASES = Path.of("src", "test", "resources", "chart");
    private static final boolean UPDATE = Boolean.getBoolean("golden.update");

    private Helm helm;

    @BeforeAll
    void findHelm() throws IOException {
        helm = Helm.find();
    }

    @Test
    void passesTheStrictLint() throws IOException {
        helm.helm("lint", "--strict", Helm.CHART).succeeded();
    }

    static Stream<String> cases() throws IOException {
        try (var directories = Files.list(CASES)) {
            return directories.map(directory -> directory.getFileName().toString()).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void rendersWhatIsExpected(String name) throws IOException {
        var expected = CASES.resolve(name).resolve("expected.yaml");
        var rendered = helm.template(
                        "--values",
                        CASES.resolve(name).resolve("values.yaml").toString(),
                        "--set",
                        "crds.install=false",
                        "--api-versions",
                        "monitoring.coreos.com/v1/ServiceMonitor")
                .succeeded();
        if (UPDATE) {
            Files.writeString(expected, rendered);
        }
        assertThat(expected).as("make generate writes the file anew").hasContent(rendered);
    }

    @Test
    void bringsTheCommittedCrdAndKeepsIt() throws IOException {
        var rendered =
                Helm.objects(helm.template("--show-only", "templates/crd.yaml").succeeded());
        var metadata = rendered.values().iterator().next().getMetadata();
        assertThat(metadata.getAnnotations())
                .containsOnly(
                        Map.entry("helm.sh/resource-policy", "keep"),
                        Map.entry("argocd.argoproj.io/sync-options", "Prune=false,Delete=false"));
        metadata.setAnnotations(Map.of());
        metadata.setLabels(Map.of());
        assertThat(rendered).isEqualTo(Helm.objects(Files.readString(GeneratedCrd.COMMITTED)));
    }

    @Test
    void leavesTheCrdToOthers() throws IOException {
        assertThat(helm.template("--set", "crds.install=false").succeeded())
                .doesNotContain("kind: CustomResourceDefinition");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "watch.namespaces={a\\,b},watch.clusterWide=true | empty the list, or set clusterWide to false",
                "watch.namespaces={*} | for all namespaces leave the list empty and set watch.clusterWide to true",
                "watch.namespaces={a\\,a} | at '/watch/namespaces': items at 0 and 1 are equal",
                "watch.namespaces=a | at '/watch/namespaces': got string, want array",
                "watch.namespace=a | at '/watch': additional properties 'namespace' not allowed",
                "replicaCount=2 | additional properties 'replicaCount' not allowed",
                "watch.selector=a:b | watch.selector: \"a:b\" cannot be used; write a label selector, such as example.com/operator=blue",
                "replicas=two | at '/replicas': got string, want integer",
                "image.repository=registry.example.com/apim-operator:1 | its tag or digest goes into image.tag or image.digest",
                "image.repository= | write a repository alone",
                "image.tag=1@sha256:0 | a digest goes into image.digest",
                "image.tag=1 | at '/image/tag': got number, want string",
                "image.digest=0123 | write sha256: and 64 hexadecimal digits",
                "image.pullPolicy=Sometimes | at '/image/pullPolicy': value must be one of 'Always', 'IfNotPresent', 'Never'",
                "resyncInterval=soon | write a number with s, m or h, such as 30s",
                "clusterDomain=cluster.local. | write a DNS domain without a dot at its ends, such as cluster.local",
                "minReadySeconds=-1 | at '/minReadySeconds': minimum: got -1, want 0",
                "fullnameOverride=APIM | write at most 52 lower-case letters, digits and hyphens",
                "log.level=TRACE | at '/log/level': value must be one of 'ERROR', 'WARN', 'INFO', 'DEBUG'",
                "serviceAccount.create=false | name the ServiceAccount that the operator is to use",
                "extraEnv[0].name=APIM_NAMESPACES | extraEnv: APIM_NAMESPACES is set by the chart; use the value",
                "metrics.serviceMonitor.enabled=true | install the Prometheus operator first or set it to false",
                "tolerations={gpu} | at '/tolerations/0': got string, want object",
            })
    void refuses(String values, String message) throws IOException {
        var refused = helm.template("--set", values.replace("\\,", ","));
        assertThat(refused.code()).isNotZero();
        assertThat(refused.errors()).contains(message);
    }

    @Test
    void refusesAnOldCluster() throws IOException {
        var refused = helm.helm("template", "x", Helm.CHART, "--kube-version", "1.28.0");
        assertThat(refused.errors()).contains("chart requires kubeVersion: >=1.29.0-0");
    }

    @Test
    void rendersAsPartOfAnotherChart() throws IOException {
        helm.template("--set", "global.registry=registry.example.com").succeeded();
    }

    @Test
    void asksForNoRightInANamespaceThatIsNotListed() throws IOException {
        var objects =
                Helm.objects(helm.template("--set", "watch.namespaces={a,b}").succeeded());
        assertThat(objects.keySet())
                .filteredOn(object -> object.matches("(Cluster)?RoleBinding .*"))
                .containsExactly(
                        "RoleBinding a/apim-operator",
                        "RoleBinding apim-operator/apim-operator-leader",
                        "RoleBinding b/apim-operator");
    }
}
