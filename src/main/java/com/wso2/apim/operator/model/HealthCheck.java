package com.wso2.apim.operator.model;

/** Paths, on the HTTPS port, that say how a node is (seen on real servers). */
public final class HealthCheck {

    /** All-in-one: 200 once the APIs of the node are deployed, also during a database outage. */
    public static final String GATEWAY = "/api/am/gateway/v2/server-startup-healthcheck";

    /** Traffic Manager: 200 once its start is over; 404 while it hangs for its event hub. The first answer takes seconds. */
    public static final String LOGIN_PAGE = "/carbon/admin/login.jsp";

    /** Either tier: 200 as soon as the server answers at all. */
    public static final String VERSION = "/services/Version";

    private HealthCheck() {}
}
