package com.wso2.apim.operator.revision;

import com.wso2.apim.operator.inputs.Inputs;
import com.wso2.apim.operator.model.Role;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a deployment can go back to. Stored with what was last admitted, because the operator has no memory; see ADR 0025.
 *
 * @param revisions the revisions with which all nodes of both tiers were available last, by role; empty until they once were
 * @param proven the revision on which a node was available last, by pod
 */
public record LastGood(Map<Role, String> revisions, Map<String, String> proven) {

    /** Nothing has proved itself yet. */
    public static final LastGood NONE = new LastGood(Map.of(), Map.of());

    private static final String GOOD = ".good";
    private static final String PROVEN = ".proven";

    /** Reads it from the ConfigMap of what was last admitted. */
    static LastGood stored(Map<String, String> data) {
        var revisions = Admitted.revisions(data, GOOD);
        var proven = new TreeMap<String, String>();
        data.forEach((key, revision) -> {
            if (key.endsWith(PROVEN)) {
                proven.put(key.substring(0, key.length() - PROVEN.length()), revision);
            }
        });
        return new LastGood(revisions.size() == Role.values().length ? revisions : Map.of(), proven);
    }

    /** As the ConfigMap holds it. */
    Map<String, String> data() {
        var data = new LinkedHashMap<String, String>();
        revisions.forEach((role, revision) -> data.put(role.component() + GOOD, revision));
        proven.forEach((pod, revision) -> data.put(pod + PROVEN, revision));
        return data;
    }

    /** Whether nodes of a tier are on the way to nothing else. */
    public boolean is(Role role, String revision) {
        return revision.equals(revisions.get(role));
    }

    /** Whether a pod was once available on a revision. */
    public boolean isProven(String pod, String revision) {
        return revision.equals(proven.get(pod));
    }

    /** Both revisions with all that they mount, or none: without what somebody deleted, a pod could not come back. */
    public Optional<Map<Role, Revision>> pair(Inputs inputs) {
        var pair = new EnumMap<Role, Revision>(Role.class);
        revisions.forEach((role, name) -> Revision.stored(inputs, name)
                .filter(revision -> revision.secrets().stream()
                        .allMatch(secret -> inputs.owned(Secret.class, secret).isPresent()))
                .ifPresent(revision -> pair.put(role, revision)));
        return pair.size() == Role.values().length ? Optional.of(pair) : Optional.empty();
    }
}
