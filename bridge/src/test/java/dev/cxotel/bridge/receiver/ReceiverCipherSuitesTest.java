package dev.cxotel.bridge.receiver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.cxotel.bridge.auth.issue.KeyKind;
import dev.cxotel.bridge.testing.RawHttp;
import java.io.IOException;
import java.nio.file.Path;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each cipher suite that CXone publishes for its calls, with the certificate that it needs and a client certificate. */
class ReceiverCipherSuitesTest {

    private static final String LEGACY = "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA";

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384, EC,  false",
        "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, EC,  false",
        "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256,     RSA, false",
        "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA,      RSA, true"
    })
    void publishedSuite_works(String suite, KeyKind key, boolean legacy) throws Exception {
        RunningTls.Settings settings = new RunningTls.Settings();
        settings.serverKey = key;
        settings.legacyCiphers = legacy;
        try (RunningTls running = RunningTls.start(folder, settings);
                SSLSocket socket = offering(running, suite)) {
            socket.startHandshake();
            assertThat(socket.getSession().getCipherSuite()).isEqualTo(suite);
            assertThat(socket.getSession().getProtocol()).isEqualTo("TLSv1.2");
            assertThat(RunningTls.send(RawHttp.over(socket), "/own").status()).isEqualTo(200);
            assertThat(running.certificates.warnings()).isEmpty();
        }
    }

    @Test
    void legacySuite_isRefusedUnlessAskedFor() throws Exception {
        RunningTls.Settings settings = new RunningTls.Settings();
        settings.serverKey = KeyKind.RSA;
        try (RunningTls running = RunningTls.start(folder, settings);
                SSLSocket socket = offering(running, LEGACY)) {
            assertThatThrownBy(socket::startHandshake).isInstanceOf(SSLHandshakeException.class);
            // Counted by the server after the client has learnt of it.
            await().untilAsserted(() -> assertThat(running.refused("protocol")).isEqualTo(1));
        }
    }

    @ParameterizedTest
    @CsvSource({"EC, false, TLSv1.3", "RSA, true, TLSv1.3", "EC, false, TLSv1.2"})
    void freeChoice_neverEndsInTheLegacySuite(KeyKind key, boolean legacy, String version) throws Exception {
        RunningTls.Settings settings = new RunningTls.Settings();
        settings.serverKey = key;
        settings.legacyCiphers = legacy;
        try (RunningTls running = RunningTls.start(folder, settings);
                SSLSocket socket = running.socket(running.client(running.known))) {
            socket.setEnabledProtocols(new String[] {version});
            socket.startHandshake();
            assertThat(socket.getSession().getProtocol()).isEqualTo(version);
            assertThat(socket.getSession().getCipherSuite()).contains("GCM");
        }
    }

    private static SSLSocket offering(RunningTls running, String suite) throws IOException {
        SSLSocket socket = running.socket(running.client(running.known));
        socket.setEnabledProtocols(new String[] {"TLSv1.2"});
        socket.setEnabledCipherSuites(new String[] {suite});
        return socket;
    }
}
