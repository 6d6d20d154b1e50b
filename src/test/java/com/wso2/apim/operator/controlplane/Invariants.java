package com.wso2.apim.operator.controlplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.wso2.apim.operator.controlplane.PodHistory.Moment;
import com.wso2.apim.operator.controlplane.PodHistory.What;
import com.wso2.apim.operator.model.Names;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvVarSource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What holds at every moment of a deployment with two nodes in each tier, by the watched history of every pod. */
final class Invariants implements AutoCloseable {

    static final List<String> NODES = List.of("apim-aio-0", "apim-aio-1", "apim-tm-0", "apim-tm-1");
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String REVISION = "apim-(aio|tm)-[a-z0-9]+";
    private static final String CONTENT = "apim-(env|stores)-[a-z0-9]+";

    private final Deployment deployment;
    private final KubernetesClient client;
    private final Set<String> struck = ConcurrentHashMap.newKeySet();
    private final Set<String> notStored = ConcurrentHashMap.newKeySet();
    private final SharedIndexInformer<Pod> informer;

    /** Watches from now on. */
    Invariants(Deployment deployment) {
        this.deployment = deployment;
        this.client = deployment.client();
        informer = client.pods().inNamespace(deployment.namespace()).inform(new ResourceEventHandler<>() {
            @Override
            public void onAdd(Pod pod) {
                mounts(pod).filter(name -> !isStored(name)).forEach(name -> notStored.add(name + " of " + name(pod)));
            }

            @Override
            public void onUpdate(Pod before, Pod after) {}

            @Override
            public void onDelete(Pod pod, boolean isStateUnknown) {}
        });
    }

    /** A pod whose end is not the operator's doing. */
    void strikes(Pod pod) {
        struck.add(pod.getMetadata().getUid());
    }

    /** Nobody else has been told to go while a node was not Ready, and whatever a pod started from was stored. */
    void hold() {
        assertThat(notStored).as("what pods started from").isEmpty();
        assertThat(deployment.history().moments())
                .filteredOn(moment -> moment.what() == What.UNREADY && moment.isLeaving())
                .filteredOn(moment -> !struck.contains(moment.uid()))
                .allSatisfy(moment -> assertThat(moment.readyPods()).containsExactlyElementsOf(othersThan(moment)));
    }

    /** Pods were created in this order, and no others. */
    void created(String... pods) {
        assertThat(deployment.history().pods(What.CREATED))
                .as(() -> "created, of " + deployment.history().moments())
                .containsExactly(pods);
    }

    /** The boot was in the order of the wiring, each step after the nodes of the one before were Ready. */
    void holdInFirstBoot() {
        hold();
        var created = deployment.history().moments().stream()
                .filter(moment -> moment.what() == What.CREATED)
                .toList();
        assertThat(created).hasSize(NODES.size());
        assertThat(created.get(0).pod()).isEqualTo("apim-aio-0");
        assertThat(created.subList(1, 3))
                .allSatisfy(moment -> assertThat(moment.pod()).startsWith("apim-tm"))
                .allSatisfy(moment -> assertThat(moment.readyPods()).contains("apim-aio-0"));
        assertThat(created.get(3).readyPods()).containsExactlyElementsOf(othersThan(created.get(3)));
    }

    /** Every node is Ready on the revision of its tier, and nothing is left of older ones but what is rejected. */
    void holdAtRest(String... rejected) {
        hold();
        var running = NODES.stream().map(deployment::pod).toList();
        assertThat(running)
                .allSatisfy(
                        pod -> assertThat(PodHistory.isReady(pod)).as(name(pod)).isTrue());
        assertThat(running).allSatisfy(pod -> {
            var set = deployment.statefulSet(name(pod).substring(0, name(pod).lastIndexOf('-')));
            assertThat(PodHistory.revision(pod))
                    .isEqualTo(set.getSpec()
                            .getTemplate()
                            .getMetadata()
                            .getAnnotations()
                            .get(Names.REVISION_ANNOTATION));
            assertThat(set.getSpec().getUpdateStrategy().getRollingUpdate().getPartition())
                    .isZero();
            assertThat(set.getSpec().getReplicas()).isEqualTo(2);
        });
        var revisions = Stream.concat(running.stream().map(PodHistory::revision), Stream.of(rejected))
                .collect(Collectors.toSet());
        // What nodes have just come to rest on is good only after another look.
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(named("ConfigMap", REVISION)).isEqualTo(revisions);
            assertThat(named("Secret", CONTENT)).isEqualTo(contentsOf(revisions));
        });
    }

    /** Whether the file of each node holds a text. */
    void everyFileHolds(String text) {
        assertThat(NODES).allSatisfy(node -> assertThat(client.configMaps()
                        .inNamespace(deployment.namespace())
                        .withName(deployment.revision(node))
                        .get()
                        .getData()
                        .get(node + ".toml"))
                .contains(text));
    }

    private Set<String> named(String kind, String pattern) {
        return deployment.objects().stream()
                .filter(object -> object.getKind().equals(kind))
                .map(HasMetadata::getMetadata)
                .map(metadata -> metadata.getName())
                .filter(name -> name.matches(pattern))
                .collect(Collectors.toSet());
    }

    /** Secrets that the templates of these revisions name. */
    private Set<String> contentsOf(Set<String> revisions) {
        var templates = deployment.objects().stream()
                .filter(object -> revisions.contains(object.getMetadata().getName()))
                .map(Serialization::asJson)
                .collect(Collectors.joining());
        return named("Secret", CONTENT).stream().filter(templates::contains).collect(Collectors.toSet());
    }

    private static List<String> othersThan(Moment moment) {
        return NODES.stream().filter(node -> !node.equals(moment.pod())).toList();
    }

    private boolean isStored(String name) {
        return client.configMaps()
                                .inNamespace(deployment.namespace())
                                .withName(name)
                                .get()
                        != null
                || client.secrets()
                                .inNamespace(deployment.namespace())
                                .withName(name)
                                .get()
                        != null;
    }

    private static Stream<String> mounts(Pod pod) {
        var names = new HashSet<String>();
        names.add(PodHistory.revision(pod));
        pod.getSpec().getVolumes().forEach(volume -> {
            if (volume.getConfigMap() != null) {
                names.add(volume.getConfigMap().getName());
            }
            if (volume.getSecret() != null) {
                names.add(volume.getSecret().getSecretName());
            }
        });
        pod.getSpec().getContainers().forEach(container -> {
            container.getEnvFrom().stream()
                    .map(EnvFromSource::getSecretRef)
                    .filter(Objects::nonNull)
                    .forEach(source -> names.add(source.getName()));
            container.getEnv().stream()
                    .map(variable -> variable.getValueFrom())
                    .filter(Objects::nonNull)
                    .map(EnvVarSource::getSecretKeyRef)
                    .filter(Objects::nonNull)
                    .forEach(source -> names.add(source.getName()));
        });
        return names.stream();
    }

    private static String name(Pod pod) {
        return pod.getMetadata().getName();
    }

    @Override
    public void close() {
        informer.close();
    }
}
