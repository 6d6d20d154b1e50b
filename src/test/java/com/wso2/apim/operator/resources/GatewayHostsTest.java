package com.wso2.apim.operator.resources;

import static org.assertj.core.api.Assertions.assertThat;

import com.wso2.apim.operator.model.Names;
import com.wso2.apim.operator.pki.CertificateDetails;
import com.wso2.apim.operator.support.AdmittedResource;
import com.wso2.apim.operator.support.Retained;
import com.wso2.apim.operator.support.Simulation;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.IngressRule;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Host names of API traffic, wherever a client meets them outside deployment.toml. */
class GatewayHostsTest {

    private static final Names NAMES = new Names("wso2", "apim");
    private static final String ENVIRONMENTS = """
            spec:
              gateway:
                environments:
                - {name: Default, hostname: calls.am.wso2.com, virtualHosts: [{hostname: foods.am.wso2.com}]}
                - {name: Partners, hostname: partners.am.wso2.com, virtualHosts: [{hostname: foods.am.wso2.com}]}
            """;
    private static final List<String> HOSTS =
            List.of("gw.am.wso2.com", "calls.am.wso2.com", "foods.am.wso2.com", "partners.am.wso2.com");

    @Test
    void areInTheIngressOfApiTrafficEachOnceAndInNoOther() {
        var desired = settled(given(), ENVIRONMENTS);

        assertThat(named(desired, Ingress.class, "apim-gateway")).satisfies(ingress -> {
            assertThat(ingress.getSpec().getRules())
                    .extracting(IngressRule::getHost)
                    .isEqualTo(HOSTS);
            assertThat(ingress.getSpec().getRules())
                    .extracting(rule -> rule.getHttp().getPaths())
                    .allMatch(paths -> paths.toString().contains("apim-aio"))
                    .hasSize(HOSTS.size());
            assertThat(ingress.getSpec().getTls()).singleElement().satisfies(tls -> assertThat(tls.getHosts())
                    .isEqualTo(HOSTS));
        });
        assertThat(named(desired, Ingress.class, "apim-api").getSpec().getRules())
                .extracting(IngressRule::getHost)
                .containsExactly("api.am.wso2.com");
    }

    @Test
    void thatComeAreCoveredByANewCertificateForBothTiersAndNoOtherNewKey() {
        var before = settled(given());
        var after = settled(secrets(before), ENVIRONMENTS);

        assertThat(HOSTS.subList(1, HOSTS.size()))
                .noneMatch(certificate(before)::covers)
                .allMatch(certificate(after)::covers);
        assertThat(certificate(after).covers("apim-tm.wso2.svc")).isTrue();
        assertThat(List.of("tls.key", "tls.crt"))
                .noneMatch(key -> kept(before, "apim-keys", key).equals(kept(after, "apim-keys", key)));
        assertThat(List.of("primary.key", "primary.crt", "internal.key", "internal.crt", "store-password"))
                .allMatch(key -> kept(before, "apim-keys", key).equals(kept(after, "apim-keys", key)));
        assertThat(kept(after, "apim-ca", "ca.key")).isEqualTo(kept(before, "apim-ca", "ca.key"));
        assertThat(Stream.of("apim-aio", "apim-tm"))
                .noneMatch(tier -> template(before, tier).equals(template(after, tier)));
    }

    @Test
    void thatGoCostNoCertificate() {
        var before = settled(given(), ENVIRONMENTS);
        var after = settled(secrets(before));

        assertThat(certificate(after)).isEqualTo(certificate(before));
        assertThat(named(after, Ingress.class, "apim-gateway").getSpec().getRules())
                .extracting(IngressRule::getHost)
                .containsExactly("gw.am.wso2.com");
        assertThat(template(after, "apim-tm")).isEqualTo(template(before, "apim-tm"));
    }

    private static Desired settled(List<Secret> secrets, String... changes) {
        var resource = AdmittedResource.of(Path.of("src/test/resources/reference/cr.yaml"), changes);
        return new Simulation(resource, secrets).settle();
    }

    private static List<Secret> given() {
        var secrets = new ArrayList<>(Retained.secrets(NAMES));
        var credentials = Map.of("username", "user", "password", "stand-in-for-the-database");
        secrets.add(Retained.secret(NAMES, "apim-db", credentials));
        secrets.add(Retained.secret(NAMES, "shared-db", credentials));
        return secrets;
    }

    /** What a running deployment leaves to the next pass. */
    private static List<Secret> secrets(Desired desired) {
        var retained = desired.of(Secret.class).stream()
                .filter(secret -> Names.RETAINED_TYPE.equals(secret.getType()))
                .toList();
        return Stream.concat(given().stream().filter(secret -> named(secret).endsWith("-db")), retained.stream())
                .toList();
    }

    private static CertificateDetails certificate(Desired desired) {
        return CertificateDetails.of(kept(desired, "apim-keys", "tls.crt"));
    }

    private static String kept(Desired desired, String secret, String key) {
        var value = named(desired, Secret.class, secret).getData().get(key);
        return new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8);
    }

    private static Object template(Desired desired, String tier) {
        return named(desired, StatefulSet.class, tier).getSpec().getTemplate();
    }

    private static <T extends HasMetadata> T named(Desired desired, Class<T> kind, String name) {
        return desired.of(kind).stream()
                .filter(object -> named(object).equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static String named(HasMetadata object) {
        return object.getMetadata().getName();
    }
}
