package com.wso2.apim.operator.model;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.Optional;

/**
 * Tells the objects of one resource from all others: by owner reference, or, for what outlives it, by a type that only the
 * operator gives and the name of the resource.
 */
public record Ownership(Names names, String uid) {

    /** Whether an object is this resource's own. */
    public boolean isOurs(HasMetadata object) {
        return object.hasOwnerReferenceFor(uid) || isRetained(object);
    }

    /** Whether an object is kept for a resource of this name. */
    public boolean isRetained(HasMetadata object) {
        return object instanceof Secret secret
                && Names.RETAINED_TYPE.equals(secret.getType())
                && Optional.ofNullable(secret.getMetadata().getAnnotations())
                        .map(annotations -> annotations.get(Names.OWNER_ANNOTATION))
                        .filter(names.owner()::equals)
                        .isPresent();
    }

    /** Names an object that stands where one of ours should. */
    public Problem conflict(HasMetadata object) {
        var field = object.getKind() + "/" + object.getMetadata().getName();
        var leftover = object.getMetadata().getOwnerReferences().stream()
                .anyMatch(owner -> owner.getName().equals(names.cluster())
                        && owner.getApiVersion().startsWith("apim.wso2.com/"));
        return (leftover ? NameProblem.LEFT_OVER : NameProblem.TAKEN).at(field);
    }
}
