package com.wso2.apim.operator.rollout;

import com.wso2.apim.operator.model.Role;
import com.wso2.apim.operator.revision.LastGood;
import com.wso2.apim.operator.revision.Revision;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Marks on stored revisions, the last good pair, and what Admission makes of the two. */
final class ModelRejections {

    private final Map<String, Revision> made = new HashMap<>();
    private final Set<String> marked = new HashSet<>();
    private LastGood good = LastGood.NONE;

    LastGood good() {
        return good;
    }

    void store(LastGood now) {
        good = now;
    }

    Set<String> marked() {
        return marked;
    }

    /** Whether the last good pair can be brought back from what is stored. */
    boolean canGoBack(Set<String> stored) {
        return !good.revisions().isEmpty()
                && stored.containsAll(good.revisions().values());
    }

    boolean isRejected(Map<Role, Revision> asked, Set<String> stored) {
        return asked.values().stream().anyMatch(revision -> marked.contains(revision.name()))
                && asked.entrySet().stream()
                        .anyMatch(entry ->
                                !good.is(entry.getKey(), entry.getValue().name()))
                && canGoBack(stored);
    }

    /** What nodes are to run. */
    Map<Role, Revision> targets(Map<Role, Revision> asked, Set<String> stored) {
        asked.values().forEach(revision -> made.put(revision.name(), revision));
        if (!isRejected(asked, stored)) {
            return asked;
        }
        var targets = new EnumMap<Role, Revision>(Role.class);
        good.revisions().forEach((role, name) -> targets.put(role, made.get(name)));
        return targets;
    }
}
