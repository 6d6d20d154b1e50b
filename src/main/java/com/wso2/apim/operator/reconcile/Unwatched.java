package com.wso2.apim.operator.reconcile;

import com.wso2.apim.operator.api.v1alpha1.ApiManagerCluster;
import com.wso2.apim.operator.inputs.Certificate;
import com.wso2.apim.operator.model.Names;
import com.wso2.apim.operator.resources.Desired;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.BackendTLSPolicy;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.SSABasedGenericKubernetesResourceMatcher;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * APPLY for kinds that a cluster may lack, now or later: no informer holds them, each pass reads them. So they come without a
 * restart and may go without one; see ADR 0015 and ADR 0023.
 */
final class Unwatched {

    private static final List<Class<? extends HasMetadata>> KINDS =
            List.of(Certificate.class, BackendTLSPolicy.class, HTTPRoute.class);

    private final ApiManagerCluster resource;
    private final Desired desired;
    private final Map<String, HasMetadata> actual;
    private final Context<ApiManagerCluster> context;

    Unwatched(
            ApiManagerCluster resource, Desired desired, List<HasMetadata> owned, Context<ApiManagerCluster> context) {
        this.resource = resource;
        this.desired = desired;
        this.actual = owned.stream()
                .filter(object -> KINDS.stream().anyMatch(kind -> kind.isInstance(object)))
                .collect(Collectors.toMap(Unwatched::key, Function.identity()));
        this.context = context;
    }

    /** Removes what is not wanted any more. */
    void prune() {
        if (!desired.prunes()) {
            return;
        }
        var wanted = desired.objects().stream().map(Unwatched::key).collect(Collectors.toSet());
        actual.entrySet().stream()
                .filter(entry -> !wanted.contains(entry.getKey()))
                .forEach(entry -> context.getClient().resource(entry.getValue()).delete());
    }

    /** Writes what is not there as it should be. */
    void apply() {
        KINDS.stream().flatMap(kind -> desired.of(kind).stream()).forEach(this::apply);
    }

    private void apply(HasMetadata object) {
        object.addOwnerReference(resource);
        var existing = Optional.ofNullable(actual.get(key(object)));
        if (existing.isEmpty()) {
            // With a version, apply makes the object only if there is none: what is somebody else's is not taken over.
            object.getMetadata().setResourceVersion("1");
        } else if (SSABasedGenericKubernetesResourceMatcher.getInstance().matches(existing.get(), object, context)) {
            return;
        }
        context.getClient()
                .resource(object)
                .patch(new PatchContext.Builder()
                        .withPatchType(PatchType.SERVER_SIDE_APPLY)
                        .withFieldManager(Names.OPERATOR)
                        .withForce(true)
                        .build());
    }

    private static String key(HasMetadata object) {
        return object.getKind() + "/" + object.getMetadata().getName();
    }
}
