package com.wso2.apim.operator.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import com.wso2.apim.operator.controlplane.PodHistory.What;
import com.wso2.apim.operator.model.Names;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The user's own part of the pods, on a running deployment. */
@OnControlPlane
class PodTemplateOverlayTest {

    private static final String SHAPE = """
            {"spec": {"allInOne": {"podTemplate": {
              "metadata": {"annotations": {"example.com/backup": "nightly"}},
              "spec": {
                "tolerations": [{"key": "dedicated", "operator": "Exists", "effect": "NoSchedule"}],
                "initContainers": [{"name": "wait", "image": "registry.example.com/wait:1"}],
                "containers": [
                  {"name": "wso2am", "volumeMounts": [{"name": "scratch", "mountPath": "/scratch"}]},
                  {"name": "logs", "image": "registry.example.com/logs:1", "ports": [{"containerPort": 2020}],
                   "resources": {"limits": {"memory": "1024Mi"}}}],
                "volumes": [
                  {"name": "scratch", "emptyDir": {"sizeLimit": "1024Mi"}},
                  {"name": "token", "projected": {"sources": [{"serviceAccountToken": {"path": "token", "audience": "vault"}}]}}]
              }}}}}""";

    @Test
    void rollsItsTierAndIsInEveryPodOfIt(Deployment deployment) throws IOException {
        deployment.run("minimal");
        var before = template(deployment);
        deployment.patch(SHAPE);
        deployment.awaitReady();

        assertThat(deployment.history().pods(What.CREATED)).containsExactly("apim-aio-1", "apim-aio-0");
        for (var name : List.of("apim-aio-0", "apim-aio-1")) {
            var pod = deployment.pod(name);
            assertThat(pod.getMetadata().getAnnotations()).containsEntry("example.com/backup", "nightly");
            assertThat(pod.getSpec().getTolerations()).anyMatch(toleration -> "dedicated".equals(toleration.getKey()));
            assertThat(pod.getSpec().getInitContainers())
                    .extracting(Container::getName)
                    .containsExactly("jdbc-driver", "wait");
            assertThat(pod.getSpec().getContainers())
                    .extracting(Container::getName)
                    .containsExactly("wso2am", "logs");
            assertThat(server(pod).getVolumeMounts())
                    .anyMatch(mount -> mount.getMountPath().equals("/scratch"));
            assertThat(pod.getSpec().getVolumes())
                    .anyMatch(volume -> volume.getName().equals("scratch"));
        }
        deployment.awaitQuiet();

        deployment.patch("{\"spec\": {\"allInOne\": {\"podTemplate\": null}}}");
        deployment.awaitReady();
        assertThat(template(deployment)).isEqualTo(before);
    }

    /** As GitOps tools and {@code kubectl apply --server-side} send it; the namespace must let such pods in. */
    @Test
    void dropsTheSecurityContextsThatAreSetToNull(Deployment deployment) throws IOException {
        letEveryPodIn(deployment);
        var resource = (GenericKubernetesResource)
                deployment.load("minimal", "cr.yaml").get(0);
        deployment.load("minimal", "secrets.yaml").forEach(deployment::create);
        Map<String, Object> spec = resource.get("spec");
        spec.put("allInOne", Map.of("podTemplate", Map.of("spec", withoutSecurityContexts())));
        deployment
                .client()
                .resource(resource)
                .patch(new PatchContext.Builder()
                        .withPatchType(PatchType.SERVER_SIDE_APPLY)
                        .withFieldManager("argocd")
                        .build());
        deployment.awaitReady();

        assertThatItHasNone(deployment.pod("apim-aio-0"));
        assertThat(server(deployment.pod("apim-tm-0")).getSecurityContext()).isNotNull();
        deployment.awaitQuiet();
    }

    /** A JSON merge patch, such as that of a client-side {@code kubectl apply}, takes a null for a removal from the resource. */
    @Test
    void dropsTheSecurityContextsThatAMergePatchDeletes(Deployment deployment) throws IOException {
        letEveryPodIn(deployment);
        deployment.run("minimal");
        deployment.patch("""
                {"spec": {"allInOne": {"podTemplate": {"spec": {
                  "securityContext": {"$patch": "delete"},
                  "containers": [{"name": "wso2am", "securityContext": {"$patch": "delete"}}],
                  "initContainers": [{"name": "jdbc-driver", "securityContext": {"$patch": "delete"}}]}}}}}""");
        deployment.awaitReady();

        assertThatItHasNone(deployment.pod("apim-aio-1"));
    }

    private static Map<String, Object> withoutSecurityContexts() {
        var spec = new HashMap<String, Object>();
        spec.put("securityContext", null);
        spec.put("containers", List.of(withoutSecurityContext("wso2am")));
        spec.put("initContainers", List.of(withoutSecurityContext("jdbc-driver")));
        return spec;
    }

    private static Map<String, Object> withoutSecurityContext(String container) {
        var without = new HashMap<String, Object>();
        without.put("name", container);
        without.put("securityContext", null);
        return without;
    }

    private static void assertThatItHasNone(Pod pod) {
        assertThat(pod.getSpec().getSecurityContext().getRunAsUser()).isNull();
        assertThat(pod.getSpec().getSecurityContext().getFsGroup()).isNull();
        assertThat(pod.getSpec().getSecurityContext().getRunAsNonRoot()).isNull();
        assertThat(server(pod).getSecurityContext()).isNull();
        assertThat(pod.getSpec().getInitContainers())
                .allMatch(container -> container.getSecurityContext() == null)
                .isNotEmpty();
    }

    private static void letEveryPodIn(Deployment deployment) {
        deployment.client().namespaces().withName(deployment.namespace()).edit(namespace -> namespace
                .edit()
                .editMetadata()
                .addToLabels("pod-security.kubernetes.io/enforce", "privileged")
                .endMetadata()
                .build());
    }

    private static Object template(Deployment deployment) {
        return deployment.statefulSet("apim-aio").getSpec().getTemplate();
    }

    private static Container server(Pod pod) {
        return pod.getSpec().getContainers().stream()
                .filter(container -> container.getName().equals(Names.CONTAINER))
                .findFirst()
                .orElseThrow();
    }
}
