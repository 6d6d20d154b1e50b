package com.wso2.apim.operator.support;

import com.wso2.apim.operator.api.v1alpha1.ApiManagerCluster;
import com.wso2.apim.operator.model.Names;
import com.wso2.apim.operator.resources.Desired;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;

/** The reference resource once every node is Ready, with changes as {@link AdmittedResource} takes them. */
public final class Deployed {

    private static final Names NAMES = new Names("wso2", "apim");
    private static final Path REFERENCE = Path.of("src/test/resources/reference/cr.yaml");

    private Deployed() {}

    /** What the cluster is to hold then. */
    public static Desired with(String... changes) {
        return simulation(changes).settle();
    }

    /** The cluster with it, before the first pass. */
    public static Simulation simulation(String... changes) {
        var credentials = Map.of("username", "user", "password", "stand-in-for-the-database");
        var secrets = new ArrayList<>(Retained.secrets(NAMES));
        secrets.add(Retained.secret(NAMES, "apim-db", credentials));
        secrets.add(Retained.secret(NAMES, "shared-db", credentials));
        return new Simulation(resource(changes), secrets);
    }

    /** The resource itself. */
    public static ApiManagerCluster resource(String... changes) {
        return AdmittedResource.of(REFERENCE, changes);
    }
}
