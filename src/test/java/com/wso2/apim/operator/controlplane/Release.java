package com.wso2.apim.operator.controlplane;

import com.fasterxml.jackson.databind.JsonNode;
import com.wso2.apim.operator.chart.Helm;
import com.wso2.apim.operator.chart.Helm.Outcome;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The chart on a control plane, installed by the real helm. */
final class Release {

    static final String NAME = "apim-operator";
    static final String NAMESPACE = "apim-operator";
    static final String FIRST = "0.1.0";

    private final Helm helm;
    private final ControlPlane controlPlane;

    Release(ControlPlane controlPlane) throws IOException {
        this.helm = Helm.find();
        this.controlPlane = controlPlane;
    }

    /** Runs helm as the administrator; {@code --namespace} is given where it is not this release's. */
    Outcome helm(String command, String... arguments) throws IOException {
        var all = new ArrayList<>(List.of(command));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--kubeconfig", controlPlane.kubeconfig().toString()));
        if (!all.contains("--namespace")) {
            all.addAll(List.of("--namespace", NAMESPACE));
        }
        return helm.helm(all.toArray(String[]::new));
    }

    io.fabric8.kubernetes.api.model.apps.Deployment deployment() {
        return client().apps()
                .deployments()
                .inNamespace(NAMESPACE)
                .withName(NAME)
                .get();
    }

    /** Pods of the operator's Deployment. */
    List<Pod> pods() {
        return client().pods()
                .inNamespace(NAMESPACE)
                .withLabel("app.kubernetes.io/name", NAME)
                .list()
                .getItems();
    }

    /** Environment of the operator's container, as a kubelet makes it. */
    Map<String, String> environment() {
        var pod = pods().get(0);
        return pod.getSpec().getContainers().get(0).getEnv().stream()
                .collect(Collectors.toMap(EnvVar::getName, variable -> value(variable, pod)));
    }

    /** Arguments of an installation or upgrade over one namespace. */
    String[] values(String listedNamespace, String tag) {
        return new String[] {
            NAME,
            Helm.CHART,
            "--set",
            "watch.namespaces={" + listedNamespace + "},resyncInterval=2s,minReadySeconds=0,image.tag=" + tag,
            "--wait",
            "--timeout",
            "60s"
        };
    }

    /** Every request of the operator that was refused for want of a right, in whatever namespace. */
    List<String> forbidden() {
        var everywhere = client().namespaces().list().getItems().stream()
                .map(namespace -> namespace.getMetadata().getName());
        return Stream.concat(Stream.of(""), everywhere)
                .map(namespace -> new AuditLog(controlPlane.auditLog(), controlPlane.operatorUser(), namespace))
                .flatMap(audit -> audit.forbidden().stream())
                .toList();
    }

    /** Runs "helm test", which waits for the pod to end. */
    Outcome test() {
        try {
            return helm("test", NAME, "--timeout", "90s");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The pod of "helm test"; null before it is there. */
    Pod checkPod() {
        return client().pods().inNamespace(NAMESPACE).withName(NAME + "-check").get();
    }

    /** Runs its arguments with the packaged application; the name of the Service leads to the operator. */
    int runCheck(Pod pod, OperatorProcess operator) throws IOException, InterruptedException {
        var service = "http://" + NAME + "-metrics." + NAMESPACE + ".svc:8080";
        var arguments = pod.getSpec().getContainers().get(0).getArgs().stream()
                .map(argument -> argument.replace(service, "http://127.0.0.1:" + operator.port()));
        var command = Stream.concat(OperatorProcess.command().stream(), arguments);
        return new ProcessBuilder(command.toList()).inheritIO().start().waitFor();
    }

    /** Lets it end with success. */
    void complete(Pod pod) {
        client().resource(pod)
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"metadata\": {\"annotations\": {\"pod.kube.test/complete\": \"true\"}}}");
    }

    private String value(EnvVar variable, Pod pod) {
        if (variable.getValueFrom() == null) {
            return variable.getValue();
        }
        var path = variable.getValueFrom().getFieldRef().getFieldPath();
        return client().getKubernetesSerialization()
                .convertValue(pod, JsonNode.class)
                .requiredAt("/" + path.replace('.', '/'))
                .asText();
    }

    private KubernetesClient client() {
        return controlPlane.client();
    }
}
