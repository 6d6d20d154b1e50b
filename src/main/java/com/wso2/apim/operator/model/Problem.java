package com.wso2.apim.operator.model;

/**
 * A mistake of the user, or something missing: data, not an exception. A pass with a problem changes nothing.
 *
 * @param concern what is affected
 * @param field path in the resource, the object that is in the way, or the rendered file and its key
 * @param message what is wrong and what to write or do instead; never holds a secret value
 */
public record Problem(Concern concern, String field, String message) {

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

    /** As people read it. */
    @Override
    public String toString() {
        return field + ": " + message;
    }
}
