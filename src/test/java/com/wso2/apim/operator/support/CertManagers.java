package com.wso2.apim.operator.support;

import com.wso2.apim.operator.inputs.Certificate;
import com.wso2.apim.operator.pki.CertificateAuthority;
import com.wso2.apim.operator.pki.KeyMaterial;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;

/**
 * Does what cert-manager does with an issuer of kind CA. Its own controller is a Go module that no proxy serves by a version, so
 * this follows its documentation: names, form and annotations of the Secret, and what the two conditions say.
 */
public final class CertManagers {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Duration LIFE = Duration.ofDays(90);

    private final Instant now;
    private KeyMaterial authority;

    /** One with an issuer whose authority is new. */
    public CertManagers(Instant now) {
        this.now = now;
        newAuthority();
    }

    /** From now on the issuer has another authority. */
    public void newAuthority() {
        authority = CertificateAuthority.create("an issuer of kind CA", now, RANDOM);
    }

    /** Certificate of the issuer's authority. */
    public String authority() {
        return authority.certificates();
    }

    /** What a Certificate asks for. */
    public Secret issue(Certificate certificate) {
        return issue(certificate, certificate.getSpec().dnsNames());
    }

    /** The same, for some of the names only. */
    public Secret issue(Certificate certificate, List<String> names) {
        var pair = CertificateAuthority.issue(authority, certificate.getSpec().commonName(), names, now, LIFE, RANDOM);
        // An issuer of kind CA leaves the root out of the chain and puts it into a key of its own.
        var leaf = pair.certificates()
                .substring(0, pair.certificates().length() - authority().length());
        return new SecretBuilder()
                .withNewMetadata()
                .withName(certificate.getSpec().secretName())
                .withNamespace(certificate.getMetadata().getNamespace())
                .addToAnnotations(
                        "cert-manager.io/certificate-name",
                        certificate.getMetadata().getName())
                .addToLabels("controller.cert-manager.io/fao", "true")
                .endMetadata()
                .withType("kubernetes.io/tls")
                .addToData("tls.crt", base64(leaf))
                .addToData("tls.key", base64(pair.privateKey()))
                .addToData("ca.crt", base64(authority()))
                .build();
    }

    /** A condition of the current generation. */
    public static Certificate.Condition condition(
            Certificate certificate, String type, boolean isTrue, String message) {
        return new Certificate.Condition(
                type,
                isTrue ? "True" : "False",
                message,
                certificate.getMetadata().getGeneration());
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
