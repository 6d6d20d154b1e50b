package com.wso2.apim.operator.support;

import com.wso2.apim.operator.api.v1alpha1.ApiManagerCluster;
import com.wso2.apim.operator.api.v1alpha1.ApiManagerClusterStatus;
import com.wso2.apim.operator.api.v1alpha1.ApiManagerClusterStatus.Condition;
import com.wso2.apim.operator.inputs.Certificate;
import com.wso2.apim.operator.inputs.GatewayApi;
import com.wso2.apim.operator.inputs.Inputs;
import com.wso2.apim.operator.inputs.Settings;
import com.wso2.apim.operator.model.Names;
import com.wso2.apim.operator.model.Referenced;
import com.wso2.apim.operator.resources.Desired;
import com.wso2.apim.operator.resources.DesiredResources;
import com.wso2.apim.operator.revision.Admission;
import com.wso2.apim.operator.revision.Admitted;
import com.wso2.apim.operator.revision.Revision;
import com.wso2.apim.operator.rollout.Observed;
import com.wso2.apim.operator.rollout.Plan;
import com.wso2.apim.operator.rollout.Plan.Phase;
import com.wso2.apim.operator.rollout.Progress;
import com.wso2.apim.operator.rollout.Rollout;
import com.wso2.apim.operator.rollout.Turn;
import com.wso2.apim.operator.status.Statuses;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A cluster in memory, for one resource: it holds what passes want, and starts, or restarts, one node a minute. */
public final class Simulation {

    /** When time starts. */
    public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private static final int LONGEST_WAY = 30;

    /** Kinds that are applied before the others, in this order. */
    private static final List<String> APPLIED = List.of("Secret", "ConfigMap");

    private final Names names;
    private final List<Secret> given;
    private final GatewayApi gatewayApi;
    private final Map<String, HasMetadata> objects = new TreeMap<>();
    private final Map<String, Pod> pods = new TreeMap<>();
    private final List<String> happened = new ArrayList<>();
    private final SecureRandom random = new SecureRandom();
    private ApiManagerCluster resource;
    private Settings settings = Installation.SETTINGS;
    private boolean servesCertificates;
    private Instant now = START;

    /** A cluster with a resource, some Secrets of the user's, and nothing else. */
    public Simulation(ApiManagerCluster resource, List<Secret> given) {
        this(resource, given, new GatewayApi(Set.of("HTTPRoute", "BackendTLSPolicy"), GatewayApi.Persistence.NONE));
    }

    /** The same, on a cluster that serves something of Gateway API. */
    public Simulation(ApiManagerCluster resource, List<Secret> given, GatewayApi gatewayApi) {
        this.gatewayApi = gatewayApi;
        this.resource = resource;
        this.given = new ArrayList<>(given);
        this.names = new Names(
                resource.getMetadata().getNamespace(), resource.getMetadata().getName());
    }

    /** Passes and minutes in turn, until every node has proved its revision, and no other is kept; what the pass then wants. */
    public Desired settle() {
        for (int i = 0; i < LONGEST_WAY; i++) {
            var inputs = inputs();
            var admission = Admission.of(inputs);
            var plan = plan(inputs, admission);
            var progress = Progress.of(inputs, admission, plan);
            var desired = DesiredResources.of(inputs, admission, plan, progress);
            apply(desired);
            if (plan.phase().isAtRest() && !progress.isProving()) {
                return desired;
            }
            oneMinute();
        }
        throw new AssertionError("never settles: " + happened);
    }

    /** One pass; what it wants. */
    public Desired pass() {
        var inputs = inputs();
        var admission = Admission.of(inputs);
        var desired = desired(inputs, admission, plan(inputs, admission));
        apply(desired);
        return desired;
    }

    /**
     * One pass by an operator that dies after some writes, each of an object that differs from what is there: kinds in the
     * order in which they are applied, objects of a kind in any. What is no longer wanted goes last.
     *
     * @return whether it came to its end
     */
    public boolean passThatDies(int writes, Random order) {
        var inputs = inputs();
        var admission = Admission.of(inputs);
        var desired = desired(inputs, admission, plan(inputs, admission));
        var differing = new ArrayList<>(desired.objects());
        Collections.shuffle(differing, order);
        differing.removeIf(object -> object instanceof StatefulSet set
                ? stored(set).equals(objects.get(key(set)))
                : object.equals(objects.get(key(object))));
        differing.sort(Comparator.comparing(Simulation::rank));
        if (differing.size() <= writes) {
            apply(desired);
            return true;
        }
        apply(new Desired(differing.subList(0, writes), false));
        return false;
    }

