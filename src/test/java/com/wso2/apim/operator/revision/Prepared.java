package com.wso2.apim.operator.revision;

import static org.assertj.core.api.Assertions.assertThat;

import com.wso2.apim.operator.api.v1alpha1.ApiManagerCluster;
import com.wso2.apim.operator.inputs.GatewayApi;
import com.wso2.apim.operator.inputs.Inputs;
import com.wso2.apim.operator.model.Cluster;
import com.wso2.apim.operator.model.Names;
import com.wso2.apim.operator.model.Problem;
import com.wso2.apim.operator.model.Resolver;
import com.wso2.apim.operator.model.Role;
import com.wso2.apim.operator.revision.KeysResolver.TlsCertificate;
import com.wso2.apim.operator.support.AdmittedResource;
import com.wso2.apim.operator.support.Installation;
import com.wso2.apim.operator.support.Retained;
import com.wso2.apim.operator.support.Simulation;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Secret;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A deployment whose files are rendered and whose keys are made: what its Secrets hold may be tried again and again. */
final class Prepared {

    private static final Names NAMES = new Names("wso2", "apim");
    private static final Map<String, Secret> SECRETS = secrets();
    private static final Sources SOURCES = sources();

    private final ApiManagerCluster resource;
    private final ServerFiles files;

    /** A deployment of the reference resource with changes, as YAML. */
    Prepared(String... changes) {
        resource = AdmittedResource.of(Path.of("src/test/resources/reference/cr.yaml"), changes);
        files = ServerFiles.of(cluster(resource));
        assertThat(files.problems()).isEmpty();
    }

    /** The file of one node of each tier. */
    List<String> files() {
        return Stream.of(Role.values())
                .map(role -> files.of(role).values().iterator().next())
                .toList();
    }

    /**
     * What becomes of a deployment.
     *
     * @param environment what pods get from the operator's own Secret; absent with a problem
     */
    record Outcome(List<Problem> problems, Optional<Map<String, String>> environment) {}

    /** What becomes of it with other Secrets and with ConfigMaps, by name. */
    Outcome with(Map<String, Map<String, String>> others, Map<String, ConfigMap> configMaps) {
        var all = new HashMap<>(SECRETS);
        others.forEach((name, content) -> all.put(name, Retained.secret(NAMES, name, content)));
        var inputs = inputs(resource, all, configMaps);
        var credentials = new CredentialsResolver(inputs, files);
        var found = new Sources(
                credentials.admin().orElse(SOURCES.admin()),
                credentials.apimDatabase(),
                credentials.sharedDatabase(),
                SOURCES.keys(),
                SOURCES.storePassword(),
                credentials.encryptionKey(),
                Map.of(),
                FirstBootChanges.NONE,
                List.of());
        var problems = new ArrayList<>(credentials.problems());
        problems.addAll(new VariablesResolver(inputs, files).problems());
        return new Outcome(
                problems, problems.isEmpty() ? Optional.of(MountedSecrets.environment(found)) : Optional.empty());
    }

    private static Inputs inputs(
            ApiManagerCluster resource, Map<String, Secret> secrets, Map<String, ConfigMap> configMaps) {
        return new Inputs(
                resource,
                Installation.SETTINGS,
                secrets,
                configMaps,
                List.of(),
                List.of(),
                List.of(),
                GatewayApi.ABSENT,
                false,
                Simulation.START,
                new SecureRandom());
    }

    private static Map<String, Secret> secrets() {
        var secrets = new HashMap<String, Secret>();
        Retained.secrets(NAMES)
                .forEach(secret -> secrets.put(secret.getMetadata().getName(), secret));
        for (var name : List.of("apim-db", "shared-db")) {
            secrets.put(name, Retained.secret(NAMES, name, Map.of("username", "login", "password", "password")));
        }
        return Map.copyOf(secrets);
    }

    private static Sources sources() {
        var plain = new Prepared();
        return SourcesResolver.resolve(
                        inputs(plain.resource, SECRETS, Map.of()),
                        cluster(plain.resource),
                        plain.files,
                        TlsCertificate.ANEW)
                .sources()
                .orElseThrow();
    }

    private static Cluster cluster(ApiManagerCluster resource) {
        return Resolver.resolve(NAMES, resource.getSpec(), Installation.SETTINGS)
                .cluster()
                .orElseThrow();
    }
}
