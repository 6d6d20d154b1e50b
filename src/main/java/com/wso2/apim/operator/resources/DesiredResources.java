package com.wso2.apim.operator.resources;

import com.wso2.apim.operator.api.v1alpha1.Exposure;
import com.wso2.apim.operator.inputs.Inputs;
import com.wso2.apim.operator.model.Cluster;
import com.wso2.apim.operator.model.Ownership;
import com.wso2.apim.operator.model.Role;
import com.wso2.apim.operator.model.Tier;
import com.wso2.apim.operator.revision.Admission;
import com.wso2.apim.operator.revision.Admitted;
import com.wso2.apim.operator.revision.Issuance;
import com.wso2.apim.operator.revision.Origin;
import com.wso2.apim.operator.revision.Revision;
import com.wso2.apim.operator.rollout.Plan;
import com.wso2.apim.operator.rollout.Progress;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** MODEL + PLAN → OBJECTS. */
public final class DesiredResources {

    private final Inputs inputs;
    private final Admission admission;
    private final Plan plan;
    private final Cluster cluster;
    private final Progress progress;

    private DesiredResources(Inputs inputs, Admission admission, Plan plan, Progress progress, Cluster cluster) {
        this.inputs = inputs;
        this.admission = admission;
        this.plan = plan;
        this.cluster = cluster;
        this.progress = progress;
    }

    /** Everything that the resource is to have now. */
    public static Desired of(Inputs inputs, Admission admission, Plan plan, Progress progress) {
        var objects = new ArrayList<HasMetadata>();
        // What is waited for is asked for while the deployment is frozen by the waiting.
        admission
                .asked()
                .flatMap(cluster -> Issuance.of(inputs, cluster.names())
                        .filter(Issuance::mayBeAskedFor)
                        .map(issuance -> Certificates.of(cluster, issuance.wanted())))
                .ifPresent(objects::add);
        admission
                .cluster()
                .map(cluster -> new DesiredResources(inputs, admission, plan, progress, cluster).objects())
                .ifPresent(objects::addAll);
        return new Desired(List.copyOf(objects), !admission.isFrozen());
    }

    private List<HasMetadata> objects() {
        var objects = new ArrayList<HasMetadata>();
        objects.add(ServiceAccounts.of(cluster));
        if (!admission.isFrozen()) {
            objects.addAll(secrets());
            objects.addAll(revisions());
            admission.origin().ifPresent(origin -> objects.add(ConfigMaps.admitted(cluster, admitted(origin))));
        }
        cluster.tiers().forEach(tier -> objects.addAll(tier(tier)));
        if (cluster.exposure().type() == Exposure.Type.INGRESS) {
            objects.addAll(Ingresses.of(cluster));
        }
        Optional.ofNullable(cluster.exposure().service())
                .ifPresent(service -> objects.add(Services.streams(cluster, service)));
        if (cluster.exposure().type() == Exposure.Type.GATEWAY_API) {
            objects.addAll(routes());
        }
        return objects;
    }

    /** A frozen deployment keeps its routes, unless their kinds are gone. */
    private List<HasMetadata> routes() {
        var objects = new ArrayList<HasMetadata>();
        admission
                .authority(inputs)
                .ifPresent(certificate -> objects.add(BackendPolicies.authority(cluster, certificate)));
        if (inputs.gatewayApi().isServed()) {
            objects.add(BackendPolicies.of(cluster));
            objects.addAll(HttpRoutes.of(cluster, inputs.gatewayApi().persistence()));
        }
        return objects;
    }

    private List<HasMetadata> tier(Tier tier) {
        var objects = new ArrayList<HasMetadata>();
        objects.add(Services.headless(cluster, tier));
        objects.add(Services.balanced(cluster, tier));
        cluster.additionalIngress().ifPresent(rules -> objects.add(NetworkPolicies.of(cluster, tier, rules)));
        if (tier.replicas() > 1) {
            objects.add(DisruptionBudgets.of(cluster, tier));
        }
        Optional.ofNullable(plan.tiers().get(tier.role()))
                .ifPresent(tierPlan -> objects.add(StatefulSets.of(cluster, tier, tierPlan)));
        return objects;
    }

    private List<Secret> secrets() {
        var secrets = new ArrayList<Secret>();
        retained().forEach((name, data) -> secrets.add(Secrets.retained(cluster, inputs.resource(), name, data)));
        var mounted = new LinkedHashMap<>(admission.mounted());
        var stillMounted = stillMounted();
        inputs.owned(Secret.class).stream()
                .filter(secret -> stillMounted.contains(secret.getMetadata().getName()))
                .forEach(secret -> mounted.putIfAbsent(secret.getMetadata().getName(), secret.getData()));
        mounted.forEach((name, data) -> secrets.add(Secrets.mounted(cluster, name, data)));
        return secrets;
    }

    /** What is in use, and what once was: it stays, or goes, with the rest. */
    private Map<String, Map<String, String>> retained() {
        var retained = new LinkedHashMap<String, Map<String, String>>();
        admission.sources().ifPresent(sources -> sources.retained()
                .forEach((name, data) -> retained.put(name, Secrets.encoded(data))));
        var metadata = inputs.resource().getMetadata();
        var ownership = new Ownership(cluster.names(), metadata.getUid());
        cluster.names().retainedSecrets().stream()
                .flatMap(name -> inputs.secret(name).stream())
                .filter(ownership::isRetained)
                .forEach(secret -> retained.putIfAbsent(secret.getMetadata().getName(), secret.getData()));
        return retained;
    }

    /** Secrets that a kept revision names: rolling back must bring its passwords and stores back too. */
    private Set<String> stillMounted() {
        return kept().values().stream()
                .flatMap(revision -> revision.secrets().stream())
                .collect(Collectors.toCollection(HashSet::new));
    }

    private List<ConfigMap> revisions() {
        var revisions = kept();
        Stream.of(admission.targets(), admission.wanted())
                .flatMap(wanted -> wanted.values().stream())
                .forEach(target -> revisions.put(target.name(), target));
        return revisions.values().stream()
                .map(revision -> ConfigMaps.revision(cluster, revision))
                .toList();
    }

    private Map<String, Revision> kept() {
        var kept = new LinkedHashMap<String, Revision>();
        // What was good before is kept until what is good now is stored.
        var names = new HashSet<>(plan.keep());
        Admitted.stored(inputs, cluster.names())
                .ifPresent(last -> names.addAll(last.good().revisions().values()));
        inputs.owned(ConfigMap.class).stream()
                .filter(configMap -> names.contains(configMap.getMetadata().getName()))
                .flatMap(configMap -> Revision.stored(configMap).stream())
                .forEach(revision -> kept.put(revision.name(), revision));
        return kept;
    }

    private Admitted admitted(Origin origin) {
        var targets = new EnumMap<Role, String>(Role.class);
        admission.wanted().forEach((role, target) -> targets.put(role, target.name()));
        return new Admitted(Optional.of(inputs.resource().getSpec()), targets, plan.settled(), origin, progress.good());
    }
}
