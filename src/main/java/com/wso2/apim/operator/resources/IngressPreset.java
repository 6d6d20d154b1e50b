package com.wso2.apim.operator.resources;

import com.wso2.apim.operator.api.v1alpha1.IngressOptions.Controller;
import com.wso2.apim.operator.model.Frontend;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an Ingress controller has to be told.
 *
 * @param ingress annotations of the Ingress
 * @param service annotations of the Service behind it
 * @param hasOwnService whether the controller reads annotations of Services, which then must not be shared
 */
record IngressPreset(Map<String, String> ingress, Map<String, String> service, boolean hasOwnService) {

    private static final String NGINX = "nginx.ingress.kubernetes.io/";
    private static final String TRAEFIK = "traefik.ingress.kubernetes.io/";

    /** Name of the cookie, as the vendor has it. */
    private static final String COOKIE = "route";

    private static final String ON = "true";

    /** The preset of a controller for one kind of clients. */
    static IngressPreset of(Controller controller, Frontend.Kind kind) {
        return switch (controller) {
            case NGINX -> new IngressPreset(nginx(kind), Map.of(), false);
            case TRAEFIK -> new IngressPreset(Map.of(TRAEFIK + "router.tls", ON), traefikService(kind), true);
            case OTHER -> new IngressPreset(Map.of(), Map.of(), true);
        };
    }

    private static Map<String, String> nginx(Frontend.Kind kind) {
        var annotations = new TreeMap<String, String>();
        annotations.put(NGINX + "backend-protocol", "HTTPS");
        switch (kind) {
            case PORTALS -> {
                annotations.putAll(nginxLimits("300"));
                annotations.putAll(nginxAffinity());
            }
            case CALLS -> {
                annotations.putAll(nginxLimits("300"));
                annotations.putAll(nginxBuffers());
            }
            case WEBSOCKET -> {
                annotations.putAll(nginxLimits("3600"));
                // Clients do not follow a redirect, and ws:// is advertised too.
                annotations.put(NGINX + "ssl-redirect", "false");
            }
            case WEBSUB -> annotations.putAll(nginxLimits("300"));
        }
        return annotations;
    }

    /** Imports are larger than the controller's megabyte and take longer than its minute; connections are idle for longer. */
    private static Map<String, String> nginxLimits(String seconds) {
        return Map.of(
                NGINX + "proxy-body-size", "100m",
                NGINX + "proxy-read-timeout", seconds,
                NGINX + "proxy-send-timeout", seconds);
    }

    /** Without persistence a node that comes back would take over sessions that live in the other one. */
    private static Map<String, String> nginxAffinity() {
        return Map.of(
                NGINX + "affinity", "cookie",
                NGINX + "affinity-mode", "persistent",
                NGINX + "session-cookie-name", COOKIE);
    }

    private static Map<String, String> nginxBuffers() {
        return Map.of(NGINX + "proxy-buffering", "on", NGINX + "proxy-buffer-size", "8k");
    }

    private static Map<String, String> traefikService(Frontend.Kind kind) {
        var annotations = new TreeMap<String, String>();
        annotations.put(TRAEFIK + "service.serversscheme", "https");
        if (kind == Frontend.Kind.PORTALS) {
            annotations.put(TRAEFIK + "service.sticky.cookie", ON);
            annotations.put(TRAEFIK + "service.sticky.cookie.name", COOKIE);
            annotations.put(TRAEFIK + "service.sticky.cookie.httponly", ON);
            annotations.put(TRAEFIK + "service.sticky.cookie.secure", ON);
        }
        return annotations;
    }
}
