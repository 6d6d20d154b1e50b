package com.wso2.apim.operator.rollout;

import com.wso2.apim.operator.api.v1alpha1.ApiManagerCluster;
import com.wso2.apim.operator.api.v1alpha1.ApiManagerClusterStatus;
import com.wso2.apim.operator.api.v1alpha1.ApiManagerClusterStatus.Condition;
import com.wso2.apim.operator.api.v1alpha1.ApiManagerClusterStatus.Roll;
import com.wso2.apim.operator.support.AdmittedResource;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Resources of one installation. */
final class Members {

    private Members() {}

    /** One of which nothing is known yet. */
    static ApiManagerCluster resource(String name, int progressDeadlineSeconds) {
        var resource = AdmittedResource.of(
                Path.of("examples", "minimal", "cr.yaml"),
                "metadata: {name: %1$s, uid: %1$s}".formatted(name),
                "spec: {rollout: {progressDeadlineSeconds: %d}}".formatted(progressDeadlineSeconds));
        resource.setStatus(null);
        return resource;
    }

    static ApiManagerClusterStatus status(Optional<Roll> roll, Condition... conditions) {
        return new ApiManagerClusterStatus(
                1L, null, null, List.of(conditions), null, null, null, null, null, null, roll.orElse(null));
    }
}
