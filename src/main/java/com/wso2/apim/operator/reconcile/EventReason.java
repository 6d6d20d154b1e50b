package com.wso2.apim.operator.reconcile;

import com.wso2.apim.operator.model.Problem.Concern;
import com.wso2.apim.operator.revision.Renewal;

/** The closed list of what Events tell; {@code docs/events.md} is made of it. */
public enum EventReason {
    ADOPTED(
            "Adopted",
            Type.NORMAL,
            "Secrets that an earlier resource of the name left, or a backup brought, are used again."),
    BOOTING("Booting", Type.NORMAL, "Nodes start for the first time, or for the first time after all were gone."),
    ROLLOUT_PLANNED(
            "RolloutPlanned",
            Type.NORMAL,
            "Which pods will be restarted, and in what their revisions differ; before the first of them goes."),
    ROLLING("Rolling", Type.NORMAL, "A change begins its way through the nodes."),
    WAITING_FOR_TURN(
            "WaitingForTurn",
            Type.NORMAL,
            "A change waits, because as many resources roll as the operator's setting `maxRollouts` lets. See "
                    + "[operations](operations.md#whose-turn-it-is)."),
    SETTLED("Settled", Type.NORMAL, "Every node runs what it should, and is Ready."),
    PAUSED(
            "Paused",
            Type.NORMAL,
            "A change waits for the end of a pause, or the sum of what waits is another. See [pause](suspend.md#pause)."),
    SUSPENDED(
            "Suspended",
            Type.NORMAL,
            "Nodes are stopped because `suspend` is true, or will start with something else. See "
                    + "[suspend](suspend.md#suspend)."),
    NODE_NOT_READY("NodeNotReady", Type.WARNING, "A node is not Ready, and no change is the reason."),
    REVISION_REJECTED(
            "RevisionRejected",
            Type.WARNING,
            "A node did not get Ready on a new revision in time; both tiers go back to the last good ones. See "
                    + "[operations](operations.md#a-change-that-nodes-do-not-get-ready-with)."),
    ROLLED_BACK("RolledBack", Type.WARNING, "Nodes are back on the last good revisions, and all of them are Ready."),
    DEADLINE_EXCEEDED(
            "DeadlineExceeded",
            Type.WARNING,
            "A node did not get Ready on a new revision in time, and nothing is rolled back; the note says why."),
    TIER_DOWN("TierDown", Type.WARNING, "A tier that served has no Ready node any more."),
    OPERATOR_UPDATE(
            "OperatorUpdate",
            Type.NORMAL,
            "This version of the operator renders differently; nothing is restarted for that."),
    CHANGED_AFTER_FIRST_BOOT(
            "ChangedAfterFirstBoot",
            Type.WARNING,
            "A Secret holds another first-boot value than nodes use; they keep theirs. See [rotation](rotation.md)."),
    CREDENTIALS_TAKEN("CredentialsTaken", Type.NORMAL, "An acknowledged first-boot value is taken over."),
    AUTHORITY_TRUSTED(
            "AuthorityTrusted", Type.NORMAL, "Nodes begin to trust another authority. See [renewal](renewal.md)."),
    CERTIFICATE_RENEWED("CertificateRenewed", Type.NORMAL, "Nodes get another TLS certificate."),
    AUTHORITY_DROPPED("AuthorityDropped", Type.NORMAL, "Nodes stop trusting the previous authority."),
    SET_BACK(
            "SetBack",
            Type.WARNING,
            "Somebody changes an object of the deployment each time that it is applied; it is left alone."),
    INVALID_CONFIGURATION(
            "InvalidConfiguration",
            Type.WARNING,
            "The resource has a mistake; nothing of the change is applied. See [problems](problems.md)."),
    REFERENCE_MISSING("ReferenceMissing", Type.WARNING, "A referenced object, or a key of it, is not there."),
    NAME_TAKEN("NameTaken", Type.WARNING, "An object of somebody else bears a name that the deployment needs."),
    INVALID_KEY_MATERIAL("InvalidKeyMaterial", Type.WARNING, "A key, a certificate or a key store cannot be used.");

    private final String text;
    private final Type type;
    private final String meaning;

    EventReason(String text, Type type, String meaning) {
        this.text = text;
        this.type = type;
        this.meaning = meaning;
    }

    /** Whether somebody should have a look. */
    public enum Type {
        NORMAL("Normal"),
        WARNING("Warning");

        private final String text;

        Type(String text) {
            this.text = text;
        }

        /** As an Event has it. */
        public String text() {
            return text;
        }
    }

    /** As an Event has it. */
    public String text() {
        return text;
    }

    /** Type of its Events. */
    public Type type() {
        return type;
    }

    /** When it is told, in Markdown. */
    public String meaning() {
        return meaning;
    }

    static EventReason of(Concern concern) {
        return switch (concern) {
            case CONFIGURATION -> INVALID_CONFIGURATION;
            case REFERENCE -> REFERENCE_MISSING;
            case CONFLICT -> NAME_TAKEN;
            case CERTIFICATE -> INVALID_KEY_MATERIAL;
        };
    }

    static EventReason of(Renewal renewal) {
        return switch (renewal) {
            case AUTHORITY_TRUSTED -> AUTHORITY_TRUSTED;
            case CERTIFICATE -> CERTIFICATE_RENEWED;
            case AUTHORITY_DROPPED -> AUTHORITY_DROPPED;
        };
    }
}
