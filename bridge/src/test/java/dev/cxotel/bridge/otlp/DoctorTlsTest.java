package dev.cxotel.bridge.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cxotel.bridge.doctor.Doctor;
import dev.cxotel.bridge.doctor.Examination;
import dev.cxotel.bridge.signal.Signal;
import dev.cxotel.bridge.testing.DestinationBuilder;
import dev.cxotel.bridge.testing.FakeCollector;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code cxotel doctor} says of TLS. */
class DoctorTlsTest {

    @Test
    void certificate_trustedOrNot_isShown(@TempDir Path folder) throws Exception {
        SelfSigned certificate = SelfSigned.create();
        try (FakeCollector secure = FakeCollector.startTls(certificate.serverSockets())) {
            DestinationBuilder to =
                    new DestinationBuilder("secure", URI.create("https://127.0.0.1:" + secure.port()), Signal.LOGS);

            Examination refused = examine(to);
            assertThat(refused.isAccepted()).isFalse();
            assertThat(refused.advice())
                    .singleElement()
                    .asString()
                    .contains("TLS failed: ")
                    .contains("`ca`");
            assertThat(secure.logs()).isEmpty();
            assertThat(refused.tls()).hasValueSatisfying(tls -> {
                assertThat(tls.protocol()).isEqualTo("TLSv1.3");
                assertThat(tls.certificate()).contains(certificate.certificate());
            });

            Examination trusted = examine(to.ca(certificate.write(folder.resolve("ca.pem"))));
            assertThat(trusted.isAccepted()).isTrue();
            assertThat(trusted.advice()).isEmpty();
            assertThat(trusted.tls()).hasValueSatisfying(tls -> {
                assertThat(tls.protocol()).isEqualTo("TLSv1.3");
                assertThat(tls.cipher()).startsWith("TLS_");
                assertThat(tls.certificate()).contains(certificate.certificate());
            });
        }
    }

    @Test
    void plainHttpServer_isExplained() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> answerInPlainText(server));
            Examination refused = examine(new DestinationBuilder(
                    "plain", URI.create("https://127.0.0.1:" + server.getLocalPort()), Signal.LOGS));
            assertThat(refused.advice()).singleElement().asString().contains("the server speaks plain HTTP");
            assertThat(refused.tls()).isEmpty();
        }
    }

    private static Examination examine(DestinationBuilder to) throws Exception {
        return new Doctor("cxotel/test", InstantSource.system(), new Random(1), preset -> Map.of())
                .examine(to.build())
                .getFirst();
    }

    private static void answerInPlainText(ServerSocket server) {
        while (!server.isClosed()) {
            try (Socket client = server.accept()) {
                client.getOutputStream()
                        .write("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"
                                .getBytes(StandardCharsets.US_ASCII));
                client.shutdownOutput();
                client.getInputStream().readAllBytes();
            } catch (IOException e) {
                // The client has left, as it should.
            }
        }
    }
}
