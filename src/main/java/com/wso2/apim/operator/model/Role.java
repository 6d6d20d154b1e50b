package com.wso2.apim.operator.model;

/** What the nodes of a tier are. */
public enum Role {
    /** Publisher, portals, Key Manager, Gateway and event hub. */
    ALL_IN_ONE("aio", "all-in-one"),
    /** Decides on throttling. */
    TRAFFIC_MANAGER("tm", "traffic-manager");

    private final String shortName;
    private final String component;

    Role(String shortName, String component) {
        this.shortName = shortName;
        this.component = component;
    }

    /** Part of object names. */
    public String shortName() {
        return shortName;
    }

    /** Value of the component label, and the word for people. */
    public String component() {
        return component;
    }
}
