package com.wso2.apim.operator.revision;

import static java.util.Map.entry;

import com.wso2.apim.operator.api.v1alpha1.EnvironmentVariable;
import com.wso2.apim.operator.model.Cluster;
import com.wso2.apim.operator.model.Names;
import com.wso2.apim.operator.model.Port;
import com.wso2.apim.operator.model.Problem;
import com.wso2.apim.operator.model.Tier;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** What the user's part of a tier's pods may not say, because the operator or the StatefulSet decides on it. */
final class PodShape {

    private static final String SERVER = "spec.containers[" + Names.CONTAINER + "].";
    private static final String DRIVER_COPY = "spec.initContainers[" + PodVolumes.DRIVER_COPY + "].";
    private static final String STORAGE_SETUP = "spec.initContainers[" + StorageVolume.SETUP + "].";
    private static final Set<String> OPEN_IN_OUR_INIT_CONTAINERS =
            Set.of("name", "imagePullPolicy", "resources", "securityContext");
    private static final String OUR_DOMAIN = "apim.wso2.com/";

    private static final String PEERS = "peers dial each node by the name that its StatefulSet gives it";
    private static final String SERVICE_ACCOUNT =
            "the pods run as the ServiceAccount that the operator makes, with the annotations of spec.serviceAccount";
    private static final String ENTRYPOINT = "the image's entrypoint puts deployment.toml and the key stores in place";

    /** Fields that nobody can write, and why. */
    private static final Map<String, String> FIXED = Map.ofEntries(
            entry("spec.hostname", PEERS),
            entry("spec.subdomain", PEERS),
            entry("spec.setHostnameAsFQDN", PEERS),
            entry("spec.hostnameOverride", PEERS),
            entry("spec.restartPolicy", "a StatefulSet restarts its containers always"),
            entry("spec.activeDeadlineSeconds", "a node runs until it is replaced"),
            entry("spec.nodeName", "both nodes would run on one machine; nodeSelector and affinity choose machines"),
            entry("spec.hostNetwork", "NetworkPolicies do not protect pods in the network of their machine"),
            entry("spec.ephemeralContainers", "only a running pod can have them, by kubectl debug"),
            entry("spec.serviceAccountName", SERVICE_ACCOUNT),
            entry("spec.serviceAccount", SERVICE_ACCOUNT),
            entry(SERVER + "command", ENTRYPOINT),
            entry(SERVER + "args", ENTRYPOINT),
            entry(SERVER + "workingDir", "the server finds its files from its own directory"),
            entry(
                    SERVER + "lifecycle.preStop",
                    "the server is stopped by its own script, after the balancers let it go"));

    /** Fields of the tier that say the same as a field of a pod. */
    private static final Map<String, String> OWN_FIELDS = Map.ofEntries(
            entry("spec.terminationGracePeriodSeconds", "terminationGracePeriodSeconds"),
            entry("spec.imagePullSecrets", "imagePullSecrets"),
            entry(SERVER + "image", "image"),
            entry(SERVER + "imagePullPolicy", "imagePullPolicy"),
            entry(SERVER + "resources", "resources"),
            entry(SERVER + "startupProbe", "probes"),
            entry(SERVER + "readinessProbe", "probes"),
            entry(SERVER + "livenessProbe", "probes"),
            entry(SERVER + "envFrom", "env"));

    /** What cannot be removed as a whole. */
    private static final Set<String> HOLD_OUR_ENTRIES = Set.of(
            "metadata",
            "metadata.labels",
            "metadata.annotations",
            "spec",
            "spec.containers",
            "spec.initContainers",
            "spec.volumes",
            SERVER + "env",
            SERVER + "lifecycle",
            SERVER + "ports",
            SERVER + "volumeMounts");

    private final Tier tier;
    private final PodTemplateSpec own;
    private final Container server;
    private final String root;
    private final List<Problem> problems = new ArrayList<>();

    private PodShape(Cluster cluster, Tier tier) {
        this.tier = tier;
        this.own = new PodTemplate(cluster, tier, "", "", "").own();
        this.server = own.getSpec().getContainers().get(0);
        this.root = tier.role().field() + ".podTemplate";
    }

    /** What is wrong with the pod templates of both tiers. */
    static List<Problem> problems(Cluster cluster) {
        return cluster.tiers().stream()
                .filter(tier -> !tier.podTemplate().isEmpty())
                .flatMap(tier -> new PodShape(cluster, tier).problems().stream())
                .toList();
    }

    private List<Problem> problems() {
        var tree = tier.podTemplate().tree();
        var malformed = PodFields.problems(root, tree);
        if (!malformed.isEmpty()) {
            return malformed;
        }
        tree.forEach((field, value) -> visit(field, field, value));
        return problems;
    }

