package com.wso2.apim.operator.rollout;

import com.wso2.apim.operator.api.v1alpha1.RolloutSpec;
import com.wso2.apim.operator.api.v1alpha1.RolloutSpec.Rollback;
import com.wso2.apim.operator.inputs.Inputs;
import com.wso2.apim.operator.model.Cluster;
import com.wso2.apim.operator.model.Names;
import com.wso2.apim.operator.model.Node;
import com.wso2.apim.operator.model.Role;
import com.wso2.apim.operator.revision.LastGood;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;

/**
 * Whether a node has had time enough to become available on a new revision, and has not. Time counts from when its
 * pod is scheduled, or else created, which a container that crashes and starts again does not move. What is not new cannot
 * fail this way: a node that was available on a revision once, or whose tier came to rest on it, has lost something else.
 *
 * @param targets the revision that each tier is to run
 * @param good what the deployment can go back to
 * @param canGoBack whether that is still stored
 */
record Deadline(
        Inputs inputs,
        Cluster cluster,
        Map<Role, String> targets,
        LastGood good,
        boolean canGoBack,
        Observed observed) {

    private static final int DEFAULT_SECONDS = 900;

    /** The first failure, in the order of rolls; one that the revision is to be rejected for goes before others. */
    Optional<Failure> failure() {
        return cluster.wiring().rollOrder().stream()
                .flatMap(role -> cluster.tier(role).nodes().stream())
                .flatMap(node -> failure(node).stream())
                .min(Comparator.comparing(failure -> !failure.isRejection()));
    }

    private Optional<Failure> failure(Node node) {
        var name = cluster.names().pod(node);
        return Optional.ofNullable(targets.get(node.role()))
                .filter(target -> !good.is(node.role(), target) && !good.isProven(name, target))
                .filter(target -> observed.place(node)
                        .filter(place -> place.runs(target) && !place.ready())
                        .isPresent())
                .flatMap(target -> pod(name).filter(this::isOver).map(pod -> failure(node, pod, target)));
    }

    private Optional<Pod> pod(String name) {
        return inputs.pods().stream()
                .filter(pod -> pod.getMetadata().getName().equals(name))
                .findFirst();
    }

    /** A pod that is on its way out is not waited for; the next one of its name has its own time. */
    private boolean isOver(Pod pod) {
        var created = Optional.ofNullable(pod.getMetadata().getCreationTimestamp());
        return pod.getMetadata().getDeletionTimestamp() == null
                && scheduled(pod)
                        .or(() -> created.map(Instant::parse))
                        .filter(begin -> Duration.between(begin, inputs.now()).getSeconds() >= seconds())
                        .isPresent();
    }

    /** When a pod got a place to start in: one for which there was no room for long has not had its time. */
    private static Optional<Instant> scheduled(Pod pod) {
        return new PodConditions(pod).trueSince("PodScheduled");
    }

    private Failure failure(Node node, Pod pod, String revision) {
        var cause = new PodCause(pod, new Blackout(inputs)).cause();
        var words = "pod %s did not become Ready within %d seconds of %s: %s"
                .formatted(
                        pod.getMetadata().getName(),
                        seconds(),
                        scheduled(pod).isPresent() ? "being scheduled" : "its creation",
                        cause.words());
        return new Failure(node, pod.getMetadata().getName(), revision, words, excuse(node, revision, cause));
    }

    /** What else may have caused it: an outage must not reject a good configuration. */
    private Optional<String> excuse(Node node, String revision, PodCause.Cause cause) {
        if (good.revisions().isEmpty()) {
            return Optional.of(
                    "there is no revision to go back to: no other one ever had all nodes Ready; change what the cause names");
        }
        if (cause.isOfTheCluster()) {
            return Optional.of("that lies with the Kubernetes cluster, not with the revision");
        }
        if (node.role() == Role.TRAFFIC_MANAGER
                && observed.tier(Role.ALL_IN_ONE).readyNodes() == 0) {
            return Optional.of("no all-in-one node is Ready, and without one no Traffic Manager starts");
        }
        if (observed.nodes().noneMatch(this::isReadyOnLastGood)) {
            return Optional.of("no node that runs the last good revision is Ready, so the cause may lie outside: "
                    + "look at the databases and at the logs of the pod");
        }
        if (!canGoBack) {
            return Optional.of("the last good revision, or a Secret that it mounts, was deleted; change the resource");
        }
        return rollback() == Rollback.AUTOMATIC
                ? Optional.empty()
                : Optional.of(
                        ("spec.rollout.rollback is Manual: change the resource, or go back to the last good revisions by "
                                        + "kubectl annotate configmap %s %s=<why>")
                                .formatted(revision, Names.REJECTED_ANNOTATION));
    }

    private boolean isReadyOnLastGood(Node node) {
        return observed.place(node)
                .filter(ObservedTier.Place::ready)
                .flatMap(ObservedTier.Place::revision)
                .filter(revision -> good.is(node.role(), revision))
                .isPresent();
    }

    private int seconds() {
        return rules().map(RolloutSpec::progressDeadlineSeconds).orElse(DEFAULT_SECONDS);
    }

    private Rollback rollback() {
        return rules().map(RolloutSpec::rollback).orElse(Rollback.AUTOMATIC);
    }

    private Optional<RolloutSpec> rules() {
        return Optional.ofNullable(inputs.resource().getSpec().rollout());
    }
}
