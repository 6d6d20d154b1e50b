package com.wso2.apim.operator.rollout;

import com.wso2.apim.operator.api.v1alpha1.ApiManagerCluster;
import com.wso2.apim.operator.model.Cluster;
import com.wso2.apim.operator.model.Names;
import com.wso2.apim.operator.model.Node;
import com.wso2.apim.operator.model.Resolver;
import com.wso2.apim.operator.model.Role;
import com.wso2.apim.operator.revision.Revision;
import com.wso2.apim.operator.revision.ServerFiles;
import com.wso2.apim.operator.support.AdmittedResource;
import com.wso2.apim.operator.support.Installation;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * What a user asks for, rendered as in production.
 *
 * @param allInOnes replicas
 * @param trafficManagers replicas
 * @param allInOne names the environment that all-in-one nodes mount: another one is another revision
 * @param trafficManager the same for Traffic Managers
 * @param isPaused whether no node is to be restarted
 * @param isSuspended whether no node is to run
 */
record Configuration(
        int allInOnes,
        int trafficManagers,
        String allInOne,
        String trafficManager,
        boolean isPaused,
        boolean isSuspended) {

    static final Names NAMES = new Names("wso2", "apim");
    static final ApiManagerCluster RESOURCE = AdmittedResource.of(Path.of("examples", "minimal", "cr.yaml"));

    private static final Map<Shape, Cluster> CLUSTERS = new ConcurrentHashMap<>();
    private static final Map<Rendering, Revision> REVISIONS = new ConcurrentHashMap<>();

    private record Shape(int allInOnes, int trafficManagers, boolean isPaused, boolean isSuspended) {}

    private record Replicas(int allInOnes, int trafficManagers) {}

    private record Rendering(Replicas replicas, Role role, String content) {}

    /** Two nodes of each tier, all of the same content. */
    static Configuration of(String content) {
        return new Configuration(2, 2, content, content, false, false);
    }

    Configuration withAllInOnes(int replicas) {
        return new Configuration(replicas, trafficManagers, allInOne, trafficManager, isPaused, isSuspended);
    }

    Configuration withTrafficManagers(int replicas) {
        return new Configuration(allInOnes, replicas, allInOne, trafficManager, isPaused, isSuspended);
    }

    Configuration withAllInOne(String content) {
        return new Configuration(allInOnes, trafficManagers, content, trafficManager, isPaused, isSuspended);
    }

    Configuration withTrafficManager(String content) {
        return new Configuration(allInOnes, trafficManagers, allInOne, content, isPaused, isSuspended);
    }

    Configuration withPaused(boolean paused) {
        return new Configuration(allInOnes, trafficManagers, allInOne, trafficManager, paused, isSuspended);
    }

    Configuration withSuspended(boolean suspended) {
        return new Configuration(allInOnes, trafficManagers, allInOne, trafficManager, isPaused, suspended);
    }

    Configuration paused() {
        return withPaused(true);
    }

    Configuration suspended() {
        return withSuspended(true);
    }

    Cluster cluster() {
        return CLUSTERS.computeIfAbsent(
                new Shape(allInOnes, trafficManagers, isPaused, isSuspended), Configuration::cluster);
    }

    Revision revision(Role role) {
        var content = role == Role.ALL_IN_ONE ? allInOne : trafficManager;
        return REVISIONS.computeIfAbsent(
                new Rendering(new Replicas(allInOnes, trafficManagers), role, content),
                rendering -> Revision.of(
                        cluster(),
                        role,
                        ServerFiles.of(cluster()).of(role),
                        NAMES.environment(content),
                        NAMES.stores("0")));
    }

    Map<Role, Revision> targets() {
        var targets = new EnumMap<Role, Revision>(Role.class);
        for (var role : Role.values()) {
            targets.put(role, revision(role));
        }
        return targets;
    }

    Stream<Node> nodes() {
        return cluster().tiers().stream().flatMap(tier -> tier.nodes().stream());
    }

    private static Cluster cluster(Shape shape) {
        var resource = AdmittedResource.of(
                Path.of("examples", "minimal", "cr.yaml"),
                "spec: {allInOne: {replicas: %d}, trafficManager: {replicas: %d}, rollout: {paused: %s}, suspend: %s}"
                        .formatted(shape.allInOnes(), shape.trafficManagers(), shape.isPaused(), shape.isSuspended()));
        return Resolver.resolve(NAMES, resource.getSpec(), Installation.SETTINGS)
                .cluster()
                .orElseThrow();
    }
}
