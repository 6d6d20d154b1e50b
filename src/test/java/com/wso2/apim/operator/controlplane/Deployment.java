package com.wso2.apim.operator.controlplane;

import static org.awaitility.Awaitility.await;

import com.wso2.apim.operator.api.v1alpha1.ApiManagerCluster;
import com.wso2.apim.operator.api.v1alpha1.ApiManagerClusterStatus.Condition;
import com.wso2.apim.operator.inputs.Settings;
import com.wso2.apim.operator.model.Names;
import com.wso2.apim.operator.reconcile.ApiManagerClusterReconciler;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** One namespace, which enforces the restricted Pod Security Standard, with an operator that watches only it. */
final class Deployment implements AutoCloseable {

    static final Duration RESYNC = Duration.ofSeconds(2);
    static final Settings SETTINGS = new Settings(
            Optional.of("registry.example.com/wso2am:{version}"),
            Optional.of("registry.example.com/wso2am-tm:{version}"),
            Optional.of("registry.example.com/apim-operator:0.1.0"),
            "cluster.local",
            RESYNC,
            0,
            0);
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final String NAME = "apim";

    private final ControlPlane controlPlane;
    private final KubernetesClient client;
    private final String namespace = "cp-" + UUID.randomUUID().toString().substring(0, 8);
    private final AuditLog audit;
    private final PodHistory history;
    private Optional<Operator> operator = Optional.empty();

    Deployment(ControlPlane controlPlane) {
        this(controlPlane, true);
    }

    /** A namespace, with an operator in this JVM or, for tests of the packaged one, without. */
    Deployment(ControlPlane controlPlane, boolean hasOperator) {
        this.controlPlane = controlPlane;
        this.client = controlPlane.client();
        audit = new AuditLog(controlPlane.auditLog(), controlPlane.operatorUser(), namespace).fromNow();
        createNamespace();
        history = new PodHistory(client, namespace);
        if (hasOperator) {
            startOperator();
        }
    }

