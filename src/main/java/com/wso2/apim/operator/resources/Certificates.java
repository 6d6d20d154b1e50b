package com.wso2.apim.operator.resources;

import com.wso2.apim.operator.api.v1alpha1.CertManager;
import com.wso2.apim.operator.inputs.Certificate;
import com.wso2.apim.operator.inputs.Certificate.IssuerRef;
import com.wso2.apim.operator.inputs.Certificate.PrivateKey;
import com.wso2.apim.operator.inputs.Certificate.Spec;
import com.wso2.apim.operator.model.Cluster;
import java.util.List;
import java.util.Optional;

/** What cert-manager is asked for: what the operator would generate itself. */
final class Certificates {

    /** X.509 has no room for more. */
    private static final int LONGEST_COMMON_NAME = 64;

    /** As a certificate of our own authority has them. */
    private static final List<String> USAGES =
            List.of("digital signature", "key encipherment", "server auth", "client auth");

    /** A new key with each certificate, in a form that every tool reads. */
    private static final PrivateKey PRIVATE_KEY = new PrivateKey("RSA", "PKCS8", 2048, "Always");

    private Certificates() {}

    static Certificate of(Cluster cluster, CertManager wanted) {
        var issuer = wanted.issuerRef();
        var name = cluster.hostnames().api();
        return new Certificate(
                Metadata.of(cluster, cluster.names().issued()),
                new Spec(
                        cluster.names().issued(),
                        name.length() > LONGEST_COMMON_NAME ? null : name,
                        cluster.tlsHosts(),
                        USAGES,
                        PRIVATE_KEY,
                        days(wanted.durationDays()),
                        days(wanted.renewBeforeDays()),
                        new IssuerRef(issuer.group(), issuer.kind(), issuer.name())));
    }

    private static String days(Integer days) {
        return Optional.ofNullable(days)
                .map(number -> "%dh0m0s".formatted(24 * number))
                .orElse(null);
    }
}
