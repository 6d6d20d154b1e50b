package com.wso2.apim.operator.pki;

import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;

/** Certificates by which a peer trusts the one that it is shown. */
public final class Anchors {

    private Anchors() {}

    /**
     * Those of a chain's own: its last certificate.
     *
     * @param key where the certificate of the authority could be put instead, for messages
     * @throws InvalidKeyMaterialException if the chain ends before an authority
     */
    public static List<String> of(KeyMaterial material, String key) {
        X509Certificate last = last(material);
        if (last.getBasicConstraints() < 0 && !KeyMaterial.issued(last, last)) {
            CertificateDetails details = CertificateDetails.of(last);
            throw Flaw.CHAIN_INCOMPLETE.found(details.subject(), details.issuer(), key);
        }
        return List.of(Pem.of(last));
    }

    /**
     * Checks that some of the given certificates make a peer trust the chain.
     *
     * @throws InvalidKeyMaterialException if they do not
     */
    public static void check(Collection<String> anchors, KeyMaterial material) {
        if (vouching(anchors, material).isEmpty()) {
            CertificateDetails details = CertificateDetails.of(last(material));
            throw Flaw.NOT_THE_ISSUER.found(details.subject(), details.issuer());
        }
    }

    /** Those of the given certificates, one in each text, that are in the chain or issued one of it. */
    public static List<String> vouching(Collection<String> anchors, KeyMaterial material) {
        List<X509Certificate> chain = material.chain();
        return anchors.stream()
                .filter(pem -> {
                    X509Certificate anchor = Pem.certificates(pem).get(0);
                    return chain.stream().anyMatch(link -> link.equals(anchor) || KeyMaterial.issued(anchor, link));
                })
                .toList();
    }

    private static X509Certificate last(KeyMaterial material) {
        List<X509Certificate> chain = material.chain();
        return chain.get(chain.size() - 1);
    }
}
