package com.wso2.apim.operator.api.v1alpha1;

import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn.Type;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/** An active-active deployment of WSO2 API Manager: two all-in-one nodes and a pair of Traffic Managers. */
@Group(ApiManagerCluster.GROUP)
@Version(ApiManagerCluster.VERSION)
@Kind(ApiManagerCluster.KIND)
@Plural("apimanagerclusters")
@ShortNames("amc")
@Categories("wso2")
@AdditionalPrinterColumn(name = "Version", jsonPath = ".spec.version", type = Type.STRING)
@AdditionalPrinterColumn(name = "Ready", jsonPath = ".status.conditions[?(@.type=='Ready')].status", type = Type.STRING)
@AdditionalPrinterColumn(name = "All-in-one", jsonPath = ".status.allInOne", type = Type.STRING)
@AdditionalPrinterColumn(name = "Traffic-manager", jsonPath = ".status.trafficManager", type = Type.STRING)
@AdditionalPrinterColumn(
        name = "Status",
        jsonPath = ".status.conditions[?(@.type=='Ready')].reason",
        type = Type.STRING)
@AdditionalPrinterColumn(name = "Age", jsonPath = ".metadata.creationTimestamp", type = Type.DATE)
public class ApiManagerCluster extends CustomResource<ApiManagerClusterSpec, ApiManagerClusterStatus>
        implements Namespaced {

    /** API group; that of the archived Go operator, whose kinds differ. */
    public static final String GROUP = "apim.wso2.com";

    public static final String VERSION = "v1alpha1";
    public static final String KIND = "ApiManagerCluster";

    /** The same resource with another status. */
    public ApiManagerCluster with(ApiManagerClusterStatus status) {
        var changed = new ApiManagerCluster();
        changed.setMetadata(getMetadata());
        changed.setSpec(getSpec());
        changed.setStatus(status);
        return changed;
    }
}
