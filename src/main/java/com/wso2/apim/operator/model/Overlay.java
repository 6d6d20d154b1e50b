package com.wso2.apim.operator.model;

import java.util.Optional;
import java.util.Set;

/**
 * A piece of the user's own TOML, to be merged into the rendered files.
 *
 * @param field where in the resource it stands
 * @param text as the user wrote it
 * @param roles tiers that it is for
 */
public record Overlay(String field, String text, Set<Role> roles) {

    /** An overlay, unless nothing was written. */
    static Optional<Overlay> of(String name, String text, Role... roles) {
        return Optional.ofNullable(text)
                .filter(given -> !given.isBlank())
                .map(given -> new Overlay("spec.config." + name, given, Set.of(roles)));
    }
}
