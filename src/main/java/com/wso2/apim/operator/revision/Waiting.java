package com.wso2.apim.operator.revision;

import com.wso2.apim.operator.inputs.Inputs;
import com.wso2.apim.operator.model.Names;
import com.wso2.apim.operator.model.Role;
import com.wso2.apim.operator.pki.KeyMaterial;
import com.wso2.apim.operator.revision.Sources.Keys;
import com.wso2.apim.operator.toml.KeyStoreFile;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What nodes are to run and do not run yet, while nothing is to be restarted for it. */
public final class Waiting {

    private Waiting() {}

    /** In what the targets differ from what each tier ran last, in words; empty if they do not, or nobody can tell. */
    public static List<String> words(Inputs inputs, Map<Role, String> settled, Map<Role, Revision> targets) {
        var before = new EnumMap<Role, Revision>(Role.class);
        settled.forEach(
                (role, name) -> Revision.stored(inputs, name).ifPresent(revision -> before.put(role, revision)));
        before.keySet().retainAll(targets.keySet());
        return before.size() == Role.values().length ? Difference.between(before, targets) : List.of();
    }

    /**
     * The keys with the certificate that nodes show, of several the one that ends first: while nodes are not restarted, a new
     * one says nothing of them.
     */
    public static Keys shown(Inputs inputs, Names names, Keys keys) {
        return Running.inUse(inputs, names).stream()
                .map(running -> running.keyMaterial(KeyStoreFile.TLS))
                .flatMap(Optional::stream)
                .min(Comparator.comparing((KeyMaterial pair) -> pair.details().notAfter()))
                .map(pair -> keys.withTls(pair, keys.authorities()))
                .orElse(keys);
    }
}
