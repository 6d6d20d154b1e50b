package com.wso2.apim.operator.reconcile;

import com.wso2.apim.operator.model.Names;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Objects that somebody else (an admission rule, another controller) sets back each time they are applied. After three
 * identical applies that did not last an object is left as it is: neither the API server nor whoever watches it is to be
 * kept busy. This is a brake, not a state that a step depends on: an operator that starts anew tries three times again.
 */
final class Standoffs {

    private static final int MOST_APPLIES = 3;
    /** People too change things back, though not so often. */
    private static final Duration IN_A_ROW = Duration.ofMinutes(2);
    /** Whoever sets it back may have stopped doing so. */
    private static final Duration RETRY = Duration.ofMinutes(10);

    private final Clock clock;
    private final Map<Key, Standoff> standoffs = new ConcurrentHashMap<>();

    Standoffs(Clock clock) {
        this.clock = clock;
    }

    /** Whether an object that is not as desired is to be left so for now. */
    boolean isLeftAlone(HasMetadata desired) {
        var standoff = standoffs.get(Key.of(desired));
        return standoff != null
                && standoff.desired.equals(text(desired))
                && standoff.applies >= MOST_APPLIES
                && clock.instant().isBefore(standoff.last.plus(RETRY));
    }

    /** Notes that an object was applied; it had been otherwise. */
    void applied(HasMetadata before, HasMetadata desired, boolean lasts) {
        var now = clock.instant();
        var text = text(desired);
        standoffs.compute(Key.of(desired), (key, last) -> {
            var isRepeated =
                    last != null && last.desired.equals(text) && (!lasts || now.isBefore(last.last.plus(IN_A_ROW)));
            return new Standoff(text, isRepeated ? last.applies + 1 : 1, now, new SetBack(before, desired));
        });
    }

    /** Notes that an object is as desired, some time after it was applied. */
    void rests(HasMetadata desired) {
        standoffs.computeIfPresent(
                Key.of(desired), (key, last) -> clock.instant().isBefore(last.last.plus(IN_A_ROW)) ? last : null);
    }

    /** What is left alone of a deployment, in words. */
    List<String> of(Names names) {
        return standoffs.entrySet().stream()
                .filter(entry -> entry.getKey().cluster.equals(names.cluster())
                        && entry.getKey().namespace.equals(names.namespace()))
                .filter(entry -> entry.getValue().applies >= MOST_APPLIES)
                .map(entry -> entry.getKey().kind + "/" + entry.getKey().name + ": "
                        + entry.getValue().setBack.sentence())
                .sorted()
                .toList();
    }

    private static String text(HasMetadata desired) {
        return SetBack.meant(desired).toString();
    }

    private record Key(String namespace, String cluster, String kind, String name) {

        static Key of(HasMetadata object) {
            var metadata = object.getMetadata();
            return new Key(
                    metadata.getNamespace(),
                    metadata.getLabels().get(Names.CLUSTER_LABEL),
                    object.getKind(),
                    metadata.getName());
        }
    }

    /**
     * @param desired as it was applied
     * @param applies how often, in a row
     */
    private record Standoff(String desired, int applies, Instant last, SetBack setBack) {}
}
