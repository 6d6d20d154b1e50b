package com.wso2.apim.operator.status;

import com.wso2.apim.operator.inputs.Inputs;
import com.wso2.apim.operator.model.Cluster;
import com.wso2.apim.operator.model.Operation;
import com.wso2.apim.operator.revision.Admission;
import com.wso2.apim.operator.revision.Waiting;
import com.wso2.apim.operator.rollout.Observed;
import com.wso2.apim.operator.rollout.Plan;
import com.wso2.apim.operator.rollout.Plan.Phase;
import com.wso2.apim.operator.rollout.Turn;
import java.util.ArrayList;
import java.util.List;

/** What waits for its turn, or while the user has paused or suspended the deployment, in words. */
record Held(Inputs inputs, Admission admission, Observed observed, Plan plan, Certificates certificates) {

    /** Reason of the condition. */
    String reason() {
        return plan.phase().isSuspension() ? "Suspended" : plan.isWaiting() ? "WaitingForTurn" : "Paused";
    }

    /** What waits, and for what; empty if nothing does. */
    String message() {
        if (plan.phase().isSuspension()) {
            var words = words();
            return words.isEmpty()
                    ? ""
                    : "nodes will start with what they did not run before: %s; spec.suspend: false starts them"
                            .formatted(String.join("; ", words));
        }
        if (plan.isWaiting()) {
            var words = words();
            return "nodes are restarted when it is their turn: %s%s"
                    .formatted(
                            Turn.of(inputs).waitsFor().orElse(plan.sentence()),
                            words.isEmpty() ? "" : "; what waits: " + String.join("; ", words));
        }
        if (!isPaused()) {
            return "";
        }
        var waiting = new ArrayList<>(isUnderWay() ? words() : List.<String>of());
        if (waiting.isEmpty() && plan.phase() == Phase.PAUSED) {
            waiting.add(plan.sentence());
        }
        var due = certificates.due();
        if (!due.isEmpty()) {
            waiting.add(due);
        }
        return waiting.isEmpty()
                ? ""
                : "no node is restarted while spec.rollout.paused is true; what waits: %s"
                        .formatted(String.join("; ", waiting));
    }

    private List<String> words() {
        return Waiting.words(inputs, plan.settled(), admission.targets());
    }

    private boolean isUnderWay() {
        return plan.phase() == Phase.PAUSED || plan.phase() == Phase.ROLLING;
    }

    private boolean isPaused() {
        return admission
                        .cluster()
                        .map(Cluster::operation)
                        .filter(Operation::paused)
                        .isPresent()
                && plan.phase() != Phase.BOOTING;
    }
}
