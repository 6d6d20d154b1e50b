package com.wso2.apim.operator.model;

import com.wso2.apim.operator.api.v1alpha1.ProductVersion;
import java.util.Optional;

/**
 * Everything that differs between product versions, and nowhere else.
 *
 * @param userId user and group of the image
 * @param trafficManagerProfile profile that turns the common image into a Traffic Manager; absent where Traffic Managers
 *     have an image of their own
 * @param trafficManagerServerRole server role of a Traffic Manager: its own distribution infers from {@code default} only
 * @param trafficManagerScript start script of a Traffic Manager
 * @param duplicatesEventsByThrottlingKey whether the copy of token revocations is switched on by the throttling key only
 * @param healthCheckNeedsPermission whether the gateway's health check answers 401 until its URI is allowed
 */
public record Dialect(
        long userId,
        Optional<String> trafficManagerProfile,
        String trafficManagerServerRole,
        String trafficManagerScript,
        boolean duplicatesEventsByThrottlingKey,
        boolean healthCheckNeedsPermission) {

    private static final String PROFILE = "traffic-manager";
    private static final String SERVER_SCRIPT = "api-manager.sh";

    private static final Dialect V4_2_0 = new Dialect(802, Optional.of(PROFILE), PROFILE, SERVER_SCRIPT, true, true);
    private static final Dialect V4_5_0 =
            new Dialect(10001, Optional.empty(), "default", "traffic-manager.sh", true, false);

    /** The dialect of a version. */
    public static Dialect of(ProductVersion version) {
        return switch (version) {
            case V4_2_0 -> V4_2_0;
            case V4_5_0 -> V4_5_0;
        };
    }

    /** Start script of a node. */
    public String script(Role role) {
        return role == Role.ALL_IN_ONE ? SERVER_SCRIPT : trafficManagerScript;
    }
}
