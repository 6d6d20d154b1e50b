package com.wso2.apim.operator.rollout;

import com.wso2.apim.operator.api.v1alpha1.ApiManagerCluster;
import com.wso2.apim.operator.api.v1alpha1.ApiManagerClusterStatus.Roll;
import com.wso2.apim.operator.model.Node;
import com.wso2.apim.operator.model.Role;
import com.wso2.apim.operator.revision.LastGood;
import com.wso2.apim.operator.rollout.Manifests.Report;
import com.wso2.apim.operator.support.AdmittedResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a pass finds: StatefulSets, pods, stored revisions and the mark of what was settled on last. */
final class Scene {

    static final Node ALL_IN_ONE_0 = new Node(Role.ALL_IN_ONE, 0);
    static final Node ALL_IN_ONE_1 = new Node(Role.ALL_IN_ONE, 1);
    static final Node TRAFFIC_MANAGER_0 = new Node(Role.TRAFFIC_MANAGER, 0);
    static final Node TRAFFIC_MANAGER_1 = new Node(Role.TRAFFIC_MANAGER, 1);

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final int LONG = 3600;
    private static final long GENERATION = 7;

    private final Map<Role, StatefulSet> statefulSets = new EnumMap<>(Role.class);
    private final Map<Node, Pod> pods = new HashMap<>();
    private final Map<Role, String> settled = new EnumMap<>(Role.class);
    private final Set<String> stored = new HashSet<>();

    private ApiManagerCluster resource = Configuration.RESOURCE;

    private List<ApiManagerCluster> others = List.of();
    private int bound;
    private boolean isRollback;

    private Scene() {}

    /** Nothing at all. */
    static Scene empty() {
        return new Scene();
    }

    /** Every node has long been Ready. */
    static Scene settledOn(Configuration configuration) {
        var scene = new Scene();
        for (var role : Role.values()) {
            scene.statefulSet(
                    role, configuration, configuration.cluster().tier(role).replicas(), 0);
            scene.settled.put(role, configuration.revision(role).name());
        }
        configuration.nodes().forEach(node -> scene.ready(node, configuration));
        return scene;
    }

    /** A StatefulSet that has only ever had one template. */
    Scene statefulSet(Role role, Configuration template, int replicas, int partition) {
        return statefulSet(role, template, replicas, partition, template);
    }

    /** A StatefulSet that is on its way to its template from an older one. */
    Scene statefulSet(Role role, Configuration template, int replicas, int partition, Configuration from) {
        var current = from.revision(role).name();
        var update = template.revision(role).name();
        statefulSets.put(
                role,
                Manifests.statefulSet(
                        Configuration.NAMES.tier(role),
                        template.revision(role),
                        replicas,
                        partition,
                        GENERATION,
                        new Report(GENERATION, current, update)));
        stored.add(current);
        stored.add(update);
        return this;
    }

    /** Its controller has not looked at the last write yet. */
    Scene unobserved(Role role) {
        statefulSets.get(role).getStatus().setObservedGeneration(GENERATION - 1);
        return this;
    }

    Scene withoutStatus(Role role) {
        statefulSets.get(role).setStatus(null);
        return this;
    }

    Scene ready(Node node, Configuration configuration) {
        return ready(node, configuration, LONG);
    }

    Scene ready(Node node, Configuration configuration, int seconds) {
        return pod(node, configuration, Optional.of(NOW.minusSeconds(seconds)), false, true);
    }

    /** Not Ready yet, and this old. */
    Scene starting(Node node, Configuration configuration, int age) {
        starting(node, configuration);
        pods.get(node).getMetadata().setCreationTimestamp(NOW.minusSeconds(age).toString());
        return this;
    }

    /** For which there has been room this long. */
    Scene scheduled(Node node, int seconds) {
        pods.get(node).getStatus().getConditions().stream()
                .filter(condition -> condition.getType().equals("PodScheduled"))
                .forEach(condition -> condition.setLastTransitionTime(
                        NOW.minusSeconds(seconds).toString()));
        return this;
    }

    /** With rules for rollouts. */
    Scene with(String rollout) {
        resource = AdmittedResource.of(Path.of("examples", "minimal", "cr.yaml"), "spec: {rollout: " + rollout + "}");
        return this;
    }

    /** Beside other resources, of which some may roll. */
    Scene among(int maxRollouts, ApiManagerCluster... neighbours) {
        bound = maxRollouts;
        others = List.of(neighbours);
        return this;
    }

    /** Its status says this of its own roll. */
    Scene saying(Roll.State state) {
        resource = resource.with(
                Members.status(Optional.of(new Roll(state, NOW.minusSeconds(60).toString()))));
        return this;
    }

    /** What is to run is what it goes back to. */
    Scene rollingBack() {
        isRollback = true;
        return this;
    }

    Scene starting(Node node, Configuration configuration) {
        return pod(node, configuration, Optional.empty(), false, true);
    }

    /** Still Ready, but deleted. */
    Scene leaving(Node node, Configuration configuration) {
        return pod(node, configuration, Optional.of(NOW.minusSeconds(LONG)), true, true);
    }

    Scene gone(Node node) {
        pods.remove(node);
        return this;
    }

    /** Somebody deleted a StatefulSet; its pods still name it as their owner. */
    Scene deleted(Role role) {
        statefulSets.remove(role);
        return this;
    }

    /** Somebody deleted a StatefulSet with --cascade=orphan. */
    Scene orphaned(Role role) {
        pods.forEach((node, pod) -> {
            if (node.role() == role) {
                pod.getMetadata().setOwnerReferences(List.of());
            }
        });
        return deleted(role);
    }

    /** The first boot is not over. */
    Scene neverSettled() {
        settled.clear();
        return this;
    }

    private Scene pod(
            Node node, Configuration configuration, Optional<Instant> readySince, boolean isLeaving, boolean isOwned) {
        var revision = configuration.revision(node.role()).name();
        pods.put(node, Manifests.pod(node, revision, readySince, isLeaving, isOwned));
        return this;
    }

    /** What may change now. */
    Plan plan(Configuration wanted) {
        return plan(wanted, Role.values());
    }

    /** What has proved itself or failed, if something was good before. */
    Progress progress(Configuration wanted, LastGood before) {
        return progress(wanted, before, true);
    }

    /** The same, when that may not be stored any more. */
    Progress progress(Configuration wanted, LastGood before, boolean canGoBack) {
        var inputs = Manifests.inputs(resource, List.copyOf(statefulSets.values()), List.copyOf(pods.values()), NOW);
        return Progress.of(
                inputs,
                wanted.cluster(),
                wanted.targets(),
                before,
                canGoBack,
                plan(wanted).phase());
    }

    /** The same, when only some tiers have a target. */
    Plan plan(Configuration wanted, Role... withTarget) {
        var targets = wanted.targets();
        targets.keySet().retainAll(Set.of(withTarget));
        var observed = Manifests.observed(List.copyOf(statefulSets.values()), List.copyOf(pods.values()), NOW);
        return new Rollout(
                        wanted.cluster(),
                        targets,
                        settled,
                        observed,
                        stored,
                        new Turn(resource, others, bound, NOW),
                        isRollback)
                .plan();
    }
}
