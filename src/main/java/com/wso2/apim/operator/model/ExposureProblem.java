package com.wso2.apim.operator.model;

import com.wso2.apim.operator.model.Problem.Concern;

/** What a cluster can lack for the exposure that a spec asks for. */
public enum ExposureProblem implements Problem.Kind {
    GATEWAY_API_MISSING;

    @Override
    public Concern concern() {
        return Concern.REFERENCE;
    }

    @Override
    public String where() {
        return "spec.exposure.type";
    }

    @Override
    public String wording() {
        return "the cluster does not serve <kinds> of gateway.networking.k8s.io/v1: install the CRDs of Gateway API 1.4 or "
                + "later, or choose another type";
    }
}
