package com.wso2.apim.operator.revision;

import com.wso2.apim.operator.api.v1alpha1.EnvironmentVariable;
import com.wso2.apim.operator.model.Cluster;
import com.wso2.apim.operator.model.Dialect;
import com.wso2.apim.operator.model.Names;
import com.wso2.apim.operator.model.Port;
import com.wso2.apim.operator.model.Role;
import com.wso2.apim.operator.model.Tier;
import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.AffinityBuilder;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.ContainerPortBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;
import io.fabric8.kubernetes.api.model.WeightedPodAffinityTerm;
import io.fabric8.kubernetes.api.model.WeightedPodAffinityTermBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The pods of one revision of a tier; fit for namespaces that enforce the restricted Pod Security Standard. */
final class PodTemplate {

    private final Cluster cluster;
    private final Tier tier;
    private final String revision;
    private final String environment;
    private final Dialect dialect;
    private final PodVolumes volumes;
    private final StorageVolume storage;

    PodTemplate(Cluster cluster, Tier tier, String revision, String environment, String stores) {
        this.cluster = cluster;
        this.tier = tier;
        this.revision = revision;
        this.environment = environment;
        this.dialect = Dialect.of(cluster.version());
        this.volumes = new PodVolumes(
                cluster.driver().filter(jar -> dialect.readsSharedDatabases(tier.role())), revision, stores);
        this.storage = new StorageVolume(tier);
    }

    /** The operator's own template with the user's part merged into it. */
    PodTemplateSpec build() {
        return tier.podTemplate().isEmpty() ? own() : new PodMerge(restricted()).merged(own(), tier.podTemplate());
    }

    /** What the operator itself decides on. */
    PodTemplateSpec own() {
        return new PodTemplateSpecBuilder()
                .withNewMetadata()
                .withLabels(cluster.names().podLabels(tier.role()))
                .addToAnnotations(Names.REVISION_ANNOTATION, revision)
                .addToAnnotations(restart())
                .endMetadata()
                .withNewSpec()
                .withServiceAccountName(cluster.names().serviceAccount())
                .withAutomountServiceAccountToken(false)
                .withEnableServiceLinks(false)
                .withTerminationGracePeriodSeconds(tier.terminationGracePeriodSeconds())
                .withImagePullSecrets(tier.imagePullSecrets().stream()
                        .map(LocalObjectReference::new)
                        .toList())
                .withNewSecurityContext()
                .withRunAsNonRoot(true)
                .withRunAsUser(dialect.userId())
                .withRunAsGroup(dialect.userId())
                .withFsGroup(dialect.userId())
                .withFsGroupChangePolicy("OnRootMismatch")
                .withNewSeccompProfile()
                .withType("RuntimeDefault")
                .endSeccompProfile()
                .endSecurityContext()
                .withAffinity(apart())
                .withInitContainers(Stream.concat(volumes.driverCopy().stream(), storage.setup().stream())
                        .toList())
                .withContainers(server())
                .withVolumes(volumes.volumes())
                .endSpec()
                .build();
    }

    private Map<String, String> restart() {
        return cluster.operation()
                .restartedAt()
                .map(moment -> Map.of(Names.RESTARTED_ANNOTATION, moment))
                .orElse(Map.of());
    }

    private Container server() {
        var probes = new ServerProbes(tier);
        return new ContainerBuilder()
                .withName(Names.CONTAINER)
                .withImage(tier.image())
                .withImagePullPolicy(
                        tier.imagePullPolicy().map(Object::toString).orElse(null))
                .withPorts(ports())
                .withEnv(env())
                .addNewEnvFrom()
                .withNewSecretRef(environment, false)
                .endEnvFrom()
                .withNewResources()
                .withRequests(tier.requests())
                .withLimits(tier.limits())
                .endResources()
                .withStartupProbe(probes.startup())
                .withReadinessProbe(probes.readiness())
                .withLivenessProbe(probes.liveness())
                .withNewLifecycle()
                .withNewPreStop()
                .withNewExec()
                .withCommand("/bin/sh", "-c", stop())
                .endExec()
                .endPreStop()
                .endLifecycle()
                .withSecurityContext(restricted())
                .withVolumeMounts(Stream.concat(volumes.mounts().stream(), storage.mount().stream())
                        .toList())
                .build();
    }

    /**
     * Endpoints are gone from every balancer before the server refuses connections; then the server is stopped by its own
     * script, because the shell that is process 1 of these images ignores SIGTERM.
     */
    private String stop() {
        return "sleep 10; exec \"${WSO2_SERVER_HOME}/bin/" + dialect.script(tier.role()) + "\" stop";
    }

    private List<ContainerPort> ports() {
        return Port.of(tier.role()).stream()
                .map(port -> new ContainerPortBuilder()
                        .withName(port.portName())
                        .withContainerPort(port.number())
                        .withProtocol("TCP")
                        .build())
                .toList();
    }

    private List<EnvVar> env() {
        var env = new ArrayList<EnvVar>();
        env.add(field("POD_NAME", "metadata.name"));
        env.add(field("NODE_IP", "status.podIP"));
        env.add(new EnvVar("JVM_MEM_OPTS", "-Xms" + tier.xms() + " -Xmx" + tier.xmx(), null));
        if (tier.role() == Role.TRAFFIC_MANAGER) {
            dialect.trafficManagerProfile().ifPresent(profile -> env.add(new EnvVar("PROFILE_NAME", profile, null)));
        }
        tier.env().stream().map(PodTemplate::variable).forEach(env::add);
        return env;
    }

    private static EnvVar variable(EnvironmentVariable given) {
        var variable = new EnvVarBuilder().withName(given.name());
        var source = Optional.ofNullable(given.valueFrom());
        source.map(EnvironmentVariable.Source::secretKeyRef).ifPresent(ref -> variable.withNewValueFrom()
                .withNewSecretKeyRef(ref.key(), ref.name(), false)
                .endValueFrom());
        source.map(EnvironmentVariable.Source::configMapKeyRef).ifPresent(ref -> variable.withNewValueFrom()
                .withNewConfigMapKeyRef(ref.key(), ref.name(), false)
                .endValueFrom());
        return variable.withValue(
                        source.isPresent()
                                ? null
                                : Optional.ofNullable(given.value()).orElse(""))
                .build();
    }

    private static EnvVar field(String name, String path) {
        return new EnvVarBuilder()
                .withName(name)
                .withNewValueFrom()
                .withNewFieldRef("v1", path)
                .endValueFrom()
                .build();
    }

    static SecurityContext restricted() {
        return new SecurityContextBuilder()
                .withAllowPrivilegeEscalation(false)
                .withNewCapabilities()
                .withDrop("ALL")
                .endCapabilities()
                .build();
    }

    /** The nodes of a tier on different machines, and in different zones, where there are such. */
    private Affinity apart() {
        return new AffinityBuilder()
                .withNewPodAntiAffinity()
                .withPreferredDuringSchedulingIgnoredDuringExecution(
                        apart(100, "kubernetes.io/hostname"), apart(50, "topology.kubernetes.io/zone"))
                .endPodAntiAffinity()
                .build();
    }

    private WeightedPodAffinityTerm apart(int weight, String topologyKey) {
        return new WeightedPodAffinityTermBuilder()
                .withWeight(weight)
                .withNewPodAffinityTerm()
                .withTopologyKey(topologyKey)
                .withNewLabelSelector()
                .withMatchLabels(cluster.names().selector(tier.role()))
                .endLabelSelector()
                .endPodAffinityTerm()
                .build();
    }
}
