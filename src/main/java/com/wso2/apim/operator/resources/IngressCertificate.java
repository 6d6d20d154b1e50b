package com.wso2.apim.operator.resources;

import com.wso2.apim.operator.api.v1alpha1.IngressTls;
import com.wso2.apim.operator.api.v1alpha1.IngressTls.IssuerReference;
import java.util.Map;
import java.util.Optional;

/**
 * Where an Ingress has its certificate from.
 *
 * @param secret the Secret that holds it; absent for the controller's default certificate
 * @param annotations what asks cert-manager for it
 */
record IngressCertificate(Optional<String> secret, Map<String, String> annotations) {

    /** The certificate of an Ingress. */
    static IngressCertificate of(Optional<IngressTls> tls, String issuedInto) {
        var issuer = tls.map(IngressTls::issuerRef);
        var given = tls.map(IngressTls::secretRef).map(reference -> reference.name());
        return new IngressCertificate(
                given.or(() -> issuer.map(reference -> issuedInto)),
                issuer.map(reference -> Map.of(annotation(reference), reference.name()))
                        .orElse(Map.of()));
    }

    private static String annotation(IssuerReference reference) {
        return switch (reference.kind()) {
            case ISSUER -> "cert-manager.io/issuer";
            case CLUSTER_ISSUER -> "cert-manager.io/cluster-issuer";
        };
    }
}
