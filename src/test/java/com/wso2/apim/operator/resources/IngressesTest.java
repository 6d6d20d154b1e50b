package com.wso2.apim.operator.resources;

import static org.assertj.core.api.Assertions.assertThat;

import com.wso2.apim.operator.support.Deployed;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.IngressTLS;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an Ingress says of its certificate. */
class IngressesTest {

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
        return Deployed.with("{spec: {exposure: {ingress: {tls: %s}}}}".formatted(tls)).of(Ingress.class).stream()
                .collect(Collectors.toMap(ingress -> ingress.getMetadata().getName(), ingress -> ingress));
    }
}
