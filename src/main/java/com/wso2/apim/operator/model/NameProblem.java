package com.wso2.apim.operator.model;

import com.wso2.apim.operator.model.Problem.Concern;

/** What can stand where an object of the deployment should. */
public enum NameProblem implements Problem.Kind {
    LEFT_OVER("still belongs to a deleted ApiManagerCluster of this name: the cluster is removing it"),
    TAKEN("exists and does not belong to this ApiManagerCluster, which needs the name: rename or delete it");

    private final String wording;

    NameProblem(String wording) {
        this.wording = wording;
    }

    @Override
    public Concern concern() {
        return Concern.CONFLICT;
    }

    @Override
    public String where() {
        return "<kind>/<name>";
    }

    @Override
    public String wording() {
        return wording;
    }
}