    private void createNamespace() {
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(namespace)
                        .addToLabels("pod-security.kubernetes.io/enforce", "restricted")
                        .endMetadata()
                        .build())
                .create();
    }

    /** The namespace is deleted with all that is in it, and is there again, empty. */
    void loseNamespace() {
        client.namespaces().withName(namespace).delete();
        await().atMost(PATIENCE)
                .until(() -> client.namespaces().withName(namespace).get() == null);
        createNamespace();
    }

    String namespace() {
        return namespace;
    }

    PodHistory history() {
        return history;
    }

    KubernetesClient client() {
        return client;
    }

    void startOperator() {
        startOperator(List.of());
    }

    /** Starts the operator with a client that interceptors stand in the way of. */
    void startOperator(List<Interceptor> interceptors) {
        startOperator(interceptors, SETTINGS, Clock.systemUTC());
    }

    /** The same, with another clock than the cluster's. */
    void startOperator(List<Interceptor> interceptors, Clock clock) {
        startOperator(interceptors, SETTINGS, clock);
    }

    /** Starts the operator as an installation with other settings does. */
    void startOperator(Settings settings) {
        startOperator(settings, Clock.systemUTC());
    }

    /** The same, with another clock than the cluster's. */
    void startOperator(Settings settings, Clock clock) {
        startOperator(List.of(), settings, clock);
    }

    /** Starts the operator with another clock than the cluster's. */
    void startOperator(Clock clock) {
        startOperator(SETTINGS, clock);
    }

    private void startOperator(List<Interceptor> interceptors, Settings settings, Clock clock) {
        start(
                controlPlane.operatorClient(interceptors),
                client -> new ApiManagerClusterReconciler(client, settings, clock));
    }

    /** Starts a build of the operator in which a text of its names and labels is another. */
    void startOtherBuild(String text, String instead) {
        start(controlPlane.operatorClient(), client -> OtherBuild.reconciler(text, instead, client, SETTINGS));
    }

    private void start(
            KubernetesClient operatorClient, Function<KubernetesClient, Reconciler<? extends HasMetadata>> reconciler) {
        var started = new Operator(overrider -> overrider
                .withKubernetesClient(operatorClient)
                .withUseSSAToPatchPrimaryResource(true)
                .withConcurrentReconciliationThreads(4)
                .withConcurrentWorkflowExecutorThreads(4));
        started.register(reconciler.apply(operatorClient), configuration -> configuration.settingNamespace(namespace));
        started.start();
        operator = Optional.of(started);
    }

    void stopOperator() {
        operator.ifPresent(Operator::stop);
        operator = Optional.empty();
    }

    /** Applies the Secrets of an example, then its resource, in this namespace. */
    void applyExample(String name) throws IOException {
        load(name, "secrets.yaml").forEach(controlPlane::apply);
        load(name, "cr.yaml").forEach(controlPlane::apply);
    }

    /** Brings an example up, waits until nothing is written any more, and forgets how it came up. */
    void run(String example) throws IOException {
        applyExample(example);
        awaitReady();
        awaitQuiet();
        history.clear();
    }

    /** Applies the smallest example, for a product version. */
    void applyExampleOf(String version) throws IOException {
        load("minimal", "secrets.yaml").forEach(controlPlane::apply);
        for (var object : load("minimal", "cr.yaml")) {
            Map<String, Object> spec = ((GenericKubernetesResource) object).get("spec");
            spec.put("version", version);
            controlPlane.apply(object);
        }
    }

    void awaitGone(String name) {
        await().atMost(PATIENCE).until(() -> !names().contains(name));
    }

    /** The objects of a file of an example, in this namespace. */
    List<HasMetadata> load(String example, String file) throws IOException {
        try (var objects = Files.newInputStream(Path.of("examples", example, file))) {
            var loaded = client.load(objects).items();
            loaded.forEach(object -> object.getMetadata().setNamespace(namespace));
            return loaded;
        }
    }

    /** Changes the resource as kubectl patch --type merge does. */
    void patch(String json) {
        resource(NAME).patch(PatchContext.of(PatchType.JSON_MERGE), json);
    }

    /** Changes values of a Secret and removes those that are null. */
    void patchSecret(String name, Map<String, String> values) {
        client.secrets().inNamespace(namespace).withName(name).edit(secret -> {
            values.forEach((key, value) -> {
                if (value == null) {
                    secret.getData().remove(key);
                } else {
                    secret.getData()
                            .put(key, Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8)));
                }
            });
            return secret;
        });
    }

    /** Puts the spec back as it was. */
    void restore(ApiManagerCluster before) {
        resource(NAME).edit(now -> {
            now.setSpec(before.getSpec());
            return now;
        });
    }

    /** Puts the data of a Secret back as they were. */
    void restore(Secret before) {
        client.secrets()
                .inNamespace(namespace)
                .withName(before.getMetadata().getName())
                .edit(now -> now.edit().withData(before.getData()).build());
    }

    List<Pod> pods() {
        return client.pods().inNamespace(namespace).list().getItems();
    }

    /** The revision that a pod runs. */
    String revision(String pod) {
        return PodHistory.revision(pod(pod));
    }

    /** Whether there is a Ready pod of a name, and another one than before. */
    boolean isReadyAgain(String name, String lost) {
        var pod = pod(name);
        return pod != null && !pod.getMetadata().getUid().equals(lost) && PodHistory.isReady(pod);
    }

    /** Whether there is a pod of a name that runs another revision. */
    boolean runsAnotherThan(String revision, String name) {
        var pod = pod(name);
        return pod != null && !PodHistory.revision(pod).equals(revision);
    }

    /** Names of the objects that carry the mark of a rejected revision. */
    List<String> rejected() {
        return objects().stream()
                .map(HasMetadata::getMetadata)
                .filter(metadata -> metadata.getAnnotations() != null
                        && metadata.getAnnotations().containsKey(Names.REJECTED_ANNOTATION))
                .map(ObjectMeta::getName)
                .toList();
    }

    /** Keeps a pod from being Ready, or no longer. */
    void hold(String pod, boolean held) {
        client.resource(pod(pod)).edit(found -> found.edit()
                .editMetadata()
                .addToAnnotations("pod.kube.test/hold", Boolean.toString(held))
                .endMetadata()
                .build());
    }

    Ingress ingress(String name) {
        return client.network()
                .v1()
                .ingresses()
                .inNamespace(namespace)
                .withName(name)
                .get();
    }

    ApiManagerCluster resource() {
        return resource(NAME).get();
    }

    Resource<ApiManagerCluster> resource(String name) {
        return client.resources(ApiManagerCluster.class).inNamespace(namespace).withName(name);
    }

    /** Waits until the current generation is Ready. */
    void awaitReady() {
        awaitCondition("Ready", condition -> condition.status().equals("True"));
    }

    /** Waits until a condition that speaks of the current generation is as wanted, and returns it. */
    Condition awaitCondition(String type, Predicate<Condition> wanted) {
        return await("condition " + type)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> currentCondition(type).filter(wanted), Optional::isPresent)
                .orElseThrow();
    }

    /** A condition, if it speaks of the current generation. */
    Optional<Condition> currentCondition(String type) {
        return condition(type).filter(condition -> condition
                .observedGeneration()
                .equals(resource().getMetadata().getGeneration()));
    }

    Optional<Condition> condition(String type) {
        return Optional.ofNullable(resource().getStatus()).stream()
                .flatMap(status -> status.conditions().stream())
                .filter(condition -> condition.type().equals(type))
                .findFirst();
    }

    StatefulSet statefulSet(String name) {
        return client.apps()
                .statefulSets()
                .inNamespace(namespace)
                .withName(name)
                .get();
    }

    Pod pod(String name) {
        return client.pods().inNamespace(namespace).withName(name).get();
    }

    Secret secret(String name) {
        return client.secrets().inNamespace(namespace).withName(name).get();
    }

    Secret createSecret(String name, Map<String, String> data) {
        return client.resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withNamespace(namespace)
                        .endMetadata()
                        .withStringData(data)
                        .build())
                .create();
    }

    void createOrReplaceSecret(String name, Map<String, String> data) {
        client.secrets().inNamespace(namespace).withName(name).delete();
        createSecret(name, data);
    }

    void create(HasMetadata object) {
        client.resource(object).create();
    }

    /** Creates an object of this namespace from its manifest. */
    HasMetadata create(String manifest) {
        return client.resource(manifest).inNamespace(namespace).create();
    }

    /** Notes of the operator's Events, each after its reason. */
    List<String> events() {
        return recorded()
                .map(event -> event.getReason() + ": " + event.getNote())
                .toList();
    }

    /** The operator's Events. */
    Stream<Event> recorded() {
        return client.events().v1().events().inNamespace(namespace).list().getItems().stream()
                .filter(event -> event.getRegarding().getKind().equals("ApiManagerCluster"));
    }

    /** Waits until the operator has written nothing for two resyncs. */
    void awaitQuiet() {
        awaitNoMore(() -> audit().writes());
    }

    /** Waits until nothing was added to a list for two resyncs. */
    void awaitNoMore(Supplier<List<String>> list) {
        var quietFor = RESYNC.multipliedBy(2);
        await().atMost(PATIENCE)
                .during(quietFor)
                .pollInterval(Duration.ofMillis(200))
                .until(new Callable<>() {
                    private int before = -1;

                    @Override
                    public Boolean call() {
                        var now = list.get().size();
                        var isQuiet = now == before;
                        before = now;
                        return isQuiet;
                    }
                });
    }

    /** Every object of the operator's kinds in the namespace, by kind and name. */
    List<HasMetadata> objects() {
        return List.of(
                        client.secrets().inNamespace(namespace).list().getItems(),
                        client.configMaps().inNamespace(namespace).list().getItems(),
                        client.serviceAccounts().inNamespace(namespace).list().getItems(),
                        client.services().inNamespace(namespace).list().getItems(),
                        client.apps()
                                .statefulSets()
                                .inNamespace(namespace)
                                .list()
                                .getItems(),
                        client.policy()
                                .v1()
                                .podDisruptionBudget()
                                .inNamespace(namespace)
                                .list()
                                .getItems(),
                        client.network()
                                .v1()
                                .networkPolicies()
                                .inNamespace(namespace)
                                .list()
                                .getItems(),
                        client.network()
                                .v1()
                                .ingresses()
                                .inNamespace(namespace)
                                .list()
                                .getItems())
                .stream()
                .flatMap(List::stream)
                .map(HasMetadata.class::cast)
                .toList();
    }

    /** Names of the objects, as kind/name. */
    List<String> names() {
        return objects().stream()
                .map(object -> object.getKind() + "/" + object.getMetadata().getName())
                .sorted()
                .toList();
    }

    /** What the operator has done in the namespace. */
    AuditLog audit() {
        return audit;
    }

    @Override
    public void close() {
        client.resources(ApiManagerCluster.class).inNamespace(namespace).delete();
        await().atMost(PATIENCE).until(() -> client.apps()
                .statefulSets()
                .inNamespace(namespace)
                .list()
                .getItems()
                .isEmpty());
        stopOperator();
        history.close();
        client.namespaces().withName(namespace).delete();
    }
}
