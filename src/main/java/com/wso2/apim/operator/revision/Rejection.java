package com.wso2.apim.operator.revision;

import com.wso2.apim.operator.inputs.Inputs;
import com.wso2.apim.operator.model.Names;
import com.wso2.apim.operator.model.Role;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A revision that nodes are not to run, although the resource asks for it. The mark stands on its own ConfigMap: who renders
 * the same again, now or after a restart, finds it there.
 *
 * @param role tier of the marked revision
 * @param cause what the mark says
 * @param asked what the resource asks for, by role
 * @param good what nodes run instead, by role
 */
public record Rejection(Role role, String cause, Map<Role, Revision> asked, Map<Role, Revision> good) {

    /** Looks for a mark; without anything to go back to it means nothing. */
    static Optional<Rejection> of(Inputs inputs, Names names, Map<Role, Revision> asked) {
        return Stream.of(Role.values())
                .filter(asked::containsKey)
                .flatMap(role -> mark(inputs, asked.get(role).name())
                        .flatMap(cause -> Admitted.stored(inputs, names)
                                .filter(last -> asked.entrySet().stream().anyMatch(entry -> !last.good()
                                        .is(entry.getKey(), entry.getValue().name())))
                                .flatMap(last -> last.good().pair(inputs))
                                .map(good -> new Rejection(role, cause, asked, good)))
                        .stream())
                .findFirst();
    }

    /** What the mark of a stored revision says; empty if it bears none. */
    public static Optional<String> mark(Inputs inputs, String revision) {
        return inputs.owned(ConfigMap.class, revision)
                .map(configMap -> configMap.getMetadata().getAnnotations())
                .map(annotations -> annotations.get(Names.REJECTED_ANNOTATION));
    }

    /** Name of the marked revision. */
    public String revision() {
        return asked.get(role).name();
    }
}
