package com.wso2.apim.operator.node;

import static java.net.HttpURLConnection.HTTP_CONFLICT;
import static org.awaitility.Awaitility.await;

import com.wso2.apim.operator.api.v1alpha1.ApiManagerCluster;
import com.wso2.apim.operator.api.v1alpha1.ApiManagerClusterSpec;
import com.wso2.apim.operator.api.v1alpha1.ApiManagerClusterStatus.Condition;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.RollableScalableResource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** The resource of src/test/resources/node and what runs for it. */
final class Apim {

    static final Path MANIFEST = Path.of("src", "test", "resources", "node", "apim.yaml");
    private static final Duration PATIENCE = Duration.ofMinutes(8);
    private static final String NAME = "apim";

    private final RealNode node;
    private final KubernetesClient client;
    private final String namespace;

    Apim(RealNode node, String namespace) {
        this.node = node;
        this.client = node.client();
        this.namespace = namespace;
    }

    String namespace() {
        return namespace;
    }

    void apply() throws IOException {
        node.apply(MANIFEST, namespace);
    }

    void patch(String json) {
        resource().patch(PatchContext.of(PatchType.JSON_MERGE), json);
    }

    ApiManagerClusterSpec spec() {
        return resource().get().getSpec();
    }

    void change(ApiManagerClusterSpec spec) {
        edit(resource(), now -> {
            now.setSpec(spec);
            return now;
        });
    }

    /** Waits for the resource, as it is now, to be Ready. */
    void awaitReady() {
        awaitCondition("Ready", condition -> condition.status().equals("True"));
    }

    /** Waits for a condition of the resource, as it is now, to have a reason, and returns what it says. */
    String awaitCondition(String type, String reason) {
        return awaitCondition(type, condition -> condition.reason().equals(reason))
                .message();
    }

