package com.wso2.apim.operator.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import com.wso2.apim.operator.model.Names;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.IOException;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Argo CD prunes what bears its mark, has no owner and is not in Git; Flux what bears its marks. */
@OnControlPlane
class ForeignPrunersTest {

    private static final Map<String, String> MARKS_ON_LABELS = Map.of(
            "argocd.argoproj.io/instance", "some-application",
            "kustomize.toolkit.fluxcd.io/name", "some-kustomization",
            "kustomize.toolkit.fluxcd.io/namespace", "flux-system",
            "helm.toolkit.fluxcd.io/name", "some-release",
            "app.kubernetes.io/instance", "some-application");
    private static final Map<String, String> MARKS_ON_ANNOTATIONS = Map.of(
            "argocd.argoproj.io/tracking-id", "some-application:apim.wso2.com/ApiManagerCluster:wso2/apim",
            "argocd.argoproj.io/sync-wave", "5",
            "kubectl.kubernetes.io/last-applied-configuration", "{}");

    @Test
    void findNothingOfOurs(Deployment deployment) throws IOException {
        for (var object : deployment.load("minimal", "cr.yaml")) {
            object.getMetadata().setLabels(MARKS_ON_LABELS);
            object.getMetadata().setAnnotations(MARKS_ON_ANNOTATIONS);
            deployment.load("minimal", "secrets.yaml").forEach(deployment::create);
            deployment.create(object);
        }
        deployment.awaitReady();

        var ours = Stream.concat(deployment.objects().stream(), deployment.pods().stream())
                .filter(object -> labels(object).containsKey(Names.CLUSTER_LABEL))
                .toList();
        assertThat(ours).hasSizeGreaterThan(20);
        assertThat(ours).allSatisfy(object -> {
            assertThat(labels(object)).doesNotContainValue("some-application");
            var marks = new HashSet<>(labels(object).keySet());
            marks.addAll(annotations(object).keySet());
            marks.retainAll(MARKS_ON_ANNOTATIONS.keySet());
            marks.addAll(labels(object).keySet().stream()
                    .filter(label -> label.contains("toolkit.fluxcd.io"))
                    .toList());
            assertThat(marks).as(object.getMetadata().getName()).isEmpty();
        });
        assertThat(ours)
                .filteredOn(object -> object.getMetadata().getOwnerReferences().isEmpty())
                .hasSize(3)
                .allSatisfy(object -> assertThat(annotations(object))
                        .containsEntry("argocd.argoproj.io/sync-options", "Prune=false,Delete=false")
                        .containsEntry("argocd.argoproj.io/compare-options", "IgnoreExtraneous"));
    }

    private static Map<String, String> labels(HasMetadata object) {
        return Optional.ofNullable(object.getMetadata().getLabels()).orElse(Map.of());
    }

    private static Map<String, String> annotations(HasMetadata object) {
        return Optional.ofNullable(object.getMetadata().getAnnotations()).orElse(Map.of());
    }
}
