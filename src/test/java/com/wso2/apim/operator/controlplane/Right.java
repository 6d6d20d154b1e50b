package com.wso2.apim.operator.controlplane;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import java.net.HttpURLConnection;
import java.util.stream.Stream;

/** One verb on one kind of object, as RBAC grants it and as the audit log shows its use. */
record Right(String verb, String group, String resource) implements Comparable<Right> {

    /** What an audited request needed: a patch that creates its object, as server-side apply does, needs both verbs. */
    static Stream<Right> neededFor(JsonNode entry) {
        var object = entry.at("/objectRef");
        var subresource = object.path("subresource").asText();
        var verb = entry.at("/verb").asText();
        var hasCreated = entry.at("/responseStatus/code").asInt() == HttpURLConnection.HTTP_CREATED;
        return Stream.of(verb, hasCreated ? "create" : verb)
                .distinct()
                .map(needed -> new Right(
                        needed,
                        object.path("apiGroup").asText(),
                        object.path("resource").asText() + (subresource.isEmpty() ? "" : "/" + subresource)));
    }

    static Stream<Right> grantedBy(PolicyRule rule) {
        return rule.getApiGroups().stream().flatMap(group -> rule.getResources().stream()
                .flatMap(resource -> rule.getVerbs().stream().map(verb -> new Right(verb, group, resource))));
    }

    static Right parse(String line) {
        var words = line.split(" ", -1);
        return new Right(words[0], words[1], words[2]);
    }

    @Override
    public String toString() {
        return verb + " " + group + " " + resource;
    }

    @Override
    public int compareTo(Right other) {
        return toString().compareTo(other.toString());
    }
}
