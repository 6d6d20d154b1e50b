package com.wso2.apim.operator.reconcile;

import com.wso2.apim.operator.api.v1alpha1.ApiManagerCluster;
import com.wso2.apim.operator.api.v1alpha1.ApiManagerClusterStatus;
import com.wso2.apim.operator.api.v1alpha1.ApiManagerClusterStatus.Condition;
import com.wso2.apim.operator.api.v1alpha1.ApiManagerClusterStatus.Node;
import com.wso2.apim.operator.api.v1alpha1.ApiManagerClusterStatus.Revision;
import com.wso2.apim.operator.model.Problem;
import com.wso2.apim.operator.rollout.Plan.Phase;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One Event for each transition worth telling: when what a pass found differs from what the status said before. */
final class Announcer {

    private final Recorder recorder;

    Announcer(Recorder recorder) {
        this.recorder = recorder;
    }

    /** Announces a pass before anything of it is applied. */
    void announce(Pass pass, ApiManagerClusterStatus status) {
        var resource = pass.inputs().resource();
        announcements(pass, status).forEach((reason, note) -> recorder.record(resource, reason, note));
    }

    /** Announces what somebody sets back each time that it is applied. */
    void announce(ApiManagerCluster resource, List<String> setBack) {
        var known = Optional.ofNullable(resource.getStatus())
                .map(ApiManagerClusterStatus::warnings)
                .orElse(List.of());
        setBack.stream()
                .filter(sentence -> !known.contains(sentence))
                .forEach(sentence -> recorder.record(resource, EventReason.SET_BACK, sentence));
    }

    /** Of each kind one at most, in the order in which they are told. */
    static Map<EventReason, String> announcements(Pass pass, ApiManagerClusterStatus now) {
        var resource = pass.inputs().resource();
        var before = Optional.ofNullable(resource.getStatus());
        var told = new LinkedHashMap<EventReason, String>();
        if (pass.admission().isFrozen()) {
            var problems = pass.admission().problems();
            var note = problems.stream().map(Problem::toString).collect(Collectors.joining("; "));
            if (condition(before, "Stalled")
                    .filter(last -> last.message().equals(note))
                    .isEmpty()) {
                told.put(EventReason.of(problems.get(0).concern()), note);
            }
        } else {
            adoption(pass, before, now).ifPresent(note -> told.put(EventReason.ADOPTED, note));
            news(before, now, "UpdatePending", "True")
                    .filter(note -> !(isInLine(before) && isInLine(Optional.of(now))))
                    .ifPresent(note -> told.put(pending(now), note));
            news(before, now, "CredentialsInSync", "False")
                    .ifPresent(note -> told.put(EventReason.CHANGED_AFTER_FIRST_BOOT, note));
            pass.admission().sources().ifPresent(sources -> {
                sources.changes()
                        .taken()
                        .forEach(change -> told.merge(
                                EventReason.CREDENTIALS_TAKEN,
                                "%s of Secret %s is taken over, as %s in spec.credentials.acknowledged says"
                                        .formatted(change.value().words(), change.secret(), change.token()),
                                "%s; %s"::formatted));
                sources.renewals().forEach(renewal -> told.put(EventReason.of(renewal), renewal.sentence()));
            });
            restarts(pass, before, now).ifPresent(note -> told.put(EventReason.ROLLOUT_PLANNED, note));
            news(before, now, "Stalled", "True").ifPresent(note -> told.put(stall(now), note));
            phase(before, now, pass)
                    .ifPresent(reason -> told.putIfAbsent(reason, pass.plan().sentence()));
        }
        outage(before, now).ifPresent(note -> told.put(EventReason.TIER_DOWN, note));
        return told;
    }

    private static Optional<String> adoption(
            Pass pass, Optional<ApiManagerClusterStatus> before, ApiManagerClusterStatus now) {
        var known = before.map(ApiManagerClusterStatus::adopted).orElse(List.of());
        return Optional.of(now.adopted())
                .filter(adopted -> !adopted.isEmpty() && !adopted.equals(known))
                .map(adopted -> "used again, because they were kept for %s: Secrets %s"
                        .formatted(pass.admission().names().owner(), String.join(", ", adopted)));
    }

