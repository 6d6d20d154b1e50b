package com.wso2.apim.operator.resources;

import com.wso2.apim.operator.api.v1alpha1.IngressOptions;
import com.wso2.apim.operator.model.Cluster;
import com.wso2.apim.operator.model.Port;
import com.wso2.apim.operator.model.Role;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.IngressBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.IngressRule;
import io.fabric8.kubernetes.api.model.networking.v1.IngressRuleBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** One Ingress for the portals and one for API traffic, with the annotations that the vendor documents for ingress-nginx. */
final class Ingresses {

    private static final String NGINX = "nginx.ingress.kubernetes.io/";
    private static final String SECONDS = "300";

    private Ingresses() {}

    static List<Ingress> of(Cluster cluster) {
        var names = cluster.names();
        return List.of(
                ingress(cluster, names.apiIngress(), List.of(cluster.hostnames().api()), Port.HTTPS, portals()),
                ingress(cluster, names.gatewayIngress(), cluster.gatewayHosts(), Port.GATEWAY_HTTPS, gateway()));
    }

    /** Portals keep sessions in memory: a client must stay with its node. */
    private static Map<String, String> portals() {
        var annotations = new TreeMap<String, String>();
        annotations.put(NGINX + "backend-protocol", "HTTPS");
        annotations.put(NGINX + "affinity", "cookie");
        annotations.put(NGINX + "session-cookie-name", "route");
        annotations.put(NGINX + "session-cookie-hash", "sha1");
        annotations.putAll(timeouts());
        return annotations;
    }

    private static Map<String, String> gateway() {
        var annotations = new TreeMap<String, String>();
        annotations.put(NGINX + "backend-protocol", "HTTPS");
        annotations.put(NGINX + "proxy-buffering", "on");
        annotations.put(NGINX + "proxy-buffer-size", "8k");
        annotations.putAll(timeouts());
        return annotations;
    }

    /** Slow imports and long calls; the controller's default is a minute. */
    private static Map<String, String> timeouts() {
        return Map.of(NGINX + "proxy-read-timeout", SECONDS, NGINX + "proxy-send-timeout", SECONDS);
    }

    private static Ingress ingress(
            Cluster cluster, String name, List<String> hosts, Port port, Map<String, String> annotations) {
        var options = Optional.ofNullable(cluster.exposure().ingress());
        var certificate = IngressCertificate.of(
                options.map(IngressOptions::tls), cluster.names().ingressCertificate(name));
        var all = new TreeMap<>(annotations);
        all.putAll(certificate.annotations());
        return new IngressBuilder()
                .withMetadata(Metadata.of(cluster, Role.ALL_IN_ONE, name))
                .editMetadata()
                .withAnnotations(all)
                .endMetadata()
                .withNewSpec()
                .withIngressClassName(options.map(IngressOptions::className).orElse(null))
                .addNewTl()
                .withHosts(hosts)
                .withSecretName(certificate.secret().orElse(null))
                .endTl()
                .withRules(hosts.stream().map(host -> rule(cluster, host, port)).toList())
                .endSpec()
                .build();
    }

    private static IngressRule rule(Cluster cluster, String host, Port port) {
        return new IngressRuleBuilder()
                .withHost(host)
                .withNewHttp()
                .addNewPath()
                .withPath("/")
                .withPathType("Prefix")
                .withNewBackend()
                .withNewService()
                .withName(cluster.names().tier(Role.ALL_IN_ONE))
                .withNewPort()
                .withName(port.portName())
                .endPort()
                .endService()
                .endBackend()
                .endPath()
                .endHttp()
                .build();
    }
}
