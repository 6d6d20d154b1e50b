package com.wso2.apim.operator.revision;

import com.wso2.apim.operator.api.v1alpha1.RolloutSpec;
import com.wso2.apim.operator.api.v1alpha1.RolloutSpec.OperatorUpdates;
import com.wso2.apim.operator.inputs.Inputs;
import com.wso2.apim.operator.model.Role;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * Whether nodes keep the revisions that they have. They do while nothing of the user's asks for others: a difference that
 * only the operator brings is held until the next one that the user does.
 */
record Holding(Inputs inputs, Admitted admitted) {

    /** Until a tier has come to rest there is nothing to protect, and better settings may be what it is waiting for. */
    boolean isPossible() {
        var given = inputs.resource().getSpec().rollout();
        var updates = Optional.ofNullable(given).map(RolloutSpec::operatorUpdates);
        return !admitted.settled().isEmpty()
                && updates.filter(OperatorUpdates.AUTOMATIC::equals).isEmpty();
    }

    /** The admitted revisions, if they are to be kept; otherwise what is rendered takes their place, in both tiers. */
    Optional<Map<Role, Revision>> held(Rendering rendering) {
        return isChangedByTheUser(rendering.origin()) ? Optional.empty() : stored(rendering.mounted());
    }

    /**
     * A change of the spec that renders the same restarts nothing, whoever renders; one that renders differently may be the
     * user's doing, unless neither the spec nor a password nor a key has changed.
     */
    private boolean isChangedByTheUser(Origin now) {
        var before = admitted.origin();
        var isSameSpec = now.generation().isPresent() && now.generation().equals(before.generation())
                || admitted.isOf(inputs.resource().getSpec());
        return !now.rendered().equals(before.rendered()) && !(isSameSpec && now.hasSourcesOf(before));
    }

    /** All of them with all that they mount, or none: without what somebody deleted, a pod could not come back. */
    private Optional<Map<Role, Revision>> stored(MountedSecrets mounted) {
        var stored = new EnumMap<Role, Revision>(Role.class);
        for (var role : Role.values()) {
            admitted.revision(inputs, role)
                    .filter(revision -> revision.secrets().stream().allMatch(name -> mounted.canHave(inputs, name)))
                    .ifPresent(revision -> stored.put(role, revision));
        }
        return stored.size() == Role.values().length ? Optional.of(stored) : Optional.empty();
    }
}
