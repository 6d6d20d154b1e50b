package com.wso2.apim.operator.node;

import com.wso2.apim.operator.standin.Anybody;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLSocketFactory;

/** Clients that call by address, and so verify nothing; each call is a new connection. */
final class Clients {

    private static final int TIMEOUT_MILLISECONDS = 10_000;
    private static final SSLSocketFactory TLS = Anybody.sockets();

    private Clients() {}

    record Answer(int status, String body) {}

    static Answer get(String url) throws IOException {
        var connection = (HttpsURLConnection) URI.create(url).toURL().openConnection();
        connection.setSSLSocketFactory(TLS);
        connection.setHostnameVerifier((host, session) -> true);
        connection.setConnectTimeout(TIMEOUT_MILLISECONDS);
        connection.setReadTimeout(TIMEOUT_MILLISECONDS);
        connection.setRequestProperty("Connection", "close");
        try {
            var status = connection.getResponseCode();
            var stream = status < 400 ? connection.getInputStream() : connection.getErrorStream();
            return new Answer(status, stream == null ? "" : new String(stream.readAllBytes(), StandardCharsets.UTF_8));
        } finally {
            connection.disconnect();
        }
    }
}
