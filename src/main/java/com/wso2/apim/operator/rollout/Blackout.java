package com.wso2.apim.operator.rollout;

import com.wso2.apim.operator.inputs.Inputs;
import io.fabric8.kubernetes.api.model.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Takes values of Secrets out of what a container says: a server may print a password that it could not use. */
final class Blackout {

    private static final String BLACK = "***";
    /** Shorter values are words that stand in any text. */
    private static final int SHORTEST = 4;

    private final List<String> values;

    /** Every value that the pass knows, in every form that nodes get it in. */
    Blackout(Inputs inputs) {
        values = Stream.concat(inputs.secrets().values().stream(), inputs.owned(Secret.class).stream())
                .flatMap(secret -> Optional.ofNullable(secret.getData()).stream())
                .flatMap(data -> data.values().stream())
                .distinct()
                .flatMap(value -> Stream.of(value, decoded(value)))
                .map(String::strip)
                .filter(value -> value.length() >= SHORTEST)
                .sorted(Comparator.comparing(String::length).reversed())
                .toList();
    }

    String of(String text) {
        var black = text;
        for (var value : values) {
            black = black.replace(value, BLACK);
        }
        return black;
    }

    private static String decoded(String value) {
        return new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8);
    }
}
