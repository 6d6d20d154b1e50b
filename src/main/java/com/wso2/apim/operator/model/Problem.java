package com.wso2.apim.operator.model;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A mistake of the user, or something missing: data, not an exception. A pass with a problem changes nothing.
 *
 * @param kind which of the known problems it is
 * @param field path in the resource, the object that is in the way, or the rendered file and its key
 * @param message what is wrong and what to write or do instead; never holds a secret value
 */
public record Problem(Kind kind, String field, String message) {

    /** A problem that can be told: each package lists its own, and the catalogue in the documentation is made of them. */
    public interface Kind {

        /** What it affects. */
        Concern concern();

        /** Where it is found; what differs from case to case stands in angle brackets. */
        String where();

        /** What is wrong and what to do instead; what differs from case to case stands in angle brackets. */
        String wording();

        /**
         * This problem at a place.
         *
         * @param words what to put in the place of each different name in angle brackets, in the order of their first use
         * @throws IllegalArgumentException if there are more or fewer words than names
         */
        default Problem at(String field, Object... words) {
            return new Problem(this, field, Wording.fill(wording(), words));
        }
    }

    /** What a problem affects; each has a condition of the status. */
    public enum Concern {
        CONFIGURATION("ConfigurationValid", "InvalidConfiguration"),
        REFERENCE("ReferencesResolved", "ReferenceMissing"),
        CONFLICT("ReferencesResolved", "NameTaken"),
        CERTIFICATE("CertificatesValid", "InvalidKeyMaterial");

        private final String condition;
        private final String reason;

        Concern(String condition, String reason) {
            this.condition = condition;
            this.reason = reason;
        }

        /** Type of the condition that turns False. */
        public String condition() {
            return condition;
        }

        /** Reason of that condition. */
        public String reason() {
            return reason;
        }
    }

    private static final class Wording {

        private static final Pattern NAME = Pattern.compile("<[a-z ]+>");

        static String fill(String wording, Object... words) {
            var names = List.copyOf(NAME.matcher(wording)
                    .results()
                    .map(MatchResult::group)
                    .collect(Collectors.toCollection(LinkedHashSet::new)));
            if (names.size() != words.length) {
                throw new IllegalArgumentException("%d words for '%s'".formatted(words.length, wording));
            }
            return NAME.matcher(wording)
                    .replaceAll(name -> Matcher.quoteReplacement(String.valueOf(words[names.indexOf(name.group())])));
        }
    }

    /** What is affected. */
    public Concern concern() {
        return kind.concern();
    }

    /** As people read it. */
    @Override
    public String toString() {
        return field + ": " + message;
    }
}
