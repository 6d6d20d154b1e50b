package com.wso2.apim.operator.resources;

import static org.assertj.core.api.Assertions.assertThat;

import com.wso2.apim.operator.model.Names;
import com.wso2.apim.operator.support.AdmittedResource;
import com.wso2.apim.operator.support.Retained;
import com.wso2.apim.operator.support.Simulation;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.IngressTLS;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an Ingress says of its certificate. */
class IngressesTest {

    private static final Names NAMES = new Names("wso2", "apim");

    @Test
    void haveTheCertificateOfAGivenSecret() {
        var ingresses = ingresses("{secretRef: {name: wildcard}}");

        assertThat(ingresses.values()).allSatisfy(ingress -> {
            assertThat(ingress.getSpec().getTls())
                    .extracting(IngressTLS::getSecretName)
                    .containsExactly("wildcard");
            assertThat(ingress.getMetadata().getAnnotations().keySet())
                    .noneMatch(name -> name.startsWith("cert-manager.io/"));
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{name: own}                         | cert-manager.io/issuer         | own",
                "{kind: Issuer, name: own}           | cert-manager.io/issuer         | own",
                "{kind: ClusterIssuer, name: public} | cert-manager.io/cluster-issuer | public"
            })
    void askCertManagerForACertificateOfTheirOwn(String issuer, String annotation, String name) {
        var ingresses = ingresses("{issuerRef: %s}".formatted(issuer));

        assertThat(ingresses)
                .allSatisfy((ingress, object) -> assertThat(object.getSpec().getTls())
                        .extracting(IngressTLS::getSecretName)
                        .containsExactly(ingress + "-tls"))
                .allSatisfy((ingress, object) ->
                        assertThat(object.getMetadata().getAnnotations()).containsEntry(annotation, name))
                .allSatisfy((ingress, object) -> assertThat(
                                object.getMetadata().getAnnotations().keySet())
                        .filteredOn(key -> key.startsWith("cert-manager.io/"))
                        .hasSize(1));
    }

    @Test
    void leaveItToTheControllerOtherwise() {
        assertThat(ingresses("null").values())
                .allSatisfy(ingress -> assertThat(ingress.getSpec().getTls())
                        .extracting(IngressTLS::getSecretName)
                        .containsExactly((String) null));
    }

    private static Map<String, Ingress> ingresses(String tls) {
        var credentials = Map.of("username", "user", "password", "stand-in-for-the-database");
        var secrets = new ArrayList<>(Retained.secrets(NAMES));
        secrets.add(Retained.secret(NAMES, "apim-db", credentials));
        secrets.add(Retained.secret(NAMES, "shared-db", credentials));
        var resource = AdmittedResource.of(
                Path.of("src/test/resources/reference/cr.yaml"),
                "{spec: {exposure: {ingress: {tls: %s}}}}".formatted(tls));
        return new Simulation(resource, secrets)
                .settle().of(Ingress.class).stream()
                        .collect(Collectors.toMap(
                                ingress -> ingress.getMetadata().getName(), ingress -> ingress));
    }
}
