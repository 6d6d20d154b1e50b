package com.wso2.apim.operator.node;

import static org.awaitility.Awaitility.await;

import com.wso2.apim.operator.chart.Helm;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The operator as helm installs it: two replicas in containers of its own image. */
final class InstalledOperator {

    static final String NAMESPACE = "apim-operator";
    private static final String NAME = "apim-operator";
    private static final Duration PATIENCE = Duration.ofSeconds(180);

    private final RealNode node;
    private final Helm helm;

    InstalledOperator(RealNode node) throws IOException {
        this.node = node;
        this.helm = Helm.find();
    }

    /** Installs it over one namespace and waits until both replicas are Ready. */
    void install(String namespace) throws IOException {
        helm(
                "install",
                NAME,
                Helm.CHART,
                "--set",
                "watch.namespaces={" + namespace + "},resyncInterval=5s,minReadySeconds=3,image.tag=0.1.0",
                "--wait",
                "--timeout",
                "5m");
    }

    void uninstall() throws IOException {
        helm("uninstall", NAME, "--wait", "--timeout", "2m");
    }

    /** Asks it, from a pod, over its Service; what helm says. */
    String test() throws IOException {
        return helm("test", NAME, "--timeout", "5m");
    }

    private String helm(String... arguments) throws IOException {
        var all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of(
                "--namespace", NAMESPACE, "--kubeconfig", node.kubeconfig().toString()));
        return helm.helm(all.toArray(String[]::new)).succeeded();
    }

    List<Pod> pods() {
        return node.client()
                .pods()
                .inNamespace(NAMESPACE)
                .withLabel("app.kubernetes.io/name", NAME)
                .list()
                .getItems();
    }

    /** Name of the pod that has the lease, as the lease tells it; waits until one that is there has it. */
    String leader() {
        return await().atMost(PATIENCE).until(this::holder, holder -> pods().stream()
                .anyMatch(pod -> pod.getMetadata().getName().equals(holder)));
    }

    private String holder() {
        var identity = node.client()
                .leases()
                .inNamespace(NAMESPACE)
                .withName(NAME)
                .get()
                .getSpec()
                .getHolderIdentity();
        return identity == null ? "" : identity.replaceFirst("_.*", "");
    }

    void delete(String pod) {
        node.client().pods().inNamespace(NAMESPACE).withName(pod).delete();
    }

    /** Largest amounts of memory, in bytes, that the operator's containers have held, page cache and all, by pod. */
    Map<String, Long> memory() {
        return pods().stream().collect(Collectors.toMap(pod -> pod.getMetadata().getName(), node::peakMemory));
    }

    /** What the chart allows, in bytes. */
    long memoryLimit() {
        return pods().get(0)
                .getSpec()
                .getContainers()
                .get(0)
                .getResources()
                .getLimits()
                .get("memory")
                .getNumericalAmount()
                .longValueExact();
    }

    /** Pods of it with a container that the kernel has ended for want of memory. */
    List<String> outOfMemory() {
        return pods().stream()
                .filter(pod -> pod.getStatus().getContainerStatuses().stream()
                        .flatMap(container ->
                                Stream.ofNullable(container.getLastState().getTerminated()))
                        .anyMatch(end -> "OOMKilled".equals(end.getReason())))
                .map(pod -> pod.getMetadata().getName())
                .toList();
    }
}
