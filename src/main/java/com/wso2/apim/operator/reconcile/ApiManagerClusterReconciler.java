package com.wso2.apim.operator.reconcile;

import com.wso2.apim.operator.api.v1alpha1.ApiManagerCluster;
import com.wso2.apim.operator.api.v1alpha1.ApiManagerClusterStatus;
import com.wso2.apim.operator.inputs.InputsReader;
import com.wso2.apim.operator.inputs.Settings;
import com.wso2.apim.operator.model.Names;
import com.wso2.apim.operator.model.Ownership;
import com.wso2.apim.operator.model.Referenced;
import com.wso2.apim.operator.rollout.Turn;
import com.wso2.apim.operator.rollout.Turns;
import com.wso2.apim.operator.status.Failures;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.AggregatedOperatorException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.retry.GradualRetry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads everything, decides, applies, and says what it saw. */
@ControllerConfiguration(name = ApiManagerClusterReconciler.NAME, fieldManager = Names.OPERATOR)
@GradualRetry(maxAttempts = -1, initialInterval = 1000, intervalMultiplier = 2, maxInterval = 30_000)
public final class ApiManagerClusterReconciler implements Reconciler<ApiManagerCluster> {

    /** Name of the controller in settings, logs and metrics. */
    public static final String NAME = "apimanagercluster";

    private static final Logger LOG = LoggerFactory.getLogger(ApiManagerClusterReconciler.class);
    /** While something is under way: the arrival of a Secret, or the end of a waiting time, is announced by no event. */
    private static final Duration SOON = Duration.ofSeconds(5);

    private static final Duration AT_ONCE = Duration.ZERO;

    private final InputsReader reader;
    private final Settings settings;
    private final Clock clock;
    private final Announcer announcer;
    private final Turns turns = new Turns();
    private final Standoffs standoffs;
    private final OwnedObjects objects;

    /** Reconciles with the given client, and by the given clock. */
    public ApiManagerClusterReconciler(KubernetesClient client, Settings settings, Clock clock) {
        this.reader = new InputsReader(client, settings, clock);
        this.settings = settings;
        this.clock = clock;
        this.announcer = new Announcer(new Recorder(client, clock));
        this.standoffs = new Standoffs(clock);
        this.objects = new OwnedObjects(standoffs);
    }

    @Override
    public List<EventSource<?, ApiManagerCluster>> prepareEventSources(EventSourceContext<ApiManagerCluster> context) {
        return objects.eventSources(context);
    }

    @Override
    public UpdateControl<ApiManagerCluster> reconcile(ApiManagerCluster resource, Context<ApiManagerCluster> context) {
        var metadata = resource.getMetadata();
        var names = new Names(metadata.getNamespace(), metadata.getName());
        var ownership = new Ownership(names, metadata.getUid());
        var owned = objects.owned(ownership, context);
        var references = Referenced.by(names, resource.getSpec(), owned);
        var others = others(names, context);
        turns.forgetAllBut(resource, others);
        var inputs = reader.read(turns.known(resource), references, turns.known(others), owned, objects.pods(context));
        var pass = Pass.of(inputs, ownership, reader);
        LOG.info("{}: {}", names.owner(), pass.sentence());
        if (pass.makesRetained(ownership) && !reader.isThere(resource)) {
            LOG.info("{} was deleted in the meantime", names.owner());
            return UpdateControl.noUpdate();
        }
        var status = pass.status(List.of());
        if (!turns.take(Turn.of(inputs), pass.plan().begins(), status)) {
            return UpdateControl.<ApiManagerCluster>noUpdate().reschedule();
        }
        announcer.announce(pass, status);
        if (!apply(resource, pass, context)) {
            return UpdateControl.noUpdate();
        }
        var setBack = standoffs.of(names);
        announcer.announce(resource, setBack);
        var isCurrent = write(resource, setBack.isEmpty() ? status : pass.status(setBack), context);
        return UpdateControl.<ApiManagerCluster>noUpdate().rescheduleAfter(isCurrent ? untilNext(pass) : AT_ONCE);
    }

    private Duration untilNext(Pass pass) {
        if (pass.plan().begins()) {
            return AT_ONCE;
        }
        return pass.isUnderWay() ? SOON : settings.resyncInterval();
    }

    private static List<ApiManagerCluster> others(Names names, Context<ApiManagerCluster> context) {
        return context.getPrimaryCache()
                .list(other -> !names.equals(new Names(
                        other.getMetadata().getNamespace(), other.getMetadata().getName())))
                .toList();
    }

    /** Applies what is desired; false if the namespace is on its way out and nothing more is to be done. */
    private boolean apply(ApiManagerCluster resource, Pass pass, Context<ApiManagerCluster> context) {
        try {
            objects.apply(resource, pass.desired(), pass.inputs().owned(), context);
            pass.rejected()
                    .ifPresent(failure ->
                            RejectionMark.write(resource.getMetadata().getNamespace(), failure, context.getClient()));
            return true;
        } catch (AggregatedOperatorException | KubernetesClientException e) {
            if (new ApiFailure(e).isNamespaceTerminating()) {
                LOG.info("Namespace {} is being deleted", resource.getMetadata().getNamespace());
                return false;
            }
            throw e;
        }
    }

    /** Writes the status if it says something new; whether the spec is still the one that it speaks of. */
    private static boolean write(
            ApiManagerCluster resource, ApiManagerClusterStatus status, Context<ApiManagerCluster> context) {
        if (status.equals(resource.getStatus())) {
            return true;
        }
        var written = context.resourceOperations().serverSideApplyPrimaryStatus(statusOnly(resource, status));
        return written.getMetadata()
                .getGeneration()
                .equals(resource.getMetadata().getGeneration());
    }

    @Override
    public ErrorStatusUpdateControl<ApiManagerCluster> updateErrorStatus(
            ApiManagerCluster resource, Context<ApiManagerCluster> context, Exception exception) {
        var failure = new ApiFailure(exception);
        if (failure.isInterruption()) {
            return ErrorStatusUpdateControl.noStatusUpdate();
        }
        var status = Failures.of(resource, failure.isRejection(), failure.message(), clock.instant());
        turns.failed(resource, status);
        return status.equals(resource.getStatus())
                ? ErrorStatusUpdateControl.noStatusUpdate()
                : ErrorStatusUpdateControl.patchStatus(statusOnly(resource, status));
    }

    /** Server-side apply of a status takes nothing else along. */
    private static ApiManagerCluster statusOnly(ApiManagerCluster resource, ApiManagerClusterStatus status) {
        var only = new ApiManagerCluster();
        only.setMetadata(new ObjectMetaBuilder()
                .withName(resource.getMetadata().getName())
                .withNamespace(resource.getMetadata().getNamespace())
                .build());
        only.setStatus(status);
        return only;
    }
}
