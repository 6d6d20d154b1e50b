package com.wso2.apim.operator.rollout;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Why a pod is not Ready, as its own status tells. Nothing in the words counts up or alternates, so that they stay the same
 * while the state does: a container that crashes waits and runs in turn.
 */
record PodCause(Pod pod, Blackout blackout) {

    private static final int LONGEST = 240;
    /** Longer output without a line break may begin, or end, in the middle of what must not be seen. */
    private static final int LONGEST_LINE = 1000;

    private static final Set<String> PULLING = Set.of("ErrImagePull", "ImagePullBackOff");
    /** A container that has not been created yet. */
    private static final Set<String> NOT_CREATED = Set.of("ContainerCreating", "PodInitializing");

    private static final Set<Integer> KILLED = Set.of(137, 143);

    /**
     * A cause.
     *
     * @param isOfTheCluster whether another revision would have met with the same
     */
    record Cause(String words, boolean isOfTheCluster) {}

    Cause cause() {
        return ofTheCluster().map(words -> new Cause(words, true)).orElseGet(() -> new Cause(ofThePod(), false));
    }

    private Optional<String> ofTheCluster() {
        var scheduled = condition("PodScheduled");
        if (scheduled.filter(PodConditions::isTrue).isEmpty()) {
            return Optional.of(scheduled
                    .map(PodCondition::getMessage)
                    .map(message -> "it was not scheduled: " + line(message))
                    .orElse("it was not scheduled"));
        }
        return condition("DisruptionTarget")
                .filter(PodConditions::isTrue)
                .map(condition -> "it is being evicted: " + line(condition.getMessage()))
                .or(() -> Optional.of(status())
                        .filter(status -> "Failed".equals(status.getPhase()) || "NodeLost".equals(status.getReason()))
                        .map(status -> "it ended: " + line(status.getReason())))
                .or(() -> isCutOff()
                        ? Optional.of("all its containers are ready, and its Kubernetes node does not answer")
                        : Optional.empty());
    }

    /** When a node is lost, the cluster says of its pods that they are not Ready, and containers stay as they were. */
    private boolean isCutOff() {
        var containers = status().getContainerStatuses();
        return !containers.isEmpty()
                && containers.stream().allMatch(container -> Boolean.TRUE.equals(container.getReady()))
                && condition("Ready")
                        .filter(ready ->
                                !PodConditions.isTrue(ready) && !"ReadinessGatesNotReady".equals(ready.getReason()))
                        .isPresent();
    }

    private String ofThePod() {
        return Stream.concat(status().getInitContainerStatuses().stream(), status().getContainerStatuses().stream())
                .flatMap(container -> words(container).stream())
                .findFirst()
                .or(() -> condition("Ready").map(PodCondition::getMessage).map(PodCause::line))
                .filter(words -> !words.isBlank())
                .orElse("its containers have not started");
    }

    private Optional<String> words(ContainerStatus container) {
        var name = "container " + container.getName();
        var state = Optional.ofNullable(container.getState());
        var waiting = state.map(ContainerState::getWaiting).filter(found -> !isOnTheWay(found));
        if (waiting.isPresent()) {
            return Optional.of(name + ": " + reason(waiting.get(), container));
        }
        var ended = Stream.of(state, Optional.ofNullable(container.getLastState()))
                .flatMap(Optional::stream)
                .flatMap(found -> Optional.ofNullable(found.getTerminated()).stream())
                .filter(terminated -> terminated.getExitCode() != 0)
                .findFirst();
        if (ended.isPresent() && !Boolean.TRUE.equals(container.getReady())) {
            return Optional.of(name + end(ended.get()));
        }
        return state.flatMap(now -> unfinished(now, container)).map(name::concat);
    }

    private Optional<String> unfinished(ContainerState state, ContainerStatus container) {
        if (state.getWaiting() != null) {
            return isNotCreated(state.getWaiting()) ? Optional.of(beforeCreation(container)) : Optional.empty();
        }
        return Optional.ofNullable(state.getRunning())
                .filter(running -> !Boolean.TRUE.equals(container.getReady()))
                .map(running -> Boolean.TRUE.equals(container.getStarted())
                        ? " runs, and its readiness probe does not succeed"
                        : " runs, and its start-up probe does not succeed");
    }

    /** Neither a registry that does not answer nor a volume that nobody attaches is an error to the kubelet. */
    private String beforeCreation(ContainerStatus container) {
        return condition("PodReadyToStartContainers")
                        .filter(PodConditions::isTrue)
                        .isPresent()
                ? " is not created: image %s is still being pulled".formatted(container.getImage())
                : " is not created: the pod's volumes and network are not set up";
    }

    /** What every container goes through. */
    private static boolean isOnTheWay(ContainerStateWaiting waiting) {
        return waiting.getReason() == null || waiting.getReason().equals("CrashLoopBackOff") || isNotCreated(waiting);
    }

    private static boolean isNotCreated(ContainerStateWaiting waiting) {
        return waiting.getReason() != null && NOT_CREATED.contains(waiting.getReason());
    }

    /** The kubelet says in turn that it pulls and that it waits with pulling. */
    private static String reason(ContainerStateWaiting waiting, ContainerStatus container) {
        var message = line(waiting.getMessage());
        if (PULLING.contains(waiting.getReason())) {
            var why = message.replaceFirst("^Back-off pulling image \"[^\"]*\"(: ErrImagePull: )?", "");
            return "ImagePullBackOff: image %s cannot be pulled%s"
                    .formatted(container.getImage(), why.isEmpty() ? "" : ": " + why);
        }
        return waiting.getReason() + (message.isEmpty() ? "" : ": " + message);
    }

    private String end(ContainerStateTerminated terminated) {
        var code = terminated.getExitCode();
        var reason = Optional.ofNullable(terminated.getReason());
        var said = said(terminated.getMessage());
        return " ended with exit code %d".formatted(code)
                + reason.map(" (%s)"::formatted).orElse("")
                + (KILLED.contains(code) && reason.filter("OOMKilled"::equals).isEmpty()
                        ? ", which is also that of a container whose probe failed"
                        : "")
                + (said.isEmpty() ? "" : ": " + said);
    }

    /** The last line of what the container left to be read, without what it must not say. */
    private String said(String message) {
        var lines = Optional.ofNullable(message)
                .map(String::strip)
                .orElse("")
                .lines()
                .toList();
        if (lines.isEmpty() || lines.size() == 1 && lines.get(0).length() > LONGEST_LINE) {
            return "";
        }
        return line(blackout.of(lines.get(lines.size() - 1)));
    }

    private static String line(String text) {
        var line = Optional.ofNullable(text)
                .orElse("")
                .replaceAll("[\\p{Cntrl}\\s]+", " ")
                .strip();
        return line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
    }

    private PodStatus status() {
        return Optional.ofNullable(pod.getStatus()).orElseGet(PodStatus::new);
    }

    private Optional<PodCondition> condition(String type) {
        return new PodConditions(pod).of(type);
    }
}
