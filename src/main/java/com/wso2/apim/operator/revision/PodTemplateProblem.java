package com.wso2.apim.operator.revision;

import com.wso2.apim.operator.model.Problem;
import com.wso2.apim.operator.model.Problem.Concern;

/** What can be wrong with the user's own part of a pod template. */
public enum PodTemplateProblem implements Problem.Kind {
    UNKNOWN_FIELD("no pod template has this field: remove it"),
    MISTYPED_FIELD("no pod template has this field: did you mean <field>?"),
    WRONG_TYPE("<what it is> does not fit here: write <what fits>"),
    NO_KEY("entries of this list are merged by <key>, and this one has none: add it"),
    FIXED("<reason>: remove it"),
    FIXED_WITH_FIELD("<reason>: use <field> instead"),
    OPERATORS_KEY("the operator sets this key itself: choose another"),
    OPERATORS_VOLUME("the operator has a volume of this name: choose another"),
    OPERATORS_PORT("the server listens on port <port> itself: choose another"),
    OPERATORS_PATH("the operator mounts <path>: choose a path that is neither above nor below it"),
    OPERATORS_VARIABLE("the operator sets this variable itself: choose another name"),
    VARIABLE_TWICE("<field> has this variable too: keep one");

    private final String wording;

    PodTemplateProblem(String wording) {
        this.wording = wording;
    }

    @Override
    public Concern concern() {
        return Concern.CONFIGURATION;
    }

    @Override
    public String where() {
        return "spec.<tier>.podTemplate.<field>";
    }

    @Override
    public String wording() {
        return wording;
    }
}
