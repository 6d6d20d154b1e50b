package com.wso2.apim.operator.model;

import com.wso2.apim.operator.api.v1alpha1.ProductVersion;
import java.util.Optional;

/**
 * Everything that differs between product versions, and nowhere else.
 *
 * @param userId user and group of the image
 * @param trafficManagerProfile profile that turns the common image into a Traffic Manager; absent where Traffic Managers
 *     have an image of their own
 * @param duplicatesEventsByThrottlingKey whether copies of events between all-in-one nodes are switched on by the
 *     throttling key
 * @param healthCheckNeedsPermission whether the gateway's health check answers 401 until its URI is allowed
 * @param trafficManagerHasDatabases whether a Traffic Manager reads the shared databases
 * @param encryptsWithKey whether stored secrets are encrypted with {@code [encryption] key}; without one, such a version
 *     makes a new key at every start
 * @param takesDollarAndBackslash whether the mapper carries these two in values from the environment
 */
public record Dialect(
        long userId,
        Optional<String> trafficManagerProfile,
        boolean duplicatesEventsByThrottlingKey,
        boolean healthCheckNeedsPermission,
        boolean trafficManagerHasDatabases,
        boolean encryptsWithKey,
        boolean takesDollarAndBackslash) {

    private static final long FIRST_USER = 802;
    private static final long USER = 10001;
    private static final Optional<String> BY_PROFILE = Optional.of("traffic-manager");
    private static final Optional<String> OWN_IMAGE = Optional.empty();

    private static final Dialect V4_2_0 = new Dialect(FIRST_USER, BY_PROFILE, true, true, true, false, false);
    private static final Dialect V4_3_0 = new Dialect(USER, BY_PROFILE, true, true, true, false, false);
    private static final Dialect V4_4_0 = new Dialect(USER, BY_PROFILE, true, false, true, false, false);
    private static final Dialect V4_5_0 = new Dialect(USER, OWN_IMAGE, true, false, true, false, false);
    private static final Dialect V4_6_0 = new Dialect(USER, OWN_IMAGE, false, false, true, false, false);
    private static final Dialect V4_7_0 = new Dialect(USER, OWN_IMAGE, false, false, false, true, true);

    /** The dialect of a version. */
    public static Dialect of(ProductVersion version) {
        return switch (version) {
            case V4_2_0 -> V4_2_0;
            case V4_3_0 -> V4_3_0;
            case V4_4_0 -> V4_4_0;
            case V4_5_0 -> V4_5_0;
            case V4_6_0 -> V4_6_0;
            case V4_7_0 -> V4_7_0;
        };
    }

    /** Server role of a Traffic Manager: its own distribution infers what makes it one from {@code default} only. */
    public String trafficManagerServerRole() {
        return trafficManagerProfile.orElse("default");
    }

    /** Whether nodes of a tier read the shared databases, and so need their driver. */
    public boolean readsSharedDatabases(Role role) {
        return role == Role.ALL_IN_ONE || trafficManagerHasDatabases;
    }

    /** Start script of a node. */
    public String script(Role role) {
        var isOwnDistribution = role == Role.TRAFFIC_MANAGER && trafficManagerProfile.isEmpty();
        return isOwnDistribution ? "traffic-manager.sh" : "api-manager.sh";
    }
}
