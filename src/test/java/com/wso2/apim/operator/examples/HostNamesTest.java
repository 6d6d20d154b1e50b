package com.wso2.apim.operator.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.wso2.apim.operator.support.Handshake;
import com.wso2.apim.operator.support.Simulation;
import com.wso2.apim.operator.toml.KeyStoreFile;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.BackendTLSPolicy;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whoever connects to a node by a name that stands anywhere in what the operator makes finds that name in its certificate. */
class HostNamesTest {

    private static final List<String> VARIANTS = List.of(
            "spec: {}",
            "spec: {hostnames: {websocket: ws.am.example.com, websub: hub.am.example.com}}",
            "spec: {exposure: {type: GatewayAPI, ingress: null, gatewayAPI: {parentRefs: [{name: public}]}}}",
            "spec: {keystores: {tls: {source: CertManager, secret: null, certManager: {issuerRef: {name: inside}}}}}");

    private static final Pattern URL_HOST = Pattern.compile("(?:https?|wss?|ssl|tcp)://([a-z0-9][-a-z0-9.]*)");
    private static final Pattern PROXY_HOST = Pattern.compile("(?m)^(?:hostname|node_ip) = \"([a-z][-a-z0-9.]*)\"");

    /** Of others, which the examples' own TOML names: origins of browsers and a mail server. */
    private static final Set<String> OTHERS = Set.of(
            "www.example.com", "partners.example.com", "shop.example.com", "smtp.example.com", "smtp.corp.example.com");

    static Stream<Example> examples() {
        return Example.names().flatMap(name -> VARIANTS.stream().map(variant -> Example.changed(name, variant)));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void areAllInTheCertificateThatTheNodesShow(Example example) throws Exception {
        var handshake = handshake(example);

        assertThat(hosts(example)).hasSizeGreaterThan(20).allSatisfy(host -> assertThat(handshake.with(host))
                .startsWith("CN="));
    }

    @Test
    void areTheOnlyOnes() throws Exception {
        var handshake = handshake(Example.changed("minimal"));

        assertThatThrownBy(() -> handshake.with("apim-aio-2.apim-aio-headless.wso2.svc.cluster.local"))
                .isInstanceOf(SSLHandshakeException.class);
    }

    private static Set<String> hosts(Example example) {
        var hosts = new TreeSet<String>();
        example.files().values().stream()
                .flatMap(text -> Stream.of(URL_HOST, PROXY_HOST)
                        .flatMap(pattern -> pattern.matcher(text).results()))
                .map(host -> host.group(1))
                .filter(host -> !OTHERS.contains(host))
                .forEach(hosts::add);
        var desired = example.desired();
        desired.of(Service.class).stream().flatMap(HostNamesTest::forms).forEach(hosts::add);
        desired.of(StatefulSet.class).stream()
                .flatMap(HostNamesTest::pods)
                .flatMap(HostNamesTest::forms)
                .forEach(hosts::add);
        desired.of(Ingress.class).stream()
                .flatMap(ingress -> ingress.getSpec().getRules().stream())
                .forEach(rule -> hosts.add(rule.getHost()));
        desired.of(HTTPRoute.class)
                .forEach(route -> hosts.addAll(route.getSpec().getHostnames()));
        desired.of(BackendTLSPolicy.class)
                .forEach(policy -> hosts.add(policy.getSpec().getValidation().getHostname()));
        return hosts;
    }

    private static Stream<String> forms(Service service) {
        return forms(service.getMetadata().getName());
    }

    /** By search list of its namespace, from another namespace, and fully. */
    private static Stream<String> forms(String name) {
        return Stream.of("", ".wso2", ".wso2.svc", ".wso2.svc.cluster.local").map(name::concat);
    }

    private static Stream<String> pods(StatefulSet set) {
        return IntStream.range(0, set.getSpec().getReplicas()).mapToObj(ordinal -> "%s-%d.%s"
                .formatted(set.getMetadata().getName(), ordinal, set.getSpec().getServiceName()));
    }

    /** With the very stores and passwords that the nodes get. */
    private static Handshake handshake(Example example) throws IOException, GeneralSecurityException {
        var key = store(example, KeyStoreFile.TLS);
        var trusted = store(example, KeyStoreFile.TRUST);
        return new Handshake(
                key,
                secret(example, KeyStoreFile.TLS.keyPassword().orElseThrow().variable()),
                trusted,
                Simulation.START);
    }

    private static KeyStore store(Example example, KeyStoreFile file) throws IOException, GeneralSecurityException {
        var store = KeyStore.getInstance(KeyStoreFile.TYPE);
        var bytes = Base64.getDecoder().decode(encoded(example, file.fileName()));
        store.load(
                new ByteArrayInputStream(bytes),
                secret(example, file.password().variable()).toCharArray());
        return store;
    }

    private static String secret(Example example, String key) {
        return new String(Base64.getDecoder().decode(encoded(example, key)), StandardCharsets.UTF_8);
    }

    private static String encoded(Example example, String key) {
        return example.desired().of(Secret.class).stream()
                .map(Secret::getData)
                .filter(data -> data.containsKey(key))
                .findFirst()
                .orElseThrow()
                .get(key);
    }
}
