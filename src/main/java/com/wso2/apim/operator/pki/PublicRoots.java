package com.wso2.apim.operator.pki;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** The public certificate authorities that backends of APIs, mail servers and the like are signed by. */
public final class PublicRoots {

    private static final int SUBJECT_LENGTH = 60;
    private static final int DIGEST_LENGTH = 16;

    private PublicRoots() {}

    /**
     * The authorities this Java trusts by default, PEM text by alias. An alias is made of subject and SHA-256 of the
     * certificate, so that equal maps have equal aliases. They change with the Java the operator is built on.
     */
    public static SortedMap<String, String> certificates() {
        SortedMap<String, String> roots = new TreeMap<>();
        acceptedIssuers().forEach(root -> roots.put(alias(root), Pem.of(root)));
        return roots;
    }

    private static Stream<X509Certificate> acceptedIssuers() {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init((KeyStore) null);
            return Arrays.stream(factory.getTrustManagers())
                    .filter(X509TrustManager.class::isInstance)
                    .map(X509TrustManager.class::cast)
                    .flatMap(manager -> Arrays.stream(manager.getAcceptedIssuers()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The trusted certificates of this Java cannot be read", e);
        }
    }

    private static String alias(X509Certificate root) {
        // The principal's toString: its RFC 2253 name has numbers and hexadecimal where this has words.
        String subject = root.getSubjectX500Principal()
                .toString()
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-");
        String shortened = subject.substring(0, Math.min(SUBJECT_LENGTH, subject.length()));
        try {
            return shortened + "-" + Digest.sha256(root.getEncoded()).substring(0, DIGEST_LENGTH);
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("A certificate that was read cannot be written", e);
        }
    }
}
