package com.wso2.apim.operator.resources;

import static org.assertj.core.api.Assertions.assertThat;

import com.wso2.apim.operator.inputs.GatewayApi;
import com.wso2.apim.operator.inputs.GatewayApi.Persistence;
import com.wso2.apim.operator.model.Names;
import com.wso2.apim.operator.model.Problem;
import com.wso2.apim.operator.pki.CertificateDetails;
import com.wso2.apim.operator.revision.Admission;
import com.wso2.apim.operator.support.AdmittedResource;
import com.wso2.apim.operator.support.Retained;
import com.wso2.apim.operator.support.Simulation;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.BackendTLSPolicy;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What an exposure by Gateway API gives. */
class RoutesTest {

    private static final Names NAMES = new Names("wso2", "apim");
    private static final Path EXPECTED = Path.of("src/test/resources/gateway-api");
    private static final String EXPOSURE = """
            spec:
              gateway:
                environments:
                - {name: Default}
                - {name: Partners, hostname: partners.am.wso2.com}
              exposure:
                type: GatewayAPI
                gatewayAPI:
                  parentRefs: [{name: public, namespace: gateways, sectionName: apim}, {name: inside}]
                  annotations: {example.com/team: api-platform}
            """;

    @ParameterizedTest
    @EnumSource
    void areOneForEachHostNameAndAPolicyForTheNodes(Persistence persistence) throws IOException {
        var objects = settled(served(persistence));

        var shown = Stream.concat(objects.of(BackendTLSPolicy.class).stream(), objects.of(HTTPRoute.class).stream())
                .map(Serialization::asYaml)
                .collect(Collectors.joining());
        var expected = EXPECTED.resolve(persistence + ".yaml");
        if (Boolean.getBoolean("golden.update")) {
            Files.createDirectories(EXPECTED);
            Files.writeString(expected, shown);
        }
        assertThat(expected).hasContent(shown);
    }

    @Test
    void leadToPortsOfTheServiceThatThePolicyCovers() {
        var objects = settled(served(Persistence.NONE));
        var ports = named(objects, Service.class, "apim-aio").getSpec().getPorts().stream()
                .collect(Collectors.toMap(ServicePort::getPort, ServicePort::getName));
        var covered = named(objects, BackendTLSPolicy.class, "apim-aio").getSpec().getTargetRefs().stream()
                .map(target -> target.getName() + ":" + target.getSectionName())
                .toList();

        assertThat(objects.of(HTTPRoute.class))
                .flatExtracting(route -> route.getSpec().getRules())
                .flatExtracting(rule -> rule.getBackendRefs())
                .extracting(backend -> backend.getName() + ":" + ports.get(backend.getPort()))
                .hasSize(3)
                .isSubsetOf(covered);
    }

    @Test
    void haveAPolicyThatTheNodesOwnCertificatePasses() {
        var simulation = simulation(served(Persistence.NONE));
        var objects = simulation.settle();
        var validation =
                named(objects, BackendTLSPolicy.class, "apim-aio").getSpec().getValidation();
        var authority = named(
                        objects,
                        ConfigMap.class,
                        validation.getCaCertificateRefs().get(0).getName())
                .getData()
                .get("ca.crt");
        var node = Admission.of(simulation.inputs())
                .sources()
                .orElseThrow()
                .keys()
                .tls()
                .details();

        assertThat(node.covers(validation.getHostname())).isTrue();
        assertThat(node.issuer()).isEqualTo(CertificateDetails.of(authority).subject());
        assertThat(authority).doesNotContain("PRIVATE");
    }

    @Test
    void areAProblemWhileAKindIsMissing() {
        var onlyRoutes = new GatewayApi(Set.of("HTTPRoute"), Persistence.NONE);

        assertThat(Admission.of(simulation(onlyRoutes).inputs()).problems())
                .extracting(Problem::toString)
                .containsExactly(
                        "spec.exposure.type: the cluster does not serve BackendTLSPolicy of "
                                + "gateway.networking.k8s.io/v1: install the CRDs of Gateway API 1.4 or later, or choose another type");
    }

    @Test
    void areNotAskedForByAnotherTypeWhateverIsServed() {
        var none = "{spec: {exposure: {type: None, gatewayAPI: null}}}";

        assertThat(simulation(served(Persistence.NONE), EXPOSURE, none).settle().objects())
                .noneMatch(HTTPRoute.class::isInstance)
                .noneMatch(BackendTLSPolicy.class::isInstance)
                .noneMatch(object -> object.getMetadata().getName().equals("apim-backend-ca"));
        assertThat(Admission.of(simulation(GatewayApi.ABSENT, none).inputs()).problems())
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void warnWhereSessionsCannotBeKept(Persistence persistence) {
        var warnings = Admission.of(simulation(served(persistence)).inputs()).warnings();

        assertThat(warnings.stream().anyMatch(warning -> warning.contains("sessionPersistence")))
                .isEqualTo(persistence == Persistence.NONE);
    }

    @Test
    void haveNamesThatAServiceCouldHaveHoweverLongTheHostIs() {
        var host = "a".repeat(63) + "." + "b".repeat(63) + ".example.com";
        var names = new Names("wso2", "a".repeat(40));

        assertThat(names.gatewayRoute(host)).hasSizeLessThan(63).isNotEqualTo(names.gatewayRoute("b.example.com"));
    }

    private static GatewayApi served(Persistence persistence) {
        return new GatewayApi(Set.of("HTTPRoute", "BackendTLSPolicy"), persistence);
    }

    private static Desired settled(GatewayApi served) {
        return simulation(served).settle();
    }

    private static Simulation simulation(GatewayApi served) {
        return simulation(served, EXPOSURE);
    }

    private static Simulation simulation(GatewayApi served, String... changes) {
        var secrets = new ArrayList<>(Retained.secrets(NAMES));
        var credentials = Map.of("username", "user", "password", "stand-in-for-the-database");
        List.of("apim-db", "shared-db").forEach(name -> secrets.add(Retained.secret(NAMES, name, credentials)));
        return new Simulation(
                AdmittedResource.of(Path.of("src/test/resources/reference/cr.yaml"), changes), secrets, served);
    }

    private static <T extends HasMetadata> T named(Desired desired, Class<T> kind, String name) {
        return desired.of(kind).stream()
                .filter(object -> object.getMetadata().getName().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
