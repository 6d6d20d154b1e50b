package com.wso2.apim.operator.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import com.wso2.apim.operator.model.Names;
import com.wso2.apim.operator.revision.Revision;
import com.wso2.apim.operator.toml.KeyStoreFile;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * Sees which revisions have pods at the same time, and what each of them shows and trusts, by the JDK's own verification.
 */
final class TrustWatch implements AutoCloseable {

    private final Map<String, HasMetadata> seen = new ConcurrentHashMap<>();
    private final Map<String, String> live = new ConcurrentHashMap<>();
    private final Set<Set<String>> together = ConcurrentHashMap.newKeySet();
    private final List<SharedIndexInformer<?>> informers;

    /** Begins with what is there now. */
    TrustWatch(KubernetesClient client, String namespace) {
        informers = List.of(
                client.secrets().inNamespace(namespace).inform(new Memory<>()),
                client.configMaps().inNamespace(namespace).inform(new Memory<>()),
                client.pods().inNamespace(namespace).inform(new Presence()));
    }

    private final class Memory<T extends HasMetadata> implements ResourceEventHandler<T> {

        @Override
        public void onAdd(T object) {
            seen.put(key(object.getKind(), object.getMetadata().getName()), object);
        }

        @Override
        public void onUpdate(T before, T after) {
            onAdd(after);
        }

        @Override
        public void onDelete(T object, boolean isStateUnknown) {
            // Nodes that started from it may still be there.
        }
    }

    private final class Presence implements ResourceEventHandler<Pod> {

        @Override
        public void onAdd(Pod pod) {
            live.put(
                    pod.getMetadata().getUid(),
                    pod.getMetadata().getAnnotations().get(Names.REVISION_ANNOTATION));
            together.add(new TreeSet<>(live.values()));
        }

        @Override
        public void onUpdate(Pod before, Pod after) {
            // A pod keeps its revision.
        }

        @Override
        public void onDelete(Pod pod, boolean isStateUnknown) {
            live.remove(pod.getMetadata().getUid());
        }
    }

    /** Fails if a node has ever been there together with one that it does not trust. */
    void check() {
        assertThat(together)
                .isNotEmpty()
                .allSatisfy(revisions -> revisions.forEach(one -> revisions.forEach(other -> assertThat(shown(other))
                        .satisfies(chain -> trust(one).checkServerTrusted(chain, "ECDHE_RSA")))));
    }

    /** How many sets of revisions had pods at the same time. */
    int moments() {
        return together.size();
    }

    /** Whether every node of now shows this certificate, and trusts it by this authority alone. */
    boolean isSettledOn(X509Certificate leaf, X509Certificate authority) {
        return !live.isEmpty()
                && Set.copyOf(live.values()).stream()
                        .allMatch(revision -> shown(revision)[0].equals(leaf)
                                && authorities(revision).equals(Set.of(authority)));
    }

    private X509Certificate[] shown(String revision) {
        try {
            var chain = store(revision, KeyStoreFile.TLS).getCertificateChain(KeyStoreFile.ALIAS);
            return Stream.of(chain).map(X509Certificate.class::cast).toArray(X509Certificate[]::new);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private Set<X509Certificate> authorities(String revision) {
        var store = store(revision, KeyStoreFile.TRUST);
        try {
            return Collections.list(store.aliases()).stream()
                    .filter(alias -> alias.equals(KeyStoreFile.AUTHORITY_ALIAS)
                            || alias.startsWith(KeyStoreFile.AUTHORITY_ALIAS + "."))
                    .map(alias -> certificate(store, alias))
                    .collect(Collectors.toSet());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static X509Certificate certificate(KeyStore store, String alias) {
        try {
            return (X509Certificate) store.getCertificate(alias);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private X509TrustManager trust(String revision) throws GeneralSecurityException {
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store(revision, KeyStoreFile.TRUST));
        return (X509TrustManager) factory.getTrustManagers()[0];
    }

    private KeyStore store(String revision, KeyStoreFile file) {
        var secrets = Revision.stored((ConfigMap) seen.get(key("ConfigMap", revision)))
                .orElseThrow()
                .secrets();
        try {
            var store = KeyStore.getInstance(KeyStoreFile.TYPE);
            store.load(
                    new ByteArrayInputStream(Base64.getDecoder().decode(value(secrets, file.fileName()))),
                    new String(Base64.getDecoder()
                                    .decode(value(secrets, file.password().variable())))
                            .toCharArray());
            return store;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The one value of this key, still encoded. */
    private String value(Set<String> secrets, String key) {
        return secrets.stream()
                .map(name -> (Secret) seen.get(key("Secret", name)))
                .map(Secret::getData)
                .filter(data -> data.containsKey(key))
                .map(data -> data.get(key))
                .findFirst()
                .orElseThrow();
    }

    private static String key(String kind, String name) {
        return kind + "/" + name;
    }

    @Override
    public void close() {
        informers.forEach(SharedIndexInformer::close);
    }
}
