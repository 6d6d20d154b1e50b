package com.wso2.apim.operator.reconcile;

import com.wso2.apim.operator.model.Problem;
import com.wso2.apim.operator.model.Problem.Concern;

/** What the API server can have against the objects of a deployment. */
public enum ApplyProblem implements Problem.Kind {
    REFUSED;

    @Override
    public Concern concern() {
        return Concern.CONFIGURATION;
    }

    @Override
    public String where() {
        return "<kind>/<name>";
    }

    @Override
    public String wording() {
        return "the API server refuses it: <answer>";
    }
}
