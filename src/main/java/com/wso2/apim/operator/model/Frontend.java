package com.wso2.apim.operator.model;

import com.wso2.apim.operator.api.v1alpha1.IngressOptions;
import com.wso2.apim.operator.api.v1alpha1.IngressOptions.Individual;
import java.util.List;
import java.util.Optional;

/**
 * What clients outside the cluster reach by host names, over HTTPS.
 *
 * @param name name of the objects that lead to it
 * @param hosts one at least
 * @param port port of the all-in-one nodes that answers, with TLS
 */
public record Frontend(Kind kind, String name, List<String> hosts, Port port) {

    /** What the user wants different for its Ingress. */
    public Optional<Individual> individual(IngressOptions options) {
        return Optional.ofNullable(
                switch (kind) {
                    case PORTALS -> options.api();
                    case CALLS -> options.gateway();
                    case WEBSOCKET -> options.websocket();
                    case WEBSUB -> options.websub();
                });
    }

    /** Kinds of clients, which need to be led differently. */
    public enum Kind {
        /** Browsers and tools, whose sessions live in one node. */
        PORTALS,
        /** Calls of APIs, which any node takes. */
        CALLS,
        /** Connections that stay. */
        WEBSOCKET,
        /** Events that others send. */
        WEBSUB
    }
}
