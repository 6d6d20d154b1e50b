package com.wso2.apim.operator.revision;

import com.wso2.apim.operator.api.v1alpha1.ApiManagerClusterSpec;
import com.wso2.apim.operator.inputs.Inputs;
import com.wso2.apim.operator.model.Names;
import com.wso2.apim.operator.model.Role;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The last spec without a problem and the revisions that it asked for: what a frozen deployment is repaired from. Stored in
 * a ConfigMap, because the operator has no memory.
 *
 * @param spec the spec; absent if another operator stored it in a form that this one does not understand
 * @param targets the revision that it asks for, by role
 * @param settled the revision that every node of a tier ran last, by role; absent until the first boot is over
 * @param origin what the targets were admitted for
 * @param good what to go back to
 */
public record Admitted(
        Optional<ApiManagerClusterSpec> spec,
        Map<Role, String> targets,
        Map<Role, String> settled,
        Origin origin,
        LastGood good) {

    private static final String SPEC = "spec.json";

    /** Reads what was last admitted; empty before the first time. */
    public static Optional<Admitted> stored(Inputs inputs, Names names) {
        return inputs.owned(ConfigMap.class, names.admitted())
                .map(ConfigMap::getData)
                .filter(data -> data.containsKey(SPEC))
                .map(data -> new Admitted(
                        Hash.read(data.get(SPEC), ApiManagerClusterSpec.class),
                        revisions(data, ".target"),
                        revisions(data, ".settled"),
                        Origin.stored(data),
                        LastGood.stored(data)));
    }

    /** Content of the ConfigMap. */
    public Map<String, String> data() {
        var data = new LinkedHashMap<String, String>();
        spec.ifPresent(given -> data.put(SPEC, Hash.canonical(given)));
        targets.forEach((role, revision) -> data.put(role.component() + ".target", revision));
        settled.forEach((role, revision) -> data.put(role.component() + ".settled", revision));
        data.putAll(origin.data());
        data.putAll(good.data());
        return data;
    }

    /** Whether every node of both tiers, when last seen together, ran what was admitted last, and has proved it to be good. */
    boolean isAtRest() {
        return hasBooted() && settled.equals(targets) && good.revisions().equals(targets);
    }

    /** Whether the first boot is over. */
    boolean hasBooted() {
        return settled.size() == Role.values().length;
    }

    /** Whether a spec is the admitted one. */
    public boolean isOf(ApiManagerClusterSpec other) {
        return spec.filter(other::equals).isPresent();
    }

    /** The stored target revision of a tier, unless somebody deleted it. */
    public Optional<Revision> revision(Inputs inputs, Role role) {
        return Optional.ofNullable(targets.get(role)).flatMap(name -> Revision.stored(inputs, name));
    }

    /** The revisions of keys that end so, by role. */
    static Map<Role, String> revisions(Map<String, String> data, String suffix) {
        var revisions = new EnumMap<Role, String>(Role.class);
        for (var role : Role.values()) {
            Optional.ofNullable(data.get(role.component() + suffix)).ifPresent(name -> revisions.put(role, name));
        }
        return revisions;
    }
}
