package com.wso2.apim.operator.support;

import com.wso2.apim.operator.model.Names;
import com.wso2.apim.operator.pki.KeyMaterial;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.Base64;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Secrets that an earlier deployment of a name left behind, with keys of a kind that is made in no time. */
public final class Retained {

    private static final Base64.Encoder PEM = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));

    private Retained() {}

    /** Authority, key pairs, store password and administrator; a TLS certificate is to be issued. */
    public static List<Secret> secrets(Names names) {
        var keys = new LinkedHashMap<String, String>();
        put(keys, "primary", keyMaterial("signing"));
        put(keys, "internal", keyMaterial("encryption"));
        keys.put("store-password", "stand-in-for-the-store-password");
        var authority = new LinkedHashMap<String, String>();
        put(authority, "ca", keyMaterial("authority"));
        return List.of(
                secret(names, names.adminSecret(), Map.of("username", "admin", "password", "stand-in-for-the-admin")),
                secret(names, names.authoritySecret(), authority),
                secret(names, names.keysSecret(), keys));
    }

    /** A retained Secret of some content. */
    public static Secret secret(Names names, String name, Map<String, String> content) {
        var secret = new SecretBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(names.namespace())
                .addToAnnotations(Names.OWNER_ANNOTATION, names.owner())
                .endMetadata()
                .withType(Names.RETAINED_TYPE);
        content.forEach((key, value) ->
                secret.addToData(key, Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8))));
        return secret.build();
    }

    private static void put(Map<String, String> content, String name, KeyMaterial material) {
        content.put(name + ".key", material.privateKey());
        content.put(name + ".crt", material.certificates());
    }

    private static KeyMaterial keyMaterial(String name) {
        try {
            var pair = KeyPairGenerator.getInstance("EC").generateKeyPair();
            var subject = new X500Principal("CN=" + name);
            var certificate = new JcaX509v3CertificateBuilder(
                            subject,
                            BigInteger.ONE,
                            Date.from(Simulation.START),
                            Date.from(Simulation.START.plus(Duration.ofDays(3650))),
                            subject,
                            pair.getPublic())
                    .addExtension(Extension.basicConstraints, true, new BasicConstraints(0))
                    .build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate()));
            return new KeyMaterial(
                    pem("PRIVATE KEY", pair.getPrivate().getEncoded()), pem("CERTIFICATE", certificate.getEncoded()));
        } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String pem(String what, byte[] der) {
        return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(what, PEM.encodeToString(der), what);
    }
}
