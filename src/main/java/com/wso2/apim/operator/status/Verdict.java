package com.wso2.apim.operator.status;

import com.wso2.apim.operator.api.v1alpha1.ApiManagerClusterStatus.Condition;
import com.wso2.apim.operator.inputs.Inputs;
import com.wso2.apim.operator.model.Problem;
import com.wso2.apim.operator.model.Role;
import com.wso2.apim.operator.revision.Admission;
import com.wso2.apim.operator.revision.FirstBootChanges.Change;
import com.wso2.apim.operator.rollout.Observed;
import com.wso2.apim.operator.rollout.Plan;
import com.wso2.apim.operator.rollout.Plan.Phase;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The conditions, each from what is known in this pass. */
record Verdict(
        Inputs inputs,
        Admission admission,
        Observed observed,
        Plan plan,
        Certificates certificates,
        Conditions conditions,
        Optional<Stall> stall) {

    private static final String SUSPENDED = "Suspended";
    private static final String WAITING = "WaitingForTurn";
    private static final String IN_SYNC = "nodes use the credentials of the Secrets";

    List<Condition> all() {
        return List.of(
                ready(),
                available(),
                reconciling(),
                stalled(),
                updatePending(),
                concern("ConfigurationValid", "Valid", "the resource can be rendered"),
                concern("ReferencesResolved", "Resolved", "every referenced object is there and every name is free"),
                valid(),
                expiring(),
                credentials(),
                tier("AllInOneReady", Role.ALL_IN_ONE),
                tier("TrafficManagerReady", Role.TRAFFIC_MANAGER));
    }

    private Condition ready() {
        if (admission.isFrozen()) {
            return conditions.condition("Ready", false, worst().concern().reason(), problems(admission.problems()));
        }
        if (stall.isPresent()) {
            return conditions.condition(
                    "Ready",
                    false,
                    isRollingBack() ? "RollingBack" : stall.get().reason(),
                    stall.get().message());
        }
        return switch (plan.phase()) {
            case SETTLED -> conditions.condition("Ready", true, "AllNodesReady", plan.sentence());
            case BOOTING -> conditions.condition("Ready", false, "Booting", plan.sentence());
            case ROLLING -> conditions.condition("Ready", false, "Rolling", plan.sentence());
            case WAITING -> conditions.condition("Ready", false, WAITING, plan.sentence());
            case PAUSED -> conditions.condition("Ready", isUntouched(), "Paused", plan.sentence());
            case SUSPENDING, SUSPENDED -> conditions.condition("Ready", false, SUSPENDED, plan.sentence());
            case DEGRADED -> conditions.condition("Ready", false, "NodeNotReady", plan.sentence());
        };
    }

    /** Whether what waits has reached no node yet, so that each tier runs one revision. */
    private boolean isUntouched() {
        return Stream.of(Role.values()).allMatch(role -> observed.tier(role).places().stream()
                .allMatch(place -> place.runs(plan.settled().get(role))));
    }

    private Condition available() {
        var missing = Stream.of(Role.values())
                .filter(role -> observed.tier(role).readyNodes() == 0)
                .map(Role::component)
                .collect(Collectors.joining(", "));
        if (plan.phase().isSuspension() && !missing.isEmpty()) {
            return conditions.condition("Available", false, SUSPENDED, plan.sentence());
        }
        return missing.isEmpty()
                ? conditions.condition("Available", true, "EachTierServes", "at least one node of each tier is Ready")
                : conditions.condition("Available", false, "TierDown", "no Ready node: " + missing);
    }

    private Condition reconciling() {
        var isStuck = stall.filter(found -> !found.isRolledBack()).isPresent();
        var isMoving = !admission.isFrozen() && !isStuck && !plan.phase().isAtRest();
        return conditions.condition(
                "Reconciling",
                isMoving,
                isMoving ? moving() : admission.isFrozen() ? "Frozen" : isStuck ? "Stalled" : rest(),
                plan.sentence());
    }

    private String moving() {
        return plan.phase() == Phase.WAITING ? WAITING : "Progressing";
    }

    private String rest() {
        return switch (plan.phase()) {
            case PAUSED -> "Paused";
            case SUSPENDED -> SUSPENDED;
            default -> "Settled";
        };
    }

    private boolean isRollingBack() {
        return stall.filter(Stall::isRolledBack).isPresent() && !plan.phase().isAtRest();
    }

    private Condition stalled() {
        if (admission.isFrozen()) {
            return conditions.condition("Stalled", true, worst().concern().reason(), problems(admission.problems()));
        }
        return stall.map(found -> conditions.condition("Stalled", true, found.reason(), found.message()))
                .orElseGet(() -> conditions.condition("Stalled", false, "NoProblem", "nothing stands in the way"));
    }

    /** A condition that is False while there is a problem of its kind. */
    private Condition concern(String type, String reason, String message) {
        var found = admission.problems().stream()
                .filter(problem -> problem.concern().condition().equals(type))
                .toList();
        return found.isEmpty()
                ? conditions.condition(type, true, reason, message)
                : conditions.condition(type, false, found.get(0).concern().reason(), problems(found));
    }

    private Condition valid() {
        var type = Problem.Concern.CERTIFICATE.condition();
        var invalid = certificates.invalid();
        return invalid.isEmpty()
                ? concern(type, "Valid", certificates.valid())
                : conditions.condition(type, false, "Expired", invalid);
    }

    private Condition expiring() {
        var expiring = certificates.expiring();
        return expiring.isEmpty()
                ? conditions.condition(
                        "CertificatesExpiring", false, "NoneNearItsEnd", "nothing is to be renewed by hand")
                : conditions.condition("CertificatesExpiring", true, "NearTheirEnd", expiring);
    }

    private Condition updatePending() {
        if (admission.isFrozen()) {
            return previous("UpdatePending").orElseGet(() -> noUpdatePending("nothing was compared yet"));
        }
        var held = new Held(inputs, admission, observed, plan, certificates);
        if (!held.message().isEmpty()) {
            return conditions.condition("UpdatePending", true, held.reason(), held.message());
        }
        return admission.update().isEmpty()
                ? noUpdatePending("nodes are to run what this operator renders")
                : conditions.condition(
                        "UpdatePending",
                        true,
                        "OperatorUpdate",
                        "this operator renders differently: %s; nothing is restarted for that: the next change that restarts nodes takes it along, and rollout.operatorUpdates: Automatic does it at once"
                                .formatted(String.join("; ", admission.update())));
    }

    private Condition noUpdatePending(String message) {
        return conditions.condition("UpdatePending", false, "UpToDate", message);
    }

    private Condition credentials() {
        if (admission.sources().isEmpty()) {
            return previous("CredentialsInSync")
                    .orElseGet(() -> conditions.condition("CredentialsInSync", true, "InSync", IN_SYNC));
        }
        var heldBack = admission.sources().get().changes().heldBack();
        return heldBack.isEmpty()
                ? conditions.condition("CredentialsInSync", true, "InSync", IN_SYNC)
                : conditions.condition(
                        "CredentialsInSync",
                        false,
                        "ChangedAfterFirstBoot",
                        heldBack.stream().map(this::heldBack).collect(Collectors.joining("; ")));
    }

    private String heldBack(Change change) {
        return "Secret %s does not hold %s that nodes use: %s, so they keep that; put the old value back, or %s, and then add %s to spec.credentials.acknowledged, which restarts every node with the new one"
                .formatted(
                        change.secret(),
                        change.value().words(),
                        change.value().reason(),
                        change.value().procedure(),
                        change.token());
    }

    /** While a problem keeps things from being compared, what was said last still stands. */
    private Optional<Condition> previous(String type) {
        return Optional.ofNullable(inputs.resource().getStatus()).stream()
                .flatMap(status -> status.conditions().stream())
                .filter(condition -> condition.type().equals(type))
                .map(last -> conditions.condition(type, last.status().equals("True"), last.reason(), last.message()))
                .findFirst();
    }

    private Condition tier(String type, Role role) {
        var wanted = admission
                .cluster()
                .map(cluster -> cluster.tier(role).replicas())
                .orElse(0);
        var ready = observed.tier(role).readyNodes();
        var message = "%d of %d nodes are Ready".formatted(ready, wanted);
        return wanted > 0 && ready == wanted
                ? conditions.condition(type, true, "NodesReady", message)
                : conditions.condition(type, false, "NodesNotReady", message);
    }

    private Problem worst() {
        return admission.problems().get(0);
    }

    private static String problems(List<Problem> problems) {
        return problems.stream().map(Problem::toString).collect(Collectors.joining("; "));
    }
}
