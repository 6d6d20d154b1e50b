package com.wso2.apim.operator.support;

import com.wso2.apim.operator.inputs.Inputs;
import com.wso2.apim.operator.model.Endpoints;
import com.wso2.apim.operator.model.Names;
import com.wso2.apim.operator.model.Role;
import com.wso2.apim.operator.revision.Revision;
import com.wso2.apim.operator.toml.Environment;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Secret;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whether nodes, and a proxy in front of them, accept each other: by the stores in the Secrets that their revisions mount, by
 * the JDK's own path validation at the time of the cluster, and by the names under which they are called.
 */
public final class Peers {

    private static final Names NAMES = new Names("wso2", "apim");
    private static final Endpoints ENDPOINTS = new Endpoints(NAMES, Installation.SETTINGS.clusterDomain());

    /** Stores are immutable, by name; opening them, and trying them on each other, takes its time. */
    private final Map<String, Party> opened = new HashMap<>();

    private final Map<List<Object>, List<String>> tried = new HashMap<>();

    private record Party(String stores, KeyStore tls, Set<TrustAnchor> trusted) {}

    /**
     * Who refuses whom: every revision that a pod runs, or that is kept because one may come back on it, as a client of every
     * other one, and of its own.
     */
    public List<String> refusals(Inputs inputs) {
        var parties = parties(inputs);
        var refusals = new ArrayList<>(unknown(inputs));
        for (var server : parties) {
            for (var client : parties) {
                refusals.addAll(tried.computeIfAbsent(
                        List.of(server.stores(), client.stores(), inputs.now().truncatedTo(ChronoUnit.DAYS)),
                        pair -> tried(server, client.stores(), client.trusted(), inputs.now())));
            }
            proxy(inputs)
                    .ifPresent(pem -> refusals.addAll(tried.computeIfAbsent(
                            List.of(server.stores(), pem, inputs.now().truncatedTo(ChronoUnit.DAYS)),
                            pair -> tried(server, "proxy", anchors(pem), inputs.now()))));
        }
        return refusals;
    }

    private static List<String> tried(Party server, String client, Set<TrustAnchor> trusted, Instant now) {
        var refusals = new ArrayList<String>();
        try {
            var leaf = (X509Certificate) server.tls().getCertificate("wso2carbon");
            var parameters = new PKIXParameters(trusted);
            parameters.setRevocationEnabled(false);
            parameters.setDate(Date.from(now));
            CertPathValidator.getInstance("PKIX")
                    .validate(CertificateFactory.getInstance("X.509").generateCertPath(List.of(leaf)), parameters);
            var names = leaf.getSubjectAlternativeNames().stream()
                    .map(name -> name.get(1))
                    .collect(Collectors.toSet());
            hosts().filter(host -> !names.contains(host))
                    .forEach(host -> refusals.add("%s refuses %s as %s".formatted(client, server.stores(), host)));
        } catch (GeneralSecurityException e) {
            refusals.add("%s refuses %s: %s".formatted(client, server.stores(), e.getMessage()));
        }
        return refusals;
    }

    private static Stream<String> hosts() {
        return Stream.of(Role.values()).flatMap(role -> Stream.of(
                        ENDPOINTS.serviceNames(role),
                        ENDPOINTS.podNames(role, 0),
                        ENDPOINTS.podNames(role, 1),
                        List.of("localhost", "api.am.wso2.com", "gw.am.wso2.com"))
                .flatMap(List::stream));
    }

    private static Stream<Revision> revisions(Inputs inputs) {
        return inputs.owned(ConfigMap.class).stream().flatMap(configMap -> Revision.stored(configMap).stream());
    }

    private static List<String> unknown(Inputs inputs) {
        var known = revisions(inputs).map(Revision::name).toList();
        return inputs.pods().stream()
                .map(pod -> pod.getMetadata().getAnnotations().get(Names.REVISION_ANNOTATION))
                .filter(revision -> !known.contains(revision))
                .map(revision -> "a pod runs " + revision + ", which is not kept")
                .toList();
    }

    private Set<Party> parties(Inputs inputs) {
        return revisions(inputs)
                .map(revision -> opened.computeIfAbsent(
                        new TreeSet<>(revision.secrets()).toString(), stores -> party(stores, inputs, revision)))
                .collect(Collectors.toSet());
    }

    private static Party party(String stores, Inputs inputs, Revision revision) {
        var secrets = inputs.owned(Secret.class).stream()
                .filter(secret ->
                        revision.secrets().contains(secret.getMetadata().getName()))
                .toList();
        var password = new String(value(secrets, Environment.TLS_KEYSTORE_PASSWORD.variable()), StandardCharsets.UTF_8);
        return new Party(
                stores,
                opened(value(secrets, "tls.jks"), password),
                anchors(opened(value(secrets, "client-truststore.jks"), password)));
    }

    private static byte[] value(List<Secret> secrets, String key) {
        return secrets.stream()
                .map(Secret::getData)
                .filter(data -> data.containsKey(key))
                .map(data -> Base64.getDecoder().decode(data.get(key)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no Secret with " + key));
    }

    private static KeyStore opened(byte[] bytes, String password) {
        try {
            var store = KeyStore.getInstance("JKS");
            store.load(new ByteArrayInputStream(bytes), password.toCharArray());
            return store;
        } catch (GeneralSecurityException | IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Set<TrustAnchor> anchors(KeyStore store) {
        var anchors = new HashSet<TrustAnchor>();
        try {
            for (var alias : Collections.list(store.aliases())) {
                anchors.add(new TrustAnchor((X509Certificate) store.getCertificate(alias), null));
            }
            return anchors;
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** A proxy that has whatever the ConfigMap says at this moment. */
    private static Optional<String> proxy(Inputs inputs) {
        return inputs.owned(ConfigMap.class, NAMES.backendAuthority())
                .map(configMap -> configMap.getData().get("ca.crt"));
    }

    private static Set<TrustAnchor> anchors(String pem) {
        try {
            return CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)))
                    .stream()
                    .map(certificate -> new TrustAnchor((X509Certificate) certificate, null))
                    .collect(Collectors.toSet());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** When the certificates end that the kept revisions show. */
    public List<Instant> ends(Inputs inputs) {
        return parties(inputs).stream().map(Peers::end).toList();
    }

    private static Instant end(Party party) {
        try {
            return ((X509Certificate) party.tls().getCertificate("wso2carbon"))
                    .getNotAfter()
                    .toInstant();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
