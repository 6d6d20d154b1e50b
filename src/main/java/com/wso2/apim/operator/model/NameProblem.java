package com.wso2.apim.operator.model;

import com.wso2.apim.operator.model.Problem.Concern;

/** What can stand where an object of the deployment should. */
public enum NameProblem implements Problem.Kind {
    LEFT_OVER("still belongs to a deleted ApiManagerCluster of this name: the cluster is removing it"),
    KEPT_FOR_ANOTHER(
            "holds keys that are kept for <owner>: if they are meant for this ApiManagerCluster, set the annotation "
                    + "apim.wso2.com/owner to <namespace and name>; otherwise rename or delete it"),
    OF_ANOTHER_TYPE(
            "is kept for this ApiManagerCluster, but not of the type apim.wso2.com/retained, and a type cannot be changed: "
                    + "delete it and create it again with that type, or without it have new values made"),
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