    private Condition awaitCondition(String type, Predicate<Condition> wanted) {
        return await(type)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(500))
                .until(() -> condition(type).filter(wanted), Optional::isPresent)
                .orElseThrow();
    }

    private Optional<Condition> condition(String type) {
        var now = resource().get();
        return Optional.ofNullable(now.getStatus()).stream()
                .flatMap(status -> status.conditions().stream())
                .filter(condition -> condition.type().equals(type)
                        && condition
                                .observedGeneration()
                                .equals(now.getMetadata().getGeneration()))
                .findFirst();
    }

    /** Deletes it and waits until its pods are gone. */
    void delete() {
        resource().delete();
        await("the pods are gone")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(500))
                .until(() -> pods().isEmpty());
    }

    private Resource<ApiManagerCluster> resource() {
        return client.resources(ApiManagerCluster.class).inNamespace(namespace).withName(NAME);
    }

    /** Its four nodes, by name. */
    Map<String, Pod> pods() {
        var pods = new TreeMap<String, Pod>();
        client.pods()
                .inNamespace(namespace)
                .withLabel("apim.wso2.com/cluster", NAME)
                .list()
                .getItems()
                .forEach(pod -> pods.put(pod.getMetadata().getName(), pod));
        return pods;
    }

    /** Which pods these are, and how often their containers were started: equal as long as nothing restarts. */
    Map<String, String> lives() {
        var lives = new TreeMap<String, String>();
        pods().forEach((name, pod) -> lives.put(
                name,
                pod.getMetadata().getUid() + " "
                        + pod.getStatus().getContainerStatuses().stream()
                                .mapToInt(ContainerStatus::getRestartCount)
                                .sum()));
        return lives;
    }

    /** Address of a Service. */
    String service(String name) {
        return client.services()
                .inNamespace(namespace)
                .withName(name)
                .get()
                .getSpec()
                .getClusterIP();
    }

    /** Names of pods and of the all-in-one tier's Service, by their addresses. */
    Map<String, String> names() {
        var names = new HashMap<String, String>();
        pods().forEach((name, pod) -> names.put(pod.getStatus().getPodIP(), name));
        names.put(service("apim-aio"), "apim-aio");
        names.put("127.0.0.1", "itself");
        return names;
    }

    Map<String, Diagnostics> diagnostics() throws IOException {
        var diagnostics = new TreeMap<String, Diagnostics>();
        for (var pod : pods().entrySet()) {
            diagnostics.put(pod.getKey(), Diagnostics.of(pod.getValue()));
        }
        return diagnostics;
    }

    /** Serial numbers of what each node shows to others. */
    Map<String, String> certificates() throws IOException {
        var certificates = new TreeMap<String, String>();
        diagnostics()
                .forEach((pod, diagnostics) ->
                        certificates.put(pod, diagnostics.facts().get("certificate")));
        return certificates;
    }

    /** Who answers each node, by the node's name and the place in its file. */
    Map<String, Map<String, String>> answered() throws IOException {
        var names = names();
        var answered = new TreeMap<String, Map<String, String>>();
        diagnostics()
                .forEach((pod, diagnostics) ->
                        answered.put(pod, diagnostics.answered(address -> names.getOrDefault(address, address))));
        return answered;
    }

    /** Secrets that outlive the resource, with all that is in them. */
    Map<String, Map<String, String>> retained() {
        var retained = new TreeMap<String, Map<String, String>>();
        client.secrets().inNamespace(namespace).list().getItems().stream()
                .filter(secret -> secret.getType().equals("apim.wso2.com/retained"))
                .forEach(secret -> retained.put(secret.getMetadata().getName(), secret.getData()));
        return retained;
    }

    /** Names of everything that a resource is made of and that goes with it. */
    List<String> owned() {
        return client.secrets().inNamespace(namespace).list().getItems().stream()
                .filter(secret -> !secret.getMetadata().getOwnerReferences().isEmpty())
                .map(secret -> secret.getMetadata().getName())
                .toList();
    }

    /** Gives the second Traffic Manager a template of its own that is broken; no operator must be there to put it right. */
    void breakTrafficManager(Breakage breakage) {
        var sound = trafficManagers().get();
        editTrafficManagers(now -> {
            var broken = now.edit().build();
            breakage.of(broken.getSpec().getTemplate().getSpec(), client, namespace);
            broken.getSpec().getUpdateStrategy().getRollingUpdate().setPartition(1);
            broken.getSpec().setMinReadySeconds(0);
            return broken;
        });
        renew("apim-tm-1");
        try {
            await(breakage.name())
                    .atMost(Duration.ofSeconds(120))
                    .ignoreExceptions()
                    .until(() -> log("apim-tm-1").contains(breakage.words()));
        } finally {
            editTrafficManagers(now -> now.edit()
                    .editSpec()
                    .withTemplate(sound.getSpec().getTemplate())
                    .endSpec()
                    .build());
        }
    }

    private RollableScalableResource<StatefulSet> trafficManagers() {
        return client.apps().statefulSets().inNamespace(namespace).withName("apim-tm");
    }

    /** Until the StatefulSet's controller has seen it. */
    private void editTrafficManagers(UnaryOperator<StatefulSet> change) {
        var edited = edit(trafficManagers(), change);
        await("apim-tm is observed")
                .atMost(Duration.ofSeconds(30))
                .until(() -> trafficManagers().get().getStatus().getObservedGeneration()
                        >= edited.getMetadata().getGeneration());
    }

    /** Once more where a controller, or the operator, has written in between. */
    private static <T> T edit(Resource<T> resource, UnaryOperator<T> change) {
        return await("an edit")
                .atMost(Duration.ofSeconds(30))
                .ignoreExceptionsMatching(failure ->
                        failure instanceof KubernetesClientException refused && refused.getCode() == HTTP_CONFLICT)
                .until(() -> resource.edit(change), Objects::nonNull);
    }

    /** The controller does not move a broken pod to another template by itself. */
    private void renew(String pod) {
        client.pods().inNamespace(namespace).withName(pod).withGracePeriod(0).delete();
    }

    /** The end of what a pod's server has said. */
    String log(String pod) {
        return client.pods()
                .inNamespace(namespace)
                .withName(pod)
                .tailingLines(30)
                .getLog();
    }
}
