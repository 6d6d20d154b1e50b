package com.wso2.apim.operator.reconcile;

import com.wso2.apim.operator.api.v1alpha1.ApiManagerCluster;
import com.wso2.apim.operator.api.v1alpha1.ApiManagerClusterStatus;
import com.wso2.apim.operator.api.v1alpha1.ApiManagerClusterStatus.Condition;
import com.wso2.apim.operator.model.Problem;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** One Event for each transition: when what a pass found differs from what the status said before. */
final class Announcer {

    private final Recorder recorder;

    Announcer(Recorder recorder) {
        this.recorder = recorder;
    }

    /** Announces a pass before anything of it is applied. */
    void announce(Pass pass) {
        var resource = pass.inputs().resource();
        if (pass.admission().isFrozen()) {
            var problems = pass.admission().problems();
            var note = problems.stream().map(Problem::toString).collect(Collectors.joining("; "));
            if (!said(resource, "Stalled", note)) {
                recorder.warning(resource, problems.get(0).concern().reason(), note);
            }
            return;
        }
        announceAdoption(pass);
        announceCondition(pass, "UpdatePending", "True", recorder::normal);
        announceCondition(pass, "CredentialsInSync", "False", recorder::warning);
        announceTaken(pass);
        pass.admission().sources().stream()
                .flatMap(sources -> sources.renewals().stream())
                .forEach(renewal -> recorder.normal(resource, renewal.reason(), renewal.sentence()));
        if (!said(resource, "Reconciling", pass.plan().sentence())) {
            recorder.normal(resource, reason(pass), pass.plan().sentence());
        }
    }

    private void announceAdoption(Pass pass) {
        var resource = pass.inputs().resource();
        var adopted = pass.status().adopted();
        var before = Optional.ofNullable(resource.getStatus())
                .map(ApiManagerClusterStatus::adopted)
                .orElse(List.of());
        if (!adopted.isEmpty() && !adopted.equals(before)) {
            recorder.normal(
                    resource,
                    "Adopted",
                    "used again, because they were kept for %s: Secrets %s"
                            .formatted(pass.admission().names().owner(), String.join(", ", adopted)));
        }
    }

    private void announceCondition(Pass pass, String type, String status, Writer writer) {
        var resource = pass.inputs().resource();
        pass.status().conditions().stream()
                .filter(condition -> condition.type().equals(type))
                .filter(condition -> condition.status().equals(status))
                .filter(condition -> !said(resource, type, condition.message()))
                .forEach(condition -> writer.write(resource, condition.reason(), condition.message()));
    }

    /** Once: when it is applied, it is what nodes have. */
    private void announceTaken(Pass pass) {
        pass.admission().sources().stream()
                .flatMap(sources -> sources.changes().taken().stream())
                .forEach(change -> recorder.normal(
                        pass.inputs().resource(),
                        "CredentialsTaken",
                        "%s of Secret %s is taken over, as %s in spec.credentials.acknowledged says"
                                .formatted(change.value().words(), change.secret(), change.token())));
    }

    /** Writes an Event of one type. */
    @FunctionalInterface
    private interface Writer {

        void write(ApiManagerCluster about, String reason, String note);
    }

    private static String reason(Pass pass) {
        return switch (pass.plan().phase()) {
            case BOOTING -> "Booting";
            case ROLLING -> "Rolling";
            case DEGRADED -> "NodeNotReady";
            case SETTLED -> "Settled";
        };
    }

    private static boolean said(ApiManagerCluster resource, String type, String message) {
        return resource.getStatus() != null
                && resource.getStatus().conditions().stream()
                        .filter(condition -> condition.type().equals(type))
                        .map(Condition::message)
                        .anyMatch(message::equals);
    }
}
