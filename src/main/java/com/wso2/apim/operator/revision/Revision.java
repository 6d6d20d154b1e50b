package com.wso2.apim.operator.revision;

import com.wso2.apim.operator.inputs.Inputs;
import com.wso2.apim.operator.model.Cluster;
import com.wso2.apim.operator.model.Names;
import com.wso2.apim.operator.model.Role;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Volume;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One tier, frozen: everything that a pod of it starts from. Stored as an immutable ConfigMap under its name, from which it
 * can be read back, whatever the resource says by then.
 *
 * @param name name of the ConfigMap
 * @param files deployment.toml by key, one for each node
 * @param template the exact pod template
 * @param stored the same as text, letter by letter as the ConfigMap has it, which would take no other: the next operator
 *     may write the same template in another order
 */
public record Revision(String name, Map<String, String> files, PodTemplateSpec template, String stored) {

    private static final String TEMPLATE_KEY = "pod-template.json";

    /** A revision that nobody has stored yet. */
    public Revision(String name, Map<String, String> files, PodTemplateSpec template) {
        this(name, files, template, Hash.canonical(template));
    }

    /** The revision that a cluster, with the given files and Secrets for environment and stores, asks for. */
    public static Revision of(
            Cluster cluster, Role role, Map<String, String> files, String environment, String stores) {
        var tier = cluster.tier(role);
        var unnamed = new PodTemplate(cluster, tier, "", environment, stores).build();
        var name = cluster.names().revision(role, Hash.of(List.of(files, unnamed)));
        return new Revision(name, files, new PodTemplate(cluster, tier, name, environment, stores).build());
    }

    /** The stored revision of a name; empty if there is none. */
    public static Optional<Revision> stored(Inputs inputs, String name) {
        return inputs.owned(ConfigMap.class, name).flatMap(Revision::stored);
    }

    /** Reads a stored revision back; empty if the ConfigMap is none. */
    public static Optional<Revision> stored(ConfigMap configMap) {
        var data = Optional.ofNullable(configMap.getData()).orElse(Map.of());
        return Optional.ofNullable(data.get(TEMPLATE_KEY)).map(template -> {
            var files = new TreeMap<>(data);
            files.remove(TEMPLATE_KEY);
            return new Revision(
                    configMap.getMetadata().getName(), files, Hash.parse(template, PodTemplateSpec.class), template);
        });
    }

    /** The revision that a template was made for. */
    public static Optional<String> nameOf(PodTemplateSpec template) {
        return of(template.getMetadata());
    }

    /** The revision that a pod, or the template of one, was made for. */
    static Optional<String> of(ObjectMeta metadata) {
        return Optional.ofNullable(metadata)
                .map(ObjectMeta::getAnnotations)
                .map(annotations -> annotations.get(Names.REVISION_ANNOTATION));
    }

    /** Content of the ConfigMap. */
    public Map<String, String> data() {
        var data = new LinkedHashMap<>(files);
        data.put(TEMPLATE_KEY, stored);
        return data;
    }

    /** Nodes that the revision has a file for. */
    public int nodes() {
        return files.size();
    }

    /** Secrets with the environment and the stores of this revision, not those that the user mounts. */
    public Set<String> secrets() {
        var environment = template.getSpec().getContainers().stream()
                .filter(container -> Names.CONTAINER.equals(container.getName()))
                .flatMap(container -> container.getEnvFrom().stream())
                .map(EnvFromSource::getSecretRef)
                .filter(Objects::nonNull)
                .map(reference -> reference.getName());
        var stores = template.getSpec().getVolumes().stream()
                .filter(volume -> PodVolumes.STORES.equals(volume.getName()))
                .map(Volume::getSecret)
                .filter(Objects::nonNull)
                .map(secret -> secret.getSecretName());
        return Stream.concat(environment, stores).collect(Collectors.toSet());
    }
}
