package com.wso2.apim.operator.revision;

import com.wso2.apim.operator.inputs.Inputs;
import com.wso2.apim.operator.model.Names;
import com.wso2.apim.operator.model.Operation;
import com.wso2.apim.operator.pki.CertificateDetails;
import com.wso2.apim.operator.pki.KeyMaterial;
import com.wso2.apim.operator.pki.RenewalRule;
import java.time.Instant;

/**
 * Whether what is kept is to be renewed now: a roll that is under way is left to end first, as a renewal is no reason to
 * restart nodes twice, unless half of its time is gone.
 *
 * @param isIdle whether no roll is under way
 * @param isPaused whether no node is to be restarted, so that what is due waits
 */
record Renewing(RenewalRules rules, boolean isIdle, boolean isPaused, Instant now) {

    static Renewing of(Inputs inputs, Names names) {
        var admitted = Admitted.stored(inputs, names);
        var isPaused = Operation.of(inputs.resource().getSpec()).paused()
                && admitted.filter(Admitted::hasBooted).isPresent()
                && !Standstill.isReached(inputs, names);
        return new Renewing(
                RenewalRules.of(inputs.resource().getSpec()),
                admitted.map(Admitted::isAtRest).orElse(true),
                isPaused,
                inputs.now());
    }

    boolean isToBeRenewed(KeyMaterial certificate, KeyMaterial authority) {
        return isDue(
                rules.certificate(), certificate.details(), authority.details().notAfter());
    }

    boolean isToBeReplaced(KeyMaterial authority) {
        return isDue(rules.authority(), authority.details(), Instant.MAX);
    }

    private boolean isDue(RenewalRule rule, CertificateDetails details, Instant limit) {
        return !isPaused && rule.isDue(details, limit, now) && (isIdle || rule.isUrgent(details, now));
    }
}
