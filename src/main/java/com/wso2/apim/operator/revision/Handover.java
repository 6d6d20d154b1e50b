package com.wso2.apim.operator.revision;

import com.wso2.apim.operator.inputs.Inputs;
import com.wso2.apim.operator.model.Names;
import com.wso2.apim.operator.pki.Anchors;
import com.wso2.apim.operator.pki.KeyMaterial;
import com.wso2.apim.operator.revision.Sources.Keys;
import com.wso2.apim.operator.toml.KeyStoreFile;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Stream;

/**
 * How nodes get from one TLS certificate to one that they do not trust yet: first all of them are told to trust it, then it
 * is used, then the old authority is forgotten. Each is a roll, and at no moment of any do two nodes distrust each other.
 *
 * <p>Which of the three comes next is seen in the stores that nodes run, so that it needs no memory and does not matter
 * where it was interrupted. See ADR 0019.
 */
final class Handover {

    private final Inputs inputs;
    private final Running target;
    private final List<Running> inUse;

    Handover(Inputs inputs, Names names, Running target) {
        this.inputs = inputs;
        this.target = target;
        this.inUse = Running.inUse(inputs, names);
    }

    /** What a node shows, and what it trusts the others by. */
    private record Stance(KeyMaterial shown, List<String> authorities) {

        static Stance of(Running running, KeyMaterial shown) {
            return new Stance(
                    shown,
                    List.copyOf(running.trusted(KeyStoreFile.AUTHORITY_ALIAS).values()));
        }

        boolean trusts(KeyMaterial pair) {
            return !Anchors.vouching(authorities, pair).isEmpty();
        }
    }

    /** What has expired is refused already: waiting for it would keep nodes from coming back. */
    private boolean isTrustedByAnybody(KeyMaterial pair) {
        return inputs.now().isBefore(pair.details().notAfter());
    }

    /** The keys for now, on the way to those that are wanted. */
    Keys towards(Keys wanted) {
        var shown = new LinkedHashMap<Running, KeyMaterial>();
        inUse.forEach(running -> running.keyMaterial(KeyStoreFile.TLS)
                .filter(this::isTrustedByAnybody)
                .ifPresent(pair -> shown.put(running, pair)));
        if (shown.values().stream().allMatch(wanted.tls()::equals)) {
            return wanted;
        }
        var stances = shown.entrySet().stream()
                .map(entry -> Stance.of(entry.getKey(), entry.getValue()))
                .toList();
        var authorities = new LinkedHashSet<>(wanted.authorities());
        stances.forEach(stance -> authorities.addAll(Anchors.vouching(stance.authorities(), stance.shown())));
        // The target's own is there unless the operator died between writing what is admitted and the revision itself.
        var tls = Stream.of(
                        Stream.of(wanted.tls()), target.keyMaterial(KeyStoreFile.TLS).stream(), shown.values().stream())
                .flatMap(pairs -> pairs)
                .filter(pair -> stances.stream().allMatch(stance -> stance.trusts(pair)))
                .findFirst()
                .orElse(wanted.tls());
        return wanted.withTls(tls, List.copyOf(authorities));
    }
}
