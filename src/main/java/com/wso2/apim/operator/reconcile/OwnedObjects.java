package com.wso2.apim.operator.reconcile;

import com.wso2.apim.operator.api.v1alpha1.ApiManagerCluster;
import com.wso2.apim.operator.model.Names;
import com.wso2.apim.operator.model.Ownership;
import com.wso2.apim.operator.resources.Desired;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceUtils;
import io.javaoperatorsdk.operator.processing.dependent.workflow.Workflow;
import io.javaoperatorsdk.operator.processing.dependent.workflow.WorkflowBuilder;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The kinds of object that a resource has, in the order in which they are applied. */
final class OwnedObjects {

    /** A later step starts when the one before is complete, so nothing ever names what is not there. */
    private final List<List<Owned<?>>> steps;

    private final Workflow<ApiManagerCluster> workflow;

    OwnedObjects(Standoffs standoffs) {
        steps = Stream.of(
                        List.of(Secret.class),
                        List.of(ConfigMap.class, ServiceAccount.class),
                        List.of(Service.class, NetworkPolicy.class, PodDisruptionBudget.class),
                        List.of(StatefulSet.class, Ingress.class))
                .<List<Owned<?>>>map(kinds -> kinds.stream()
                        .<Owned<?>>map(kind -> new Owned<>(kind, standoffs))
                        .toList())
                .toList();
        workflow = workflow();
    }

    List<EventSource<?, ApiManagerCluster>> eventSources(EventSourceContext<ApiManagerCluster> context) {
        var sources = new ArrayList<EventSource<?, ApiManagerCluster>>(
                EventSourceUtils.dependentEventSources(context, owned().toArray(Owned[]::new)));
        var pods = InformerEventSourceConfiguration.from(Pod.class, ApiManagerCluster.class)
                .withLabelSelector(Names.MANAGED_BY_LABEL + "=" + Names.OPERATOR)
                .withSecondaryToPrimaryMapper(Owned::resourceOf)
                .build();
        sources.add(new InformerEventSource<>(pods, context));
        return sources;
    }

    /** Every object of the resource, from the informers. */
    List<HasMetadata> owned(Ownership ownership, Context<ApiManagerCluster> context) {
        return owned().flatMap(kind -> context.getSecondaryResourcesAsStream(kind.resourceType()))
                .filter(ownership::isOurs)
                .map(HasMetadata.class::cast)
                .toList();
    }

    List<Pod> pods(Context<ApiManagerCluster> context) {
        return context.getSecondaryResourcesAsStream(Pod.class).toList();
    }

    /**
     * Applies what is desired; routes last, and they go first: what they need, and what tells of them, is there as long as they.
     *
     * @param owned every object of the resource, those that no informer holds included
     */
    void apply(
            ApiManagerCluster resource, Desired desired, List<HasMetadata> owned, Context<ApiManagerCluster> context) {
        context.managedWorkflowAndDependentResourceContext().put(Desired.class, desired);
        context.managedWorkflowAndDependentResourceContext().put(Seen.class, Seen.of(owned));
        var unwatched = new Unwatched(resource, desired, owned, context);
        unwatched.prune();
        workflow.reconcile(resource, context);
        unwatched.apply();
    }

    private Stream<Owned<?>> owned() {
        return steps.stream().flatMap(List::stream);
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private Workflow<ApiManagerCluster> workflow() {
        WorkflowBuilder builder = new WorkflowBuilder<ApiManagerCluster>().withThrowExceptionFurther(true);
        for (int i = 0; i < steps.size(); i++) {
            for (var kind : steps.get(i)) {
                var step = builder.addDependentResourceAndConfigure(kind);
                if (i > 0) {
                    step.dependsOn(steps.get(i - 1).toArray(new Owned[0]));
                }
            }
        }
        return builder.build();
    }
}
