package com.wso2.apim.operator.topology;

import com.wso2.apim.operator.api.v1alpha1.ProductVersion;
import com.wso2.apim.operator.model.Cluster;
import com.wso2.apim.operator.model.Names;
import com.wso2.apim.operator.model.Problem;
import com.wso2.apim.operator.model.Resolver;
import com.wso2.apim.operator.revision.Revision;
import com.wso2.apim.operator.support.AdmittedResource;
import com.wso2.apim.operator.support.Installation;
import com.wso2.apim.operator.support.Retained;
import com.wso2.apim.operator.support.Simulation;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a deployment applies, as far as it decides who dials whom. */
record Rendered(Cluster cluster, Map<String, String> files, List<Service> services) {

    private static final Path RESOURCE = Path.of("src/test/resources/reference/cr.yaml");
    private static final Names NAMES = new Names("wso2", "apim");

    /** The reference resource with a version and numbers of nodes. */
    static Rendered of(ProductVersion version, int allInOnes, int trafficManagers) {
        return of("{spec: {version: %s, allInOne: {replicas: %d}, trafficManager: {replicas: %d}}}"
                .formatted(version, allInOnes, trafficManagers));
    }

    /** The reference resource with a change. */
    static Rendered of(String change) {
        var resource = AdmittedResource.of(RESOURCE, change);
        var desired = new Simulation(resource, secrets()).settle();
        var files = new TreeMap<String, String>();
        desired.of(ConfigMap.class).stream()
                .flatMap(configMap -> Revision.stored(configMap).stream())
                .forEach(revision -> files.putAll(revision.files()));
        var cluster = Resolver.resolve(NAMES, resource.getSpec(), Installation.SETTINGS)
                .cluster()
                .orElseThrow();
        return new Rendered(cluster, files, desired.of(Service.class));
    }

    /** Secrets that the reference resource needs. */
    static List<Secret> secrets() {
        var secrets = new ArrayList<>(Retained.secrets(NAMES));
        var credentials = Map.of("username", "user", "password", "stand-in-for-the-database");
        secrets.add(Retained.secret(NAMES, "apim-db", credentials));
        secrets.add(Retained.secret(NAMES, "shared-db", credentials));
        return secrets;
    }

    /** The same, with another text of one file. */
    Rendered with(String file, String text) {
        var changed = new TreeMap<>(files);
        changed.put(file, text);
        return new Rendered(cluster, changed, services);
    }

    /** The same, with something else in one file, which must be there. */
    Rendered with(String file, String from, String to) {
        var text = files.get(file);
        if (!text.contains(from)) {
            throw new AssertionError("no %s in\n%s".formatted(from, text));
        }
        return with(file, text.replace(from, to));
    }

    List<Problem> problems() {
        return Linter.lint(cluster, files, services);
    }
}