    /** From now on the operator has other settings. */
    public void operatorGets(Settings other) {
        settings = other;
    }

    /** From now on the resource is another, which the API server counts as its next generation. */
    public void edit(ApiManagerCluster edited) {
        var before = Optional.ofNullable(resource.getMetadata().getGeneration()).orElse(1L);
        resource = edited;
        resource.getMetadata().setGeneration(before + 1);
    }

    /** From now on the cluster serves Certificates of cert-manager. */
    public void getsCertManager() {
        servesCertificates = true;
    }

    /** The same, and cert-manager answers what is asked for now. */
    public void getsCertManager(CertManagers issuer) {
        getsCertManager();
        var inputs = inputs();
        var nothing = new Plan(Map.of(), Set.of(), Map.of(), Phase.BOOTING, "");
        desired(inputs, Admission.of(inputs), nothing)
                .of(Certificate.class)
                .forEach(certificate -> give(issuer.issue(certificate)));
    }

    /** Puts a Secret of the user's in the place of the one of its name. */
    public void give(Secret secret) {
        given.removeIf(
                old -> old.getMetadata().getName().equals(secret.getMetadata().getName()));
        given.add(secret);
    }

    /** Changes what the cluster holds, behind the operator's back; {@code null} removes. */
    public void change(UnaryOperator<ConfigMap> change) {
        of(ConfigMap.class).forEach(configMap -> {
            var changed = change.apply(configMap);
            if (changed == null) {
                objects.remove(key(configMap));
            } else {
                objects.put(key(configMap), changed);
            }
        });
    }

    /** Removes objects of the operator's, behind its back. */
    public void lose(Predicate<HasMetadata> lost) {
        objects.values().removeIf(lost);
    }

    /** Starts of pods, and their readiness, in their order. */
    public List<String> happened() {
        return List.copyOf(happened);
    }

    /** The same, without as many as there were before. */
    public List<String> happenedSince(int before) {
        return List.copyOf(happened.subList(before, happened.size()));
    }

    /** What a pass reads now. */
    public Inputs inputs() {
        var references = Referenced.by(names, resource.getSpec(), List.copyOf(objects.values()));
        var secrets = Stream.concat(given.stream(), of(Secret.class))
                .filter(secret ->
                        references.secrets().contains(secret.getMetadata().getName()))
                .collect(Collectors.toMap(
                        secret -> secret.getMetadata().getName(), secret -> secret, (before, applied) -> applied));
        return new Inputs(
                resource,
                settings,
                secrets,
                Map.of(),
                List.of(),
                List.copyOf(objects.values()),
                List.copyOf(pods.values()),
                gatewayApi,
                servesCertificates,
                now,
                random);
    }

    /** Everything that the cluster holds of a kind. */
    public <T extends HasMetadata> List<T> all(Class<T> kind) {
        return of(kind).toList();
    }

    /** Removes an object, or puts one in the place of that of its name, behind the operator's back. */
    public void replace(String key, Optional<? extends HasMetadata> other) {
        objects.remove(key);
        other.ifPresent(object -> objects.put(key, object));
    }

    /** The status after the last pass. */
    public ApiManagerClusterStatus status() {
        var inputs = inputs();
        var admission = Admission.of(inputs);
        var plan = plan(inputs, admission);
        return Statuses.of(
                inputs, admission, Observed.of(inputs, names), plan, Progress.of(inputs, admission, plan), List.of());
    }

    /** A condition of that status. */
    public Condition condition(String type) {
        return status().conditions().stream()
                .filter(condition -> condition.type().equals(type))
                .findFirst()
                .orElseThrow();
    }

    private static Desired desired(Inputs inputs, Admission admission, Plan plan) {
        return DesiredResources.of(inputs, admission, plan, Progress.of(inputs, admission, plan));
    }

    private Plan plan(Inputs inputs, Admission admission) {
        var settled = Admitted.stored(inputs, names).map(Admitted::settled).orElse(Map.of());
        var stored = of(ConfigMap.class)
                .map(configMap -> configMap.getMetadata().getName())
                .collect(Collectors.toSet());
        var cluster = admission
                .cluster()
                .orElseThrow(() -> new AssertionError(admission.problems().toString()));
        return new Rollout(
                        cluster,
                        admission.targets(),
                        settled,
                        Observed.of(inputs, names),
                        stored,
                        Turn.of(inputs),
                        admission.rejection().isPresent())
                .plan();
    }

    private void apply(Desired desired) {
        var wanted = desired.objects().stream().collect(Collectors.toMap(Simulation::key, object -> object));
        if (desired.prunes()) {
            objects.keySet().retainAll(wanted.keySet());
        }
        wanted.forEach((key, object) -> objects.put(key, object instanceof StatefulSet set ? stored(set) : object));
    }

