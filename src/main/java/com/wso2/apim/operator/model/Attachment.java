package com.wso2.apim.operator.model;

import com.wso2.apim.operator.api.v1alpha1.Exposure;
import com.wso2.apim.operator.inputs.GatewayApi;
import com.wso2.apim.operator.inputs.GatewayApi.Persistence;
import java.util.List;

/** Whether a cluster has what an exposure by Gateway API takes. */
public record Attachment(Names names, Exposure exposure, GatewayApi served) {

    /** What has to be installed first. */
    public List<Problem> problems() {
        return isWanted() && !served.isServed()
                ? List.of(ExposureProblem.GATEWAY_API_MISSING.at(
                        "spec.exposure.type", String.join(" and ", served.missing())))
                : List.of();
    }

    /** What can be had, but not as it should be. */
    public List<String> warnings() {
        return isWanted() && served.isServed() && served.persistence() == Persistence.NONE
                ? List.of(
                        "spec.exposure.type: HTTPRoutes of this cluster have no field sessionPersistence, so a session of the "
                                + "portals may lose its node: install the experimental channel of Gateway API, or keep clients of "
                                + "HTTPRoute %s with one node by a policy of the Gateway's controller"
                                        .formatted(names.apiIngress()))
                : List.of();
    }

    private boolean isWanted() {
        return exposure.type() == Exposure.Type.GATEWAY_API;
    }
}
