package com.wso2.apim.operator.revision;

import com.wso2.apim.operator.model.Role;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What revisions were admitted for: what the user gave, and what the operator made of it. The two together tell a change of
 * the user's from one of the operator's; see ADR 0018.
 *
 * @param generation the API server's own count of changes of the spec; it does not move when a later CRD adds a default
 * @param sources a keyed digest of each password and key, by name
 * @param rendered the revision that the operator of that time rendered, by role; another one may be admitted
 */
public record Origin(Optional<Long> generation, Map<String, String> sources, Map<Role, String> rendered) {

    private static final String GENERATION = "generation";
    private static final String SOURCE = ".source";
    private static final String RENDERED = ".rendered";

    /** What is made of a spec of a generation. */
    static Origin of(Optional<Long> generation, Sources sources, Map<Role, Revision> rendered) {
        var digests = new LinkedHashMap<String, String>();
        plain(sources).forEach((name, value) -> digests.put(name, Hash.keyed(sources.storePassword(), value)));
        var names = new EnumMap<Role, String>(Role.class);
        rendered.forEach((role, revision) -> names.put(role, revision.name()));
        return new Origin(generation, digests, names);
    }

    /** Reads it from the ConfigMap of what was last admitted; what is not there is empty. */
    static Origin stored(Map<String, String> data) {
        var sources = new LinkedHashMap<String, String>();
        var rendered = new EnumMap<Role, String>(Role.class);
        data.keySet().stream()
                .filter(key -> key.endsWith(SOURCE))
                .forEach(key -> sources.put(key.substring(0, key.length() - SOURCE.length()), data.get(key)));
        Stream.of(Role.values())
                .filter(role -> data.containsKey(role.component() + RENDERED))
                .forEach(role -> rendered.put(role, data.get(role.component() + RENDERED)));
        var generation = Optional.ofNullable(data.get(GENERATION)).filter(text -> text.matches("[0-9]{1,18}"));
        return new Origin(generation.map(Long::valueOf), sources, rendered);
    }

    /** As the ConfigMap holds it. */
    Map<String, String> data() {
        var data = new LinkedHashMap<String, String>();
        generation.ifPresent(number -> data.put(GENERATION, number.toString()));
        sources.forEach((name, digest) -> data.put(name + SOURCE, digest));
        rendered.forEach((role, revision) -> data.put(role.component() + RENDERED, revision));
        return data;
    }

    /** Whether passwords and keys are the same, as far as both operators know of them. */
    boolean hasSourcesOf(Origin other) {
        return sources.entrySet().stream().allMatch(source -> other.sources
                .getOrDefault(source.getKey(), source.getValue())
                .equals(source.getValue()));
    }

    private static Map<String, Object> plain(Sources sources) {
        var plain = new LinkedHashMap<String, Object>();
        plain.put("administrator", sources.admin());
        plain.put("apim-database", sources.apimDatabase());
        plain.put("shared-database", sources.sharedDatabase());
        plain.put("authorities", sources.keys().authorities());
        plain.put("tls", sources.keys().tls());
        plain.put("primary", sources.keys().primary());
        plain.put("internal", sources.keys().internal());
        plain.put("additional", sources.keys().additional());
        sources.encryptionKey().ifPresent(key -> plain.put("encryption-key", key));
        return plain;
    }
}
