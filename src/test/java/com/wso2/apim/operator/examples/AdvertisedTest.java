package com.wso2.apim.operator.examples;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import com.wso2.apim.operator.api.v1alpha1.ProductVersion;
import com.wso2.apim.operator.pki.CertificateDetails;
import com.wso2.apim.operator.reconcile.Passes;
import com.wso2.apim.operator.resources.Desired;
import com.wso2.apim.operator.support.Deployed;
import com.wso2.apim.operator.support.Simulation;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.networking.v1.HTTPIngressPath;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every URL that people are told leads to the port that answers it, or a warning says that it does not. */
class AdvertisedTest {

    private static final String ENVIRONMENTS = """
            spec: {gateway: {environments: [
              {name: Default, virtualHosts: [{hostname: foods.am.wso2.com}]},
              {name: Partners, hostname: partners.am.wso2.com}]}}
            """;
    private static final String OWN_NAMES = "spec: {hostnames: {websocket: ws.am.wso2.com, websub: hub.am.wso2.com}}";
    private static final List<String> EXPOSURES = List.of(
            "spec: {}",
            "spec: {exposure: {type: None}}",
            "spec: {exposure: {ingress: {controller: Traefik}}}",
            "spec: {exposure: {ingress: {controller: Other}}}",
            "spec: {hostnames: {websocket: ws.am.wso2.com}}",
            "spec: {hostnames: {websub: hub.am.wso2.com}, exposure: {type: None}}",
            "spec: {exposure: {service: {}}}",
            "spec: {exposure: {type: None, service: {type: NodePort}}}",
            "spec: {exposure: {type: GatewayAPI, gatewayAPI: {parentRefs: [{name: public}]}}}");

    /** Which server port answers at a key of deployment.toml. */
    private static final Map<String, Integer> ANSWERED_BY = Map.of(
            "url", 9443,
            "http_endpoint", 8243,
            "https_endpoint", 8243,
            "ws_endpoint", 9099,
            "wss_endpoint", 8099,
            "websub_event_receiver_http_endpoint", 9021,
            "websub_event_receiver_https_endpoint", 8021);

    /** Behind an Ingress, which ends TLS, the port with TLS answers for both. */
    private static final Map<Integer, Integer> WITH_TLS = Map.of(9099, 8099, 9021, 8021);

    private record Told(URI url, int answeredBy) {}

