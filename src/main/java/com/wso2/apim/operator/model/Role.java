package com.wso2.apim.operator.model;

/** What the nodes of a tier are. */
public enum Role {
    /** Publisher, portals, Key Manager, Gateway and event hub. */
    ALL_IN_ONE("aio", "all-in-one", "spec.allInOne"),
    /** Decides on throttling. */
    TRAFFIC_MANAGER("tm", "traffic-manager", "spec.trafficManager");

    private final String shortName;
    private final String component;
    private final String field;

    Role(String shortName, String component, String field) {
        this.shortName = shortName;
        this.component = component;
        this.field = field;
    }

    /** Part of object names. */
    public String shortName() {
        return shortName;
    }

    /** Value of the component label, and the word for people. */
    public String component() {
        return component;
    }

    /** Where the tier is described in the resource. */
    public String field() {
        return field;
    }
}
