package com.wso2.apim.operator.inputs;

import java.util.List;
import java.util.Set;

/**
 * What the cluster serves of Gateway API, version v1 of its group.
 *
 * @param kinds the kinds
 * @param persistence how its HTTPRoutes say that a client stays with one node
 */
public record GatewayApi(Set<String> kinds, Persistence persistence) {

    /** Nothing, or nothing that anybody asked for. */
    public static final GatewayApi ABSENT = new GatewayApi(Set.of(), Persistence.NONE);

    private static final List<String> NEEDED = List.of("HTTPRoute", "BackendTLSPolicy");

    /** Forms of the field {@code sessionPersistence} of a rule. */
    public enum Persistence {
        /** No such field: the standard channel has none. */
        NONE,
        /** The experimental channel up to 1.6 names the session. */
        BY_SESSION_NAME,
        /** The experimental channel from 1.7 on describes a cookie. */
        BY_COOKIE
    }

    /** Whether every kind is served that an exposure takes. */
    public boolean isServed() {
        return missing().isEmpty();
    }

    /** Kinds that are not served and would be needed. */
    public List<String> missing() {
        return NEEDED.stream().filter(kind -> !kinds.contains(kind)).toList();
    }
}