    static Stream<List<String>> everywhere() {
        return Stream.of(ProductVersion.values())
                .map(version -> "spec: {version: %s}".formatted(version))
                .flatMap(version -> EXPOSURES.stream()
                        .flatMap(exposure -> Stream.of(
                                List.of(version, exposure), List.of(version, ENVIRONMENTS, OWN_NAMES, exposure))));
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void isExposedOrWarnedOf(List<String> changes) {
        check(Deployed.simulation(changes.toArray(String[]::new)));
    }

    @Test
    void isExposedOrWarnedOfInTheExamples() {
        for (var example : Example.all()) {
            EXPOSURES.stream()
                    .filter(exposure -> !namesHosts(exposure) || !hasAddressesOfItsOwn(example))
                    .forEach(exposure ->
                            check(Example.changed(example.toString(), exposure).simulation()));
        }
    }

    private static boolean namesHosts(String exposure) {
        return exposure.contains("hostnames");
    }

    /** What the user's own TOML advertises stands, whatever hosts are named beside it. */
    private static boolean hasAddressesOfItsOwn(Example example) {
        try {
            return Files.readString(Path.of("examples", example.toString(), "cr.yaml"))
                    .contains("ws_endpoint");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void check(Simulation simulation) {
        var desired = simulation.settle();
        var warnings = simulation.status().warnings();
        var certificate = CertificateDetails.of(kept(desired));
        assertThat(Passes.problems(simulation.inputs())).isEmpty();

        assertThat(told(desired, simulation)).hasSizeGreaterThan(10).allSatisfy(told -> {
            var host = told.url().getHost();
            assertThat(certificate.covers(host)).isTrue();
            if (!answering(desired, host, port(told.url())).contains(told.answeredBy())) {
                assertThat(warnings)
                        .as(told.toString())
                        .anyMatch(warning -> warning.contains(host) && warning.contains("" + port(told.url())));
            }
        });
    }

    /** Server ports that a client of a host and a port may be led to. */
    private static Set<Integer> answering(Desired desired, String host, int port) {
        var services = desired.of(Service.class).stream()
                .collect(toMap(service -> service.getMetadata().getName(), service -> service));
        var answering = new HashSet<Integer>();
        if (Set.of(80, 443).contains(port)) {
            desired.of(Ingress.class).stream()
                    .flatMap(ingress -> ingress.getSpec().getRules().stream())
                    .filter(rule -> rule.getHost().equals(host))
                    .flatMap(rule -> rule.getHttp().getPaths().stream())
                    .map(path -> backend(services, path))
                    .forEach(answering::add);
            desired.of(HTTPRoute.class).stream()
                    .filter(route -> route.getSpec().getHostnames().contains(host))
                    .flatMap(route -> route.getSpec().getRules().stream())
                    .flatMap(rule -> rule.getBackendRefs().stream())
                    .forEach(backend -> answering.add(backend.getPort()));
            WITH_TLS.forEach((plain, tls) ->
                    Optional.of(tls).filter(answering::contains).ifPresent(found -> answering.add(plain)));
        }
        Optional.ofNullable(services.get("apim-streams")).stream()
                .flatMap(service -> service.getSpec().getPorts().stream())
                .filter(carried -> carried.getPort() == port)
                .forEach(carried -> answering.add(carried.getPort()));
        return answering;
    }

    private static int backend(Map<String, Service> services, HTTPIngressPath path) {
        var backend = path.getBackend().getService();
        return services.get(backend.getName()).getSpec().getPorts().stream()
                .filter(port -> port.getName().equals(backend.getPort().getName()))
                .findFirst()
                .orElseThrow()
                .getPort();
    }

    private static List<Told> told(Desired desired, Simulation simulation) {
        var told = new ArrayList<Told>();
        desired.of(ConfigMap.class).stream()
                .flatMap(configMap -> configMap.getData().entrySet().stream())
                .filter(file -> file.getKey().matches("apim-aio-.\\.toml"))
                .forEach(file -> collect(toml(file.getValue()), told));
        var endpoints = simulation.status().endpoints();
        Stream.of(endpoints.publisher(), endpoints.devportal(), endpoints.admin())
                .forEach(url -> told.add(new Told(URI.create(url), 9443)));
        told.add(new Told(URI.create(endpoints.gateway()), 8243));
        return told;
    }

    private static void collect(JsonNode node, List<Told> told) {
        node.properties().forEach(entry -> {
            var text = entry.getValue().asText();
            if (text.matches("(https?|wss?)://[a-z0-9.]+(:[0-9]+)?(/.*)?")
                    && !text.matches(".*://(localhost|[^/]*\\.svc\\.).*")) {
                told.add(new Told(URI.create(text), ANSWERED_BY.get(entry.getKey())));
            }
            collect(entry.getValue(), told);
        });
        if (node.isArray()) {
            node.forEach(element -> collect(element, told));
        }
    }

    private static int port(URI url) {
        if (url.getPort() > 0) {
            return url.getPort();
        }
        return url.getScheme().matches("https|wss") ? 443 : 80;
    }

    private static String kept(Desired desired) {
        return desired.of(Secret.class).stream()
                .filter(secret -> secret.getMetadata().getName().equals("apim-keys"))
                .map(secret -> secret.getData().get("tls.crt"))
                .map(encoded -> new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8))
                .findFirst()
                .orElseThrow();
    }

    private static JsonNode toml(String text) {
        try {
            return new TomlMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
