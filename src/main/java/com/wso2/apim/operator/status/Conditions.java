package com.wso2.apim.operator.status;

import com.wso2.apim.operator.api.v1alpha1.ApiManagerClusterStatus.Condition;
import java.time.Instant;
import java.util.List;

/** Makes conditions; the time of the last transition is carried over while the status stays the same. */
record Conditions(Long generation, List<Condition> previous, Instant now) {

    Condition condition(String type, boolean status, String reason, String message) {
        var text = status ? "True" : "False";
        var since = previous.stream()
                .filter(condition ->
                        condition.type().equals(type) && condition.status().equals(text))
                .map(Condition::lastTransitionTime)
                .findFirst()
                .orElse(now.toString());
        return new Condition(type, text, reason, message, generation, since);
    }
}
