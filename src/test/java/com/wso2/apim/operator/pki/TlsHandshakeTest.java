package com.wso2.apim.operator.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.wso2.apim.operator.support.Handshake;
import java.io.ByteArrayInputStream;
import java.security.KeyStore;
import java.util.Map;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The JDK's own TLS on both ends, with nothing but the stores made here. */
class TlsHandshakeTest {

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

    private static String subjectSeenBy(KeyStore trusted, KeyStore server, String host) throws Exception {
        return new Handshake(server, Keys.PASSWORD, trusted).with(host);
    }

    private static KeyStore server(StoreType type) throws Exception {
        return loaded(type, KeyStores.keyStore(type, "wso2carbon", Keys.SERVER, Keys.PASSWORD));
    }

    private static KeyStore client(StoreType type, KeyMaterial trusted) throws Exception {
        return loaded(type, KeyStores.trustStore(type, Map.of("ca", trusted.certificates()), Map.of(), Keys.PASSWORD));
    }

    private static KeyStore loaded(StoreType type, byte[] bytes) throws Exception {
        KeyStore store = KeyStore.getInstance(type.name());
        store.load(new ByteArrayInputStream(bytes), Keys.PASSWORD.toCharArray());
        return store;
    }
}
