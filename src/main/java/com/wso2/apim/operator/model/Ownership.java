package com.wso2.apim.operator.model;

import com.wso2.apim.operator.api.v1alpha1.ApiManagerCluster;
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

    /** Whether an object is kept for a resource of this name, and is not on its way out with an earlier one. */
    public boolean isRetained(HasMetadata object) {
        return hasRetainedType(object) && names.owner().equals(keptFor(object).orElse("")) && !isLeftOver(object);
    }

    /** Names an object that stands where one of ours should. */
    public Problem conflict(HasMetadata object) {
        var field = object.getKind() + "/" + object.getMetadata().getName();
        if (isLeftOver(object)) {
            return NameProblem.LEFT_OVER.at(field);
        }
        if (hasRetainedType(object)) {
            return NameProblem.KEPT_FOR_ANOTHER.at(
                    field, keptFor(object).filter(owner -> !owner.isBlank()).orElse("nobody"), names.owner());
        }
        return object instanceof Secret && names.owner().equals(keptFor(object).orElse(""))
                ? NameProblem.OF_ANOTHER_TYPE.at(field)
                : NameProblem.TAKEN.at(field);
    }

    private static boolean hasRetainedType(HasMetadata object) {
        return object instanceof Secret secret && Names.RETAINED_TYPE.equals(secret.getType());
    }

    private static Optional<String> keptFor(HasMetadata object) {
        return Optional.ofNullable(object.getMetadata().getAnnotations())
                .map(annotations -> annotations.get(Names.OWNER_ANNOTATION));
    }

    /** Whether an object goes with an earlier resource of the same name. */
    private boolean isLeftOver(HasMetadata object) {
        return object.getMetadata().getOwnerReferences().stream()
                .anyMatch(owner -> owner.getName().equals(names.cluster())
                        && owner.getApiVersion().startsWith(ApiManagerCluster.GROUP + "/")
                        && !owner.getUid().equals(uid));
    }
}
