package com.wso2.apim.operator.reconcile;

import com.wso2.apim.operator.api.v1alpha1.ApiManagerCluster;
import com.wso2.apim.operator.model.Names;
import com.wso2.apim.operator.model.Ownership;
import com.wso2.apim.operator.resources.Desired;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.javaoperatorsdk.operator.api.config.informer.InformerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.dependent.CRUDKubernetesBulkDependentResource;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.KubernetesDependentResource;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.KubernetesDependentResourceConfigBuilder;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.SecondaryToPrimaryMapper;
import java.net.HttpURLConnection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** APPLY: every object of one kind is matched, applied by server-side apply, and pruned when it is no longer wanted. */
final class Owned<T extends HasMetadata> extends KubernetesDependentResource<T, ApiManagerCluster>
        implements CRUDKubernetesBulkDependentResource<T, ApiManagerCluster> {

    private static final int UNPROCESSABLE = 422;

    private final Standoffs standoffs;

    Owned(Class<T> kind, Standoffs standoffs) {
        super(kind, kind.getSimpleName().toLowerCase(Locale.ROOT));
        this.standoffs = standoffs;
        configureWith(new KubernetesDependentResourceConfigBuilder<T>()
                .withUseSSA(true)
                // Not the builder's default, which would silently take over an object that is somebody else's.
                .withCreateResourceOnlyIfNotExistingWithSSA(true)
                .withKubernetesDependentInformerConfig(InformerConfiguration.builder(kind)
                        .withLabelSelector(Names.MANAGED_BY_LABEL + "=" + Names.OPERATOR)
                        .build())
                .build());
    }

    /**
     * What outlives the resource and is gone since the pass saw it is not made again by this pass: the resource may be gone
     * too, and what is made for nobody stands in the way of the next of its name.
     */
    @Override
    public Map<ResourceID, T> desiredResources(ApiManagerCluster resource, Context<ApiManagerCluster> context) {
        var ownership = ownership(resource);
        var present = getSecondaryResources(resource, context).keySet();
        var desired = new LinkedHashMap<ResourceID, T>();
        desired(context).of(resourceType()).stream()
                .filter(object -> present.contains(ResourceID.fromResource(object))
                        || !ownership.isRetained(object)
                        || !seen(context).contains(object))
                .forEach(object -> desired.put(ResourceID.fromResource(object), object));
        return desired;
    }

    @Override
    public Map<ResourceID, T> getSecondaryResources(ApiManagerCluster resource, Context<ApiManagerCluster> context) {
        var ownership = ownership(resource);
        return context.getSecondaryResourcesAsStream(resourceType())
                .filter(ownership::isOurs)
                .collect(Collectors.toMap(ResourceID::fromResource, Function.identity()));
    }

    /**
     * A create that finds the object there is either late news of our own earlier create, which is then an update, or a
     * conflict, which the next pass names before it writes anything.
     */
    @Override
    public T create(T desired, ApiManagerCluster resource, Context<ApiManagerCluster> context) {
        try {
            return super.create(desired, resource, context);
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                throw e;
            }
            desired.getMetadata().setResourceVersion(null);
            var existing = context.getClient().resource(desired).get();
            if (existing == null || !ownership(resource).isOurs(existing)) {
                throw e;
            }
            return update(existing, desired, resource, context);
        }
    }

    /**
     * What people may edit and the operator reads is left alone when it was edited since: to apply would be to take the edit
     * back, unseen.
     */
    @Override
    public Result<T> match(T actual, T desired, ApiManagerCluster resource, Context<ApiManagerCluster> context) {
        if (ownership(resource).isRetained(actual) && seen(context).isOutdatedBy(actual)) {
            return Result.nonComputed(true);
        }
        var result = super.match(actual, desired, resource, context);
        if (result.matched()) {
            standoffs.rests(desired);
            return result;
        }
        return standoffs.isLeftAlone(desired) ? Result.nonComputed(true) : result;
    }

    @Override
    public T update(T actual, T desired, ApiManagerCluster resource, Context<ApiManagerCluster> context) {
        if (ownership(resource).isRetained(actual)) {
            desired.getMetadata().setResourceVersion(actual.getMetadata().getResourceVersion());
        }
        var applied = apply(actual, desired, resource, context);
        var lasts = super.match(applied, desired, resource, context).matched();
        standoffs.applied(lasts ? actual : applied, desired, lasts);
        return applied;
    }

    /**
     * Somebody changed the key of an entry of a keyed list of ours, such as a Service's port number: apply adds our entry
     * beside theirs and the server refuses the pair for ever. A merge patch replaces whole lists; then apply takes the
     * fields back.
     */
    private T apply(T actual, T desired, ApiManagerCluster resource, Context<ApiManagerCluster> context) {
        try {
            return super.update(actual, desired, resource, context);
        } catch (KubernetesClientException e) {
            if (e.getCode() != UNPROCESSABLE) {
                throw e;
            }
            context.getClient()
                    .resource(desired)
                    .patch(PatchContext.of(PatchType.JSON_MERGE), Serialization.asJson(desired));
            return super.update(actual, desired, resource, context);
        }
    }

    @Override
    public void deleteTargetResource(
            ApiManagerCluster resource, T object, ResourceID key, Context<ApiManagerCluster> context) {
        if (desired(context).prunes() && !ownership(resource).isRetained(object)) {
            super.deleteTargetResource(resource, object, key, context);
        }
    }

    /** {@code GarbageCollected} would say the same for every object of the kind; here it is said for each. */
    @Override
    protected void addReferenceHandlingMetadata(T desired, ApiManagerCluster resource) {
        if (!ownership(resource).isRetained(desired)) {
            desired.addOwnerReference(resource);
        }
    }

    @Override
    protected Optional<SecondaryToPrimaryMapper<T>> getSecondaryToPrimaryMapper(
            EventSourceContext<ApiManagerCluster> context) {
        return Optional.of(Owned::resourceOf);
    }

    /** The resource that an object says it belongs to, by label: that works with and without an owner reference. */
    static Set<ResourceID> resourceOf(HasMetadata object) {
        return Optional.ofNullable(object.getMetadata().getLabels())
                .map(labels -> labels.get(Names.CLUSTER_LABEL))
                .map(name -> new ResourceID(name, object.getMetadata().getNamespace()))
                .map(Set::of)
                .orElse(Set.of());
    }

    private static Ownership ownership(ApiManagerCluster resource) {
        var metadata = resource.getMetadata();
        return new Ownership(new Names(metadata.getNamespace(), metadata.getName()), metadata.getUid());
    }

    private static Seen seen(Context<ApiManagerCluster> context) {
        return context.managedWorkflowAndDependentResourceContext().getMandatory(Seen.class, Seen.class);
    }

    private static Desired desired(Context<ApiManagerCluster> context) {
        return context.managedWorkflowAndDependentResourceContext().getMandatory(Desired.class, Desired.class);
    }
}
