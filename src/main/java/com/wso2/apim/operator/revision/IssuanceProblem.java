package com.wso2.apim.operator.revision;

import com.wso2.apim.operator.model.Problem;
import com.wso2.apim.operator.model.Problem.Concern;

/** What can keep cert-manager from having issued what nodes are to show. */
public enum IssuanceProblem implements Problem.Kind {
    CERT_MANAGER_MISSING(
            Concern.REFERENCE,
            "the cluster does not serve Certificate of cert-manager.io/v1: install cert-manager, or choose another source"),
    NOT_ISSUED(Concern.REFERENCE, "cert-manager has not issued Certificate '<name>' yet; it says: <message>"),
    NOT_ISSUED_ANEW(
            Concern.CERTIFICATE,
            "the certificate that was issued last does not cover <hosts>: nodes keep what they run until cert-manager has "
                    + "issued Certificate '<name>' anew; it says: <message>"),
    SECRET_TAKEN(
            Concern.CONFLICT,
            "Secret '<name>' exists and is not of Certificate '<name>', and cert-manager would overwrite it: rename or "
                    + "delete it");

    private final Concern concern;
    private final String wording;

    IssuanceProblem(Concern concern, String wording) {
        this.concern = concern;
        this.wording = wording;
    }

    @Override
    public Concern concern() {
        return concern;
    }

    @Override
    public String where() {
        return "spec.keystores.tls.certManager";
    }

    @Override
    public String wording() {
        return wording;
    }
}
