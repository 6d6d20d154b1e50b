package com.wso2.apim.operator.resources;

import com.wso2.apim.operator.api.v1alpha1.IngressOptions;
import com.wso2.apim.operator.api.v1alpha1.IngressOptions.Individual;
import com.wso2.apim.operator.model.Cluster;
import com.wso2.apim.operator.model.Frontend;
import com.wso2.apim.operator.model.Role;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.IngressBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.IngressRule;
import io.fabric8.kubernetes.api.model.networking.v1.IngressRuleBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** An Ingress for each kind of clients, and the Service behind it where the controller wants one of its own. */
final class Ingresses {

    private final Cluster cluster;
    private final Frontend frontend;
    private final Optional<IngressOptions> options;
    private final Optional<Individual> individual;
    private final IngressPreset preset;

    private Ingresses(Cluster cluster, Frontend frontend) {
        this.cluster = cluster;
        this.frontend = frontend;
        this.options = Optional.ofNullable(cluster.exposure().ingress());
        this.individual = options.flatMap(frontend::individual);
        this.preset = IngressPreset.of(
                options.map(IngressOptions::controller).orElse(IngressOptions.Controller.NGINX), frontend.kind());
    }

    static List<HasMetadata> of(Cluster cluster) {
        return cluster.frontends().stream()
                .flatMap(frontend -> new Ingresses(cluster, frontend).objects())
                .toList();
    }

    private Stream<HasMetadata> objects() {
        return preset.hasOwnService()
                ? Stream.of(ingress(), Services.behind(cluster, frontend, serviceAnnotations()))
                : Stream.of(ingress());
    }

    private Map<String, String> serviceAnnotations() {
        var annotations = new TreeMap<>(preset.service());
        options.map(IngressOptions::serviceAnnotations).ifPresent(annotations::putAll);
        individual.map(Individual::serviceAnnotations).ifPresent(annotations::putAll);
        return annotations;
    }

    private Ingress ingress() {
        var tls = individual.map(Individual::tls).or(() -> options.map(IngressOptions::tls));
        var certificate = IngressCertificate.of(tls, cluster.names().ingressCertificate(frontend.name()));
        var annotations = new TreeMap<>(preset.ingress());
        annotations.putAll(certificate.annotations());
        options.map(IngressOptions::annotations).ifPresent(annotations::putAll);
        individual.map(Individual::annotations).ifPresent(annotations::putAll);
        return new IngressBuilder()
                .withMetadata(Metadata.of(cluster, Role.ALL_IN_ONE, frontend.name()))
                .editMetadata()
                .withAnnotations(annotations)
                .endMetadata()
                .withNewSpec()
                .withIngressClassName(options.map(IngressOptions::className).orElse(null))
                .addNewTl()
                .withHosts(frontend.hosts())
                .withSecretName(certificate.secret().orElse(null))
                .endTl()
                .withRules(frontend.hosts().stream().map(this::rule).toList())
                .endSpec()
                .build();
    }

    private IngressRule rule(String host) {
        return new IngressRuleBuilder()
                .withHost(host)
                .withNewHttp()
                .addNewPath()
                .withPath("/")
                .withPathType("Prefix")
                .withNewBackend()
                .withNewService()
                .withName(
                        preset.hasOwnService()
                                ? frontend.name()
                                : cluster.names().tier(Role.ALL_IN_ONE))
                .withNewPort()
                .withName(frontend.port().portName())
                .endPort()
                .endService()
                .endBackend()
                .endPath()
                .endHttp()
                .build();
    }
}
