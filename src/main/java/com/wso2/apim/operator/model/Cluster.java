package com.wso2.apim.operator.model;

import com.wso2.apim.operator.api.v1alpha1.CacheInvalidation;
import com.wso2.apim.operator.api.v1alpha1.Database;
import com.wso2.apim.operator.api.v1alpha1.Exposure;
import com.wso2.apim.operator.api.v1alpha1.Hostnames;
import com.wso2.apim.operator.api.v1alpha1.ProductVersion;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import java.util.List;
import java.util.Optional;

/**
 * What the user meant, with every default filled in.
 *
 * @param overlays the user's own TOML, in the order in which it is merged
 * @param additionalIngress further rules of the NetworkPolicies; absent where none are wanted
 */
public record Cluster(
        Names names,
        Endpoints endpoints,
        ProductVersion version,
        Hostnames hostnames,
        Database database,
        Tier allInOne,
        Tier trafficManager,
        Wiring wiring,
        CacheInvalidation cacheInvalidation,
        Exposure exposure,
        Optional<List<NetworkPolicyIngressRule>> additionalIngress,
        List<Overlay> overlays,
        int minReadySeconds) {

    /** Both tiers. */
    public List<Tier> tiers() {
        return List.of(allInOne, trafficManager);
    }

    /** The tier of a role. */
    public Tier tier(Role role) {
        return role == Role.ALL_IN_ONE ? allInOne : trafficManager;
    }
}
