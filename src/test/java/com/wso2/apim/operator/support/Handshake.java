package com.wso2.apim.operator.support;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.X509CertSelector;
import java.time.Instant;
import java.util.Date;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.CertPathTrustManagerParameters;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** The JDK's own TLS on both ends of a loopback connection, with nothing but the given stores. */
public final class Handshake {

    private static final int TIMEOUT_MILLIS = 5_000;

    private final SSLContext server = SSLContext.getInstance("TLS");
    private final SSLContext client = SSLContext.getInstance("TLS");

    /** A server with a private key and its password, and a client that trusts what stands in another store, today. */
    public Handshake(KeyStore key, String password, KeyStore trusted) throws GeneralSecurityException {
        this(key, password, trusted, Instant.now());
    }

    /** The same, with a client whose clock stands still. */
    public Handshake(KeyStore key, String password, KeyStore trusted, Instant now) throws GeneralSecurityException {
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(key, password.toCharArray());
        server.init(keys.getKeyManagers(), null, null);
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        var path = new PKIXBuilderParameters(trusted, new X509CertSelector());
        path.setRevocationEnabled(false);
        path.setDate(Date.from(now));
        trust.init(new CertPathTrustManagerParameters(path));
        client.init(null, trust.getTrustManagers(), null);
    }

    /**
     * Connects as to a host of this name, which is verified as browsers do.
     *
     * @return subject of the server's certificate
     * @throws IOException if the client refuses the server
     */
    public String with(String host) throws IOException {
        try (var listener = (SSLServerSocket)
                server.getServerSocketFactory().createServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            listener.setSoTimeout(TIMEOUT_MILLIS);
            var answer = CompletableFuture.runAsync(() -> answerOne(listener));
            try (var plain = new Socket(InetAddress.getLoopbackAddress(), listener.getLocalPort());
                    var socket = (SSLSocket)
                            client.getSocketFactory().createSocket(plain, host, listener.getLocalPort(), true)) {
                socket.setSoTimeout(TIMEOUT_MILLIS);
                var parameters = socket.getSSLParameters();
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
                socket.setSSLParameters(parameters);
                socket.startHandshake();
                if (socket.getInputStream().read() != '!') {
                    throw new IOException("the server did not answer");
                }
                return socket.getSession().getPeerPrincipal().getName();
            } finally {
                answer.join();
            }
        }
    }

    private static void answerOne(SSLServerSocket listener) {
        try (var socket = listener.accept()) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.getOutputStream().write('!');
        } catch (IOException e) {
            // A client that refuses the certificate hangs up; the test looks at the client.
        }
    }
}
