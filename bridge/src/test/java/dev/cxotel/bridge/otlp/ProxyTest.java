package dev.cxotel.bridge.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cxotel.bridge.otlp.answer.ExportResult;
import dev.cxotel.bridge.testing.DestinationBuilder;
import dev.cxotel.bridge.testing.FakeCollector;
import io.opentelemetry.sdk.testing.logs.TestLogRecordData;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The way through a proxy that tunnels to an HTTPS backend and asks for a password. */
class ProxyTest {

    private static final String REFUSED = """
            HTTP/1.1 407 Proxy Authentication Required\r
            Proxy-Authenticate: Basic realm="proxy"\r
            Content-Length: 0\r
            \r
            """;

    @Test
    void tunnel_withUserAndPassword_reachesTheBackend(@TempDir Path folder) throws Exception {
        SelfSigned certificate = SelfSigned.create();
        try (FakeCollector backend = FakeCollector.startTls(certificate.serverSockets());
                Tunnel proxy = new Tunnel("Basic dXNlcjpwQHNz")) {
            URI url = URI.create("https://127.0.0.1:" + backend.port());
            DestinationBuilder to =
                    new DestinationBuilder("proxied", url).ca(certificate.write(folder.resolve("ca.pem")));
            assertThat(send(to.proxy(URI.create("http://user:p%40ss@127.0.0.1:" + proxy.port()))))
                    .isInstanceOf(ExportResult.Accepted.class);
            assertThat(backend.logs()).hasSize(1);
            assertThat(proxy.asked).allMatch(line -> line.equals("CONNECT 127.0.0.1:" + backend.port() + " HTTP/1.1"));

            assertThat(send(to.proxy(URI.create("http://user:wrong@127.0.0.1:" + proxy.port()))))
                    .isNotInstanceOf(ExportResult.Accepted.class);
            assertThat(backend.logs()).hasSize(1);
        }
    }

    @Test
    void tunnel_inTheProgramAsLaunched_reachesTheBackend(@TempDir Path folder) throws Exception {
        SelfSigned certificate = SelfSigned.create();
        try (FakeCollector backend = FakeCollector.startTls(certificate.serverSockets());
                Tunnel proxy = new Tunnel("Basic dXNlcjpwQHNz")) {
            Path config = Files.writeString(folder.resolve("cxotel.yaml"), """
                    cxotel: 1
                    destinations:
                      - { endpoint: "https://127.0.0.1:%d", ca: "%s", proxy: "http://user:p%%40ss@127.0.0.1:%d" }
                    """.formatted(
                            backend.port(), certificate.write(folder.resolve("ca.pem")), proxy.port()));
            Process doctor = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "--sun-misc-unsafe-memory-access=allow",
                            "-cp",
                            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                            "dev.cxotel.bridge.Main",
                            "doctor",
                            "--config",
                            config.toString())
                    .redirectErrorStream(true)
                    .start();
            String output = new String(doctor.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(doctor.waitFor()).as(output).isZero();
            assertThat(output)
                    .containsPattern("proxy +127.0.0.1:" + proxy.port())
                    .contains("All accepted.");
            assertThat(backend.logs()).hasSize(1);
        }
    }

    private static ExportResult send(DestinationBuilder to) throws Exception {
        try (Destination destination = new Destination(to.build(), "cxotel/test", InstantSource.system())) {
            return destination.exportLogs(List.of(TestLogRecordData.builder().build()));
        }
    }

    /** A proxy that answers 407 until it is told its password, then carries bytes. */
    private static final class Tunnel implements AutoCloseable {

        private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        private final List<String> asked = new CopyOnWriteArrayList<>();
        private final String credentials;

        Tunnel(String credentials) throws IOException {
            this.credentials = credentials;
            Thread.ofVirtual().start(this::serve);
        }

        int port() {
            return server.getLocalPort();
        }

        @Override
        public void close() throws IOException {
            server.close();
        }

        private void serve() {
            while (!server.isClosed()) {
                try {
                    Socket client = server.accept();
                    Thread.ofVirtual().start(() -> carry(client));
                } catch (IOException e) {
                    return;
                }
            }
        }

        private void carry(Socket client) {
            try (client) {
                BufferedReader in = new BufferedReader(
                        new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII), 1);
                OutputStream out = client.getOutputStream();
                while (true) {
                    String request = in.readLine();
                    if (request == null) {
                        return;
                    }
                    boolean known = false;
                    for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
                        known |= line.equalsIgnoreCase("Proxy-Authorization: " + credentials);
                    }
                    asked.add(request);
                    if (!known) {
                        out.write(REFUSED.getBytes(StandardCharsets.US_ASCII));
                        out.flush();
                        continue;
                    }
                    String[] target = request.split(" ", -1)[1].split(":", -1);
                    try (Socket backend = new Socket(target[0], Integer.parseInt(target[1]))) {
                        out.write("HTTP/1.1 200 Connected\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                        out.flush();
                        Thread back = Thread.ofVirtual().start(() -> copy(backend, client));
                        copy(client, backend);
                        back.join();
                    }
                    return;
                }
            } catch (IOException e) {
                // One end has left.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private static void copy(Socket from, Socket to) {
            try {
                from.getInputStream().transferTo(to.getOutputStream());
                to.shutdownOutput();
            } catch (IOException e) {
                // One end has left.
            }
        }
    }
}
