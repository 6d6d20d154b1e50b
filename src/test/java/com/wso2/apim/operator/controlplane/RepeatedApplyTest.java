package com.wso2.apim.operator.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import com.wso2.apim.operator.chart.Helm;
import com.wso2.apim.operator.chart.Helm.Outcome;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The same manifests applied again and again, by the real kubectl, as Argo CD, Flux and people do. */
@OnControlPlane
class RepeatedApplyTest {

    private static final List<String> BY_A_PERSON = List.of();
    private static final List<String> BY_FLUX = List.of("--server-side", "--field-manager=kustomize-controller");
    private static final List<String> BY_ARGO_CD = List.of("--server-side", "--field-manager=argocd-controller");
    private static final int TIMES = 3;

    @ParameterizedTest
    @CsvSource({
        "minimal, argocd-controller",
        "active-active, kustomize-controller",
        "minimal, ",
    })
    void changesNothingAndFindsNoDifference(
            String example, String manager, ControlPlane controlPlane, Deployment deployment) throws IOException {
        var mode = manager == null ? BY_A_PERSON : manager.startsWith("argocd") ? BY_ARGO_CD : BY_FLUX;
        var git = new Git(controlPlane, deployment, example);

        git.apply(mode);
        for (var i = 0; i < TIMES; i++) {
            git.apply(mode);
            git.hasNoDifference(mode);
        }
        deployment.awaitReady();
        deployment.awaitQuiet();
        var before = deployment.resource().getMetadata();
        var writes = deployment.audit().writes();
        for (var i = 0; i < TIMES; i++) {
            git.apply(mode);
            git.hasNoDifference(mode);
        }
        deployment.awaitQuiet();

        assertThat(deployment.audit().writes()).isEqualTo(writes);
        assertThat(deployment.resource().getMetadata()).isEqualTo(before);
        assertThat(before.getGeneration()).isEqualTo(1);
    }

    @Test
    void followsGitThereAndBackAndTheOperatorOwnsNothingButTheStatus(ControlPlane controlPlane, Deployment deployment)
            throws IOException {
        var git = new Git(controlPlane, deployment, "minimal");
        git.apply(BY_ARGO_CD);
        deployment.awaitReady();

        git.resource().<Map<String, Object>>get("spec").put("cacheInvalidation", Map.of("enabled", false));
        assertThat(git.diff(BY_ARGO_CD).output()).contains("-    enabled: true", "+    enabled: false");
        git.apply(BY_ARGO_CD);
        deployment.awaitReady();
        git.hasNoDifference(BY_ARGO_CD);
        assertThat(deployment.resource().getSpec().cacheInvalidation().enabled())
                .isFalse();

        git.resource().<Map<String, Object>>get("spec").remove("cacheInvalidation");
        git.apply(BY_ARGO_CD);
        deployment.awaitReady();
        git.hasNoDifference(BY_ARGO_CD);
        assertThat(deployment.resource().getSpec().cacheInvalidation().enabled())
                .isTrue();

        // A problem, too, is told in the status only.
        deployment.client().resource(deployment.secret("apim-db")).delete();
        deployment.awaitCondition("Stalled", condition -> condition.status().equals("True"));
        assertThat(owners(deployment.resource()))
                .isEqualTo(Map.of("argocd-controller", "f:spec", "apim-operator", "f:status"));
    }

    /** What each field manager owns of the resource. */
    private static Map<String, String> owners(HasMetadata resource) {
        return resource.getMetadata().getManagedFields().stream()
                .collect(Collectors.toMap(
                        entry -> entry.getManager(),
                        entry -> String.join(
                                ", ",
                                entry.getFieldsV1().getAdditionalProperties().keySet())));
    }

    /** An example as it would lie in Git, for the namespace of a deployment. */
    private static final class Git {

        private final ControlPlane controlPlane;
        private final List<HasMetadata> objects;
        private final Helm tools = Helm.find();

        Git(ControlPlane controlPlane, Deployment deployment, String example) throws IOException {
            this.controlPlane = controlPlane;
            this.objects = new ArrayList<>(deployment.load(example, "secrets.yaml"));
            objects.addAll(deployment.load(example, "cr.yaml"));
        }

        GenericKubernetesResource resource() {
            return (GenericKubernetesResource) objects.get(objects.size() - 1);
        }

        void apply(List<String> mode) throws IOException {
            kubectl("apply", mode).succeeded();
        }

        Outcome diff(List<String> mode) throws IOException {
            return kubectl("diff", mode);
        }

        void hasNoDifference(List<String> mode) throws IOException {
            var diff = diff(mode);
            assertThat(diff.output() + diff.errors()).isEmpty();
            assertThat(diff.code()).isZero();
        }

        private Outcome kubectl(String command, List<String> mode) throws IOException {
            var manifests = Files.createTempFile(Path.of("target"), "git", ".yaml");
            Files.writeString(
                    manifests, objects.stream().map(Serialization::asYaml).collect(Collectors.joining("---\n")));
            var arguments = Stream.concat(
                    Stream.of(
                            "--kubeconfig", controlPlane.kubeconfig().toString(), command, "-f", manifests.toString()),
                    mode.stream());
            return tools.kubectl(arguments.toArray(String[]::new));
        }
    }
}
