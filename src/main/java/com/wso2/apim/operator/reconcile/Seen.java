package com.wso2.apim.operator.reconcile;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** In which version a pass saw each object of the resource: what it decided rests on that. */
record Seen(Map<String, String> versions) {

    static Seen of(List<HasMetadata> owned) {
        return new Seen(owned.stream()
                .collect(Collectors.toMap(
                        Seen::key, object -> object.getMetadata().getResourceVersion(), (first, second) -> first)));
    }

    /** Whether the pass knows an object of this kind and name. */
    boolean contains(HasMetadata object) {
        return versions.containsKey(key(object));
    }

    /** Whether an object is another one than the pass knows: news of it are on their way, and bring the next pass. */
    boolean isOutdatedBy(HasMetadata actual) {
        var version = versions.get(key(actual));
        return version != null && !version.equals(actual.getMetadata().getResourceVersion());
    }

    private static String key(HasMetadata object) {
        return object.getKind() + "/" + object.getMetadata().getName();
    }
}