    /** Time goes on, without a pass. */
    public void elapse(Duration time) {
        now = now.plus(time);
    }

    /** A minute in which at most one node of each tier is told to restart, and one becomes Ready. */
    public void oneMinute() {
        now = now.plus(Duration.ofMinutes(1));
        of(StatefulSet.class).forEach(this::removePods);
        of(StatefulSet.class).forEach(this::createPods);
        of(StatefulSet.class).forEach(this::replaceOnePod);
        of(StatefulSet.class).filter(this::hasMoved).forEach(set -> objects.put(key(set), settled(set)));
        pods.values().stream()
                .filter(pod -> pod.getStatus() == null)
                .findFirst()
                .ifPresent(this::makeReady);
    }

    private void removePods(StatefulSet set) {
        IntStream.range(set.getSpec().getReplicas(), 2)
                .mapToObj(ordinal -> set.getMetadata().getName() + "-" + ordinal)
                .filter(name -> pods.remove(name) != null)
                .forEach(name -> happened.add(name + " stops"));
    }

    private void createPods(StatefulSet set) {
        IntStream.range(0, set.getSpec().getReplicas())
                .mapToObj(ordinal -> set.getMetadata().getName() + "-" + ordinal)
                .filter(name -> !pods.containsKey(name))
                .forEach(name -> start(name, set));
    }

    private void start(String name, StatefulSet set) {
        happened.add(name + " starts");
        pods.put(
                name,
                new PodBuilder()
                        .withMetadata(set.getSpec().getTemplate().getMetadata())
                        .editMetadata()
                        .withName(name)
                        .endMetadata()
                        .build());
    }

    /** From the last place down to the partition; a pod that is not Ready is waited for. */
    private void replaceOnePod(StatefulSet set) {
        var partition = set.getSpec().getUpdateStrategy().getRollingUpdate().getPartition();
        for (int ordinal = set.getSpec().getReplicas() - 1; ordinal >= partition; ordinal--) {
            var pod = pods.get(set.getMetadata().getName() + "-" + ordinal);
            if (!runs(pod, set)) {
                start(pod.getMetadata().getName(), set);
                return;
            }
            if (pod.getStatus() == null) {
                return;
            }
        }
    }

    private boolean hasMoved(StatefulSet set) {
        return IntStream.range(0, set.getSpec().getReplicas())
                .allMatch(ordinal -> runs(pods.get(set.getMetadata().getName() + "-" + ordinal), set));
    }

    private static boolean runs(Pod pod, StatefulSet set) {
        return Optional.ofNullable(pod.getMetadata().getAnnotations().get(Names.REVISION_ANNOTATION))
                .equals(Revision.nameOf(set.getSpec().getTemplate()));
    }

    private void makeReady(Pod pod) {
        var name = pod.getMetadata().getName();
        happened.add(name + " is Ready");
        pods.put(
                name,
                pod.edit()
                        .withNewStatus()
                        .addNewCondition()
                        .withType("Ready")
                        .withStatus("True")
                        .withLastTransitionTime(now.toString())
                        .endCondition()
                        .endStatus()
                        .build());
    }

    /** As its controller reports it: the current revision is that of the last time when every pod had moved. */
    private StatefulSet stored(StatefulSet set) {
        var revision = Revision.nameOf(set.getSpec().getTemplate()).orElseThrow();
        var current = Optional.ofNullable((StatefulSet) objects.get(key(set)))
                .map(before -> before.getStatus().getCurrentRevision())
                .orElse(revision);
        return set.edit()
                .editMetadata()
                .withGeneration(1L)
                .endMetadata()
                .withNewStatus()
                .withObservedGeneration(1L)
                .withCurrentRevision(current)
                .withUpdateRevision(revision)
                .endStatus()
                .build();
    }

    private static StatefulSet settled(StatefulSet set) {
        return set.edit()
                .editStatus()
                .withCurrentRevision(set.getStatus().getUpdateRevision())
                .endStatus()
                .build();
    }

    private static int rank(HasMetadata object) {
        var rank = APPLIED.indexOf(object.getKind());
        return rank < 0 ? APPLIED.size() : rank;
    }

    private <T extends HasMetadata> Stream<T> of(Class<T> kind) {
        return List.copyOf(objects.values()).stream().filter(kind::isInstance).map(kind::cast);
    }

    private static String key(HasMetadata object) {
        return object.getKind() + "/" + object.getMetadata().getName();
    }
}
