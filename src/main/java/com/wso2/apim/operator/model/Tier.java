package com.wso2.apim.operator.model;

import com.wso2.apim.operator.api.v1alpha1.EnvironmentVariable;
import com.wso2.apim.operator.api.v1alpha1.Tier.ImagePullPolicy;
import com.wso2.apim.operator.api.v1alpha1.Tier.Probes;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** A tier with every default filled in. */
public record Tier(
        Role role,
        int replicas,
        String image,
        Optional<ImagePullPolicy> imagePullPolicy,
        List<String> imagePullSecrets,
        Map<String, Quantity> requests,
        Map<String, Quantity> limits,
        String xms,
        String xmx,
        List<EnvironmentVariable> env,
        Probes probes,
        long terminationGracePeriodSeconds,
        Optional<NodeStorage> storage,
        PodOverlay podTemplate) {

    /** What the operator sets itself; a second value would silently win or lose. */
    private static final Set<String> RESERVED =
            Set.of("POD_NAME", "NODE_IP", "JVM_MEM_OPTS", "PROFILE_NAME", "WSO2_SERVER_HOME", "WORKING_DIRECTORY");

    /** Whether the operator sets a variable of this name, or may once. */
    public static boolean reserves(String variable) {
        return RESERVED.contains(variable) || variable.startsWith("WSO2_");
    }

    /** The same with no more nodes than given. */
    Tier withAtMost(int nodes) {
        return new Tier(
                role,
                Math.min(replicas, nodes),
                image,
                imagePullPolicy,
                imagePullSecrets,
                requests,
                limits,
                xms,
                xmx,
                env,
                probes,
                terminationGracePeriodSeconds,
                storage,
                podTemplate);
    }

    /** The nodes of the tier. */
    public List<Node> nodes() {
        return IntStream.range(0, replicas)
                .mapToObj(ordinal -> new Node(role, ordinal))
                .toList();
    }
}
