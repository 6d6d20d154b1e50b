package com.wso2.apim.operator.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.security.KeyStore;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The JDK's own TLS on both ends, with nothing but the stores made here. */
class TlsHandshakeTest {

    private static final int TIMEOUT_MILLIS = 5_000;

    @ParameterizedTest
    @CsvSource({
        "JKS, " + Keys.SERVICE,
        "PKCS12, " + Keys.SERVICE,
        "PKCS12, localhost",
        "PKCS12, apim-aio-0.aio-headless.wso2.svc",
    })
    void succeedsForAHostAmongTheNames(StoreType type, String host) throws Exception {
        assertThat(subjectSeenBy(client(type, Keys.AUTHORITY), server(type), host))
                .isEqualTo("CN=apim");
    }

    @Test
    void failsForAHostThatIsNotAmongTheNames() {
        assertThatThrownBy(() -> subjectSeenBy(
                        client(StoreType.PKCS12, Keys.AUTHORITY), server(StoreType.PKCS12), "gw.example.com"))
                .isInstanceOf(SSLHandshakeException.class)
                .hasMessageContaining("gw.example.com");
    }

    @Test
    void failsWhereTheAuthorityIsNotTrusted() {
        assertThatThrownBy(() ->
                        subjectSeenBy(client(StoreType.PKCS12, Keys.SIGNING), server(StoreType.PKCS12), Keys.SERVICE))
                .isInstanceOf(SSLHandshakeException.class)
                .hasMessageContaining("unable to find valid certification path");
    }

    private static String subjectSeenBy(SSLContext client, SSLContext server, String host) throws Exception {
        try (SSLServerSocket listener = (SSLServerSocket)
                server.getServerSocketFactory().createServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            listener.setSoTimeout(TIMEOUT_MILLIS);
            CompletableFuture<Void> answer = CompletableFuture.runAsync(() -> answerOne(listener));
            try (Socket plain = new Socket(InetAddress.getLoopbackAddress(), listener.getLocalPort());
                    SSLSocket socket = (SSLSocket)
                            client.getSocketFactory().createSocket(plain, host, listener.getLocalPort(), true)) {
                socket.setSoTimeout(TIMEOUT_MILLIS);
                SSLParameters parameters = socket.getSSLParameters();
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
                socket.setSSLParameters(parameters);
                socket.startHandshake();
                assertThat(socket.getInputStream().read()).isEqualTo('!');
                return socket.getSession().getPeerPrincipal().getName();
            } finally {
                answer.join();
            }
        }
    }

    private static void answerOne(SSLServerSocket listener) {
        try (Socket socket = listener.accept()) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.getOutputStream().write('!');
        } catch (Exception e) {
            // A client that refuses the certificate hangs up; the test looks at the client.
        }
    }

    private static SSLContext server(StoreType type) throws Exception {
        KeyStore store = loaded(type, KeyStores.keyStore(type, "wso2carbon", Keys.SERVER, Keys.PASSWORD));
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, Keys.PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private static SSLContext client(StoreType type, KeyMaterial trusted) throws Exception {
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(loaded(
                type, KeyStores.trustStore(type, Map.of("ca", trusted.certificates()), Map.of(), Keys.PASSWORD)));
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    private static KeyStore loaded(StoreType type, byte[] bytes) throws Exception {
        KeyStore store = KeyStore.getInstance(type.name());
        store.load(new ByteArrayInputStream(bytes), Keys.PASSWORD.toCharArray());
        return store;
    }
}
