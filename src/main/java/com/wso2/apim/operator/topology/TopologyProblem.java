package com.wso2.apim.operator.topology;

import com.wso2.apim.operator.model.Problem;
import com.wso2.apim.operator.model.Problem.Concern;

/** What can be wrong with the rendered files together: most of these would be a fault of the operator itself. */
public enum TopologyProblem implements Problem.Kind {
    NO_FILE("<file>", "there is no such file, which <node> needs"),
    NO_NODE("<file>", "there is no such node"),
    NO_TOML("<file>", "is no TOML: <reason>"),
    LOCAL_IP("<file> <key>", "names ${carbon.local.ip}, which is the public host name and not the node"),
    WRONG_ADDRESS("<file> <key>", "names <address>, where <other address> is meant"),
    ADDRESS_TOO_MANY("<file> <key>", "names <address>, which it must not"),
    ADDRESS_MISSING("<file> <key>", "does not name <address>"),
    NOBODY_ANSWERS("<file> <key>", "names <address>: <objection>"),
    WRONG_GROUP("<file> <table>", "holds <addresses>, where one plain and one secured receiver of one node are meant"),
    SEVERAL_HOSTS("<file> <table>", "holds <addresses>, where addresses of one host are meant");

    private final String where;
    private final String wording;

    TopologyProblem(String where, String wording) {
        this.where = where;
        this.wording = wording;
    }

    @Override
    public Concern concern() {
        return Concern.CONFIGURATION;
    }

    @Override
    public String where() {
        return where;
    }

    @Override
    public String wording() {
        return wording;
    }
}
