package com.wso2.apim.operator.revision;

import com.wso2.apim.operator.inputs.Inputs;
import com.wso2.apim.operator.model.Names;
import com.wso2.apim.operator.model.Problem;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What belongs together in a retained Secret. The operator writes each as a whole; one that has lost a part was edited, or
 * comes out of a bad backup, and what its databases know would be replaced behind their back.
 */
final class KeptParts {

    private final Inputs inputs;
    private final Map<String, List<Set<String>>> wholes;

    KeptParts(Inputs inputs, Names names) {
        this.inputs = inputs;
        this.wholes = Map.of(
                names.adminSecret(), List.of(Set.of("username", "password")),
                names.authoritySecret(), List.of(pair("ca")),
                names.keysSecret(), List.of(pair("primary"), pair("internal")),
                names.encryptionSecret(), List.of(Set.of("key")));
    }

    /** Names each part that some Secrets lack. */
    List<Problem> missing(Stream<String> secrets) {
        return secrets.filter(name -> inputs.secret(name).isPresent())
                .flatMap(name -> wholes.get(name).stream().flatMap(whole -> missing(name, whole)))
                .toList();
    }

    /** A pair of which nothing is there was perhaps never kept: the user may have brought it. */
    private Stream<Problem> missing(String secret, Set<String> whole) {
        var missing = whole.stream()
                .filter(key -> inputs.secretValue(secret, key).isEmpty())
                .sorted()
                .toList();
        var isAbsent = missing.size() == whole.size() && whole.size() > 1;
        return missing.stream()
                .filter(key -> !isAbsent)
                .map(key -> SourceProblem.PART_GONE.at("Secret " + secret, key));
    }

    private static Set<String> pair(String name) {
        return Set.of(name + ".key", name + ".crt");
    }
}