    /** Told once for each new target, while no pod has gone for it. */
    private static Optional<String> restarts(
            Pass pass, Optional<ApiManagerClusterStatus> before, ApiManagerClusterStatus now) {
        if (targets(before.stream()).equals(targets(Stream.of(now)))) {
            return Optional.empty();
        }
        var order = pass.admission().cluster().map(cluster -> cluster.wiring().rollOrder()).orElse(List.of()).stream()
                .map(role -> role.component())
                .toList();
        var podsByReason = now.nodes().stream()
                .filter(node -> node.restartsFor() != null)
                .sorted(Comparator.comparing((Node node) -> order.indexOf(node.tier()))
                        .thenComparing(Node::pod, Comparator.reverseOrder()))
                .collect(Collectors.groupingBy(
                        Node::restartsFor,
                        LinkedHashMap::new,
                        Collectors.mapping(Node::pod, Collectors.joining(", "))));
        return Optional.of(podsByReason.entrySet().stream()
                        .map(entry -> entry.getValue() + " (" + entry.getKey() + ")")
                        .collect(Collectors.joining(", ")))
                .filter(pods -> !pods.isEmpty())
                .map(pods -> "to be restarted, one after the other: " + pods);
    }

    private static Map<String, String> targets(Stream<ApiManagerClusterStatus> status) {
        return status.flatMap(said -> said.revisions().stream())
                .collect(Collectors.toMap(Revision::tier, Revision::target));
    }

    private static Optional<EventReason> phase(
            Optional<ApiManagerClusterStatus> before, ApiManagerClusterStatus now, Pass pass) {
        var last = condition(before, "Ready").map(Condition::reason);
        return condition(Optional.of(now), "Ready")
                .filter(ready -> !Optional.of(ready.reason()).equals(last))
                .flatMap(ready -> switch (ready.reason()) {
                    case "RolledBack" -> Optional.of(EventReason.ROLLED_BACK);
                    case "RollingBack", "DeadlineExceeded" -> Optional.empty();
                    default -> Optional.of(reason(pass.plan().phase()));
                });
    }

    private static EventReason stall(ApiManagerClusterStatus now) {
        return condition(Optional.of(now), "Stalled")
                        .filter(stalled -> stalled.reason().equals("RolledBack"))
                        .isPresent()
                ? EventReason.REVISION_REJECTED
                : EventReason.DEADLINE_EXCEEDED;
    }

    private static EventReason pending(ApiManagerClusterStatus now) {
        return switch (condition(Optional.of(now), "UpdatePending")
                .map(Condition::reason)
                .orElse("")) {
            case "Paused" -> EventReason.PAUSED;
            case "Suspended" -> EventReason.SUSPENDED;
            case "WaitingForTurn" -> EventReason.WAITING_FOR_TURN;
            default -> EventReason.OPERATOR_UPDATE;
        };
    }

    /** Who rolls and who waits for longer changes all the time; that is not told again. */
    private static boolean isInLine(Optional<ApiManagerClusterStatus> status) {
        return condition(status, "UpdatePending")
                .filter(pending -> pending.reason().equals("WaitingForTurn"))
                .isPresent();
    }

    private static EventReason reason(Phase phase) {
        return switch (phase) {
            case BOOTING -> EventReason.BOOTING;
            case WAITING -> EventReason.WAITING_FOR_TURN;
            case ROLLING -> EventReason.ROLLING;
            case PAUSED -> EventReason.PAUSED;
            case SUSPENDING, SUSPENDED -> EventReason.SUSPENDED;
            case DEGRADED -> EventReason.NODE_NOT_READY;
            case SETTLED -> EventReason.SETTLED;
        };
    }

    private static Optional<String> outage(Optional<ApiManagerClusterStatus> before, ApiManagerClusterStatus now) {
        var isWanted = condition(Optional.of(now), "Available")
                .filter(condition -> condition.reason().equals("Suspended"))
                .isPresent();
        return !isWanted
                        && condition(before, "Available")
                                .filter(last -> last.status().equals("True"))
                                .isPresent()
                ? news(before, now, "Available", "False")
                : Optional.empty();
    }

    /** The message of a condition of a status, if it is another one than before. */
    private static Optional<String> news(
            Optional<ApiManagerClusterStatus> before, ApiManagerClusterStatus now, String type, String status) {
        var last = condition(before, type).map(Condition::message);
        return condition(Optional.of(now), type)
                .filter(condition -> condition.status().equals(status))
                .map(Condition::message)
                .filter(message -> !Optional.of(message).equals(last));
    }

    private static Optional<Condition> condition(Optional<ApiManagerClusterStatus> status, String type) {
        return status.stream()
                .flatMap(said -> said.conditions().stream())
                .filter(condition -> condition.type().equals(type))
                .findFirst();
    }
}
