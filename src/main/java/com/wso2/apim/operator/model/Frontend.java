package com.wso2.apim.operator.model;

import java.util.List;

/**
 * What clients outside the cluster reach by host names, over HTTPS.
 *
 * @param name name of the objects that lead to it
 * @param hosts one at least
 * @param port port of the all-in-one nodes that answers, with TLS
 */
public record Frontend(Kind kind, String name, List<String> hosts, Port port) {

    /** Kinds of clients, which need to be led differently. */
    public enum Kind {
        /** Browsers and tools, whose sessions live in one node. */
        PORTALS,
        /** Calls of APIs, which any node takes. */
        CALLS
    }
}
