package com.wso2.apim.operator.reconcile;

import com.wso2.apim.operator.inputs.Inputs;
import com.wso2.apim.operator.model.Problem;
import com.wso2.apim.operator.revision.Admission;
import java.util.List;

/** What a pass finds, for tests of other packages. */
public final class Passes {

    private Passes() {}

    /** Problems, the linter's included. */
    public static List<Problem> problems(Inputs inputs) {
        return Pass.linted(inputs, Admission.of(inputs)).admission().problems();
    }
}