    private void visit(String path, String field, Object value) {
        if (isRefused(path, value)) {
            return;
        }
        if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                element(path, field, i, list.get(i));
            }
        } else if (path.equals("metadata.labels") || path.equals("metadata.annotations")) {
            PodMerge.asMap(value).keySet().forEach(key -> key(path, key));
        } else {
            PodMerge.asMap(value).forEach((name, inner) -> visit(path + "." + name, name, inner));
        }
    }

    private boolean isRefused(String path, Object value) {
        if (HOLD_OUR_ENTRIES.contains(path) && PodMerge.removes(value)) {
            return add(PodTemplateProblem.FIXED, path, "it holds what the operator needs");
        }
        if (path.startsWith("metadata.") && !HOLD_OUR_ENTRIES.contains(path)) {
            return add(PodTemplateProblem.FIXED, path, "pods have only labels and annotations from their template");
        }
        if (FIXED.containsKey(path)) {
            return add(PodTemplateProblem.FIXED, path, FIXED.get(path));
        }
        if (OWN_FIELDS.containsKey(path)) {
            var instead = tier.role().field() + "." + OWN_FIELDS.get(path);
            return add(PodTemplateProblem.FIXED_WITH_FIELD, path, "this has a field of its own", instead);
        }
        if (isClosed(path, DRIVER_COPY)) {
            var reason = "this container copies the JDBC driver";
            return add(PodTemplateProblem.FIXED_WITH_FIELD, path, reason, "spec.database.driver");
        }
        if (isClosed(path, STORAGE_SETUP)) {
            var instead = tier.role().field() + ".storage";
            return add(PodTemplateProblem.FIXED_WITH_FIELD, path, "this container prepares the node's volume", instead);
        }
        return false;
    }

    private static boolean isClosed(String path, String initContainer) {
        return path.startsWith(initContainer)
                && OPEN_IN_OUR_INIT_CONTAINERS.stream()
                        .noneMatch(open -> (path + ".").startsWith(initContainer + open + "."));
    }

    private void element(String path, String list, int index, Object value) {
        var place = path + PodFields.entry(list, index, value);
        var map = PodMerge.asMap(value);
        if (path.equals("spec.volumes")) {
            volume(place, map);
        } else if (path.equals(SERVER + "env")) {
            variable(place, String.valueOf(map.get("name")));
        } else if (path.equals(SERVER + "volumeMounts")) {
            mount(place, String.valueOf(map.get("mountPath")));
        } else if (list.equals("ports")) {
            port(place, map.get("containerPort"));
        }
        map.forEach((name, inner) -> visit(place + "." + name, name, inner));
    }

    private void key(String path, String key) {
        if (own.getMetadata().getLabels().containsKey(key) || key.startsWith(OUR_DOMAIN)) {
            add(PodTemplateProblem.OPERATORS_KEY, path + "[" + key + "]");
        }
    }

    private void volume(String place, Map<String, Object> volume) {
        var ours = Stream.concat(
                own.getSpec().getVolumes().stream().map(Volume::getName),
                server.getVolumeMounts().stream().map(VolumeMount::getName));
        if (ours.anyMatch(name -> name.equals(volume.get("name")))) {
            add(PodTemplateProblem.OPERATORS_VOLUME, place);
        }
    }

    private void port(String place, Object number) {
        if (Port.of(tier.role()).stream().anyMatch(port -> number.equals(port.number()))) {
            add(PodTemplateProblem.OPERATORS_PORT, place, number);
        }
    }

    private void variable(String place, String name) {
        if (tier.env().stream().map(EnvironmentVariable::name).anyMatch(name::equals)) {
            add(PodTemplateProblem.VARIABLE_TWICE, place, tier.role().field() + ".env");
        } else if (Tier.reserves(name)
                || server.getEnv().stream().map(EnvVar::getName).anyMatch(name::equals)) {
            add(PodTemplateProblem.OPERATORS_VARIABLE, place);
        }
    }

    /** A mount above one of ours would hide it, and one below could not be made in what is read-only. */
    private void mount(String place, String path) {
        var given = Path.of(path.replace("\0", "")).normalize();
        server.getVolumeMounts().stream()
                .map(ours -> Path.of(ours.getMountPath()))
                .filter(ours -> ours.startsWith(given) || given.startsWith(ours))
                .findFirst()
                .ifPresent(ours -> add(PodTemplateProblem.OPERATORS_PATH, place, ours));
    }

    private boolean add(PodTemplateProblem kind, String path, Object... words) {
        return problems.add(kind.at(root + "." + path, words));
    }
}
