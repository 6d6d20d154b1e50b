package com.wso2.apim.operator.pki;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;

/** Key material made once for all tests of the package: making keys is what takes their time. */
final class Keys {

    static final SecureRandom RANDOM = new SecureRandom();
    static final Instant NOW = Instant.now();
    static final String PASSWORD = Password.random(24, RANDOM);
    static final String SERVICE = "apim-gateway.wso2.svc.cluster.local";

    static final KeyMaterial AUTHORITY = CertificateAuthority.create("wso2/apim CA", NOW, RANDOM);
    static final KeyMaterial SERVER = server("apim", SERVICE, "localhost", "*.aio-headless.wso2.svc", SERVICE);
    static final KeyMaterial SIGNING = SelfSigned.create("apim primary", NOW, RANDOM);

    private Keys() {}

    static KeyMaterial server(String commonName, String... dnsNames) {
        return CertificateAuthority.issue(
                AUTHORITY, commonName, List.of(dnsNames), NOW, CertificateAuthority.DEFAULT_TLS_VALIDITY, RANDOM);
    }
}
