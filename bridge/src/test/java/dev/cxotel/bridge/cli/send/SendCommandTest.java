package dev.cxotel.bridge.cli.send;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class SendCommandTest {

    private final List<String> paths = new CopyOnWriteArrayList<>();
    private final List<String> bodies = new CopyOnWriteArrayList<>();
    private final List<String> tokens = new CopyOnWriteArrayList<>();
    private final AtomicInteger requests = new AtomicInteger();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private int everyThird = 200;
    private HttpServer server;

    @BeforeEach
    void start() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            try (exchange) {
                bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
                paths.add(exchange.getRequestURI().getPath());
                tokens.add(String.valueOf(exchange.getRequestHeaders().getFirst("X-Token")));
                exchange.sendResponseHeaders(requests.incrementAndGet() % 3 == 0 ? everyThird : 200, -1);
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void send_simulated_goesToThePathOfItsType() {
        assertThat(send("--count", "60", "--header", "X-Token: t: 1")).isZero();

        assertThat(paths).hasSize(60).contains("/v1/voice-quality", "/v1/script-api");
        assertThat(tokens).containsOnly("t: 1");
        assertThat(out.toString()).contains("posted 60 in").contains("200  60").contains("p99");
    }

    @Test
    void send_diurnal_followsTheDay() {
        assertThat(send("--count", "10", "--rate", "1000", "--diurnal")).isZero();

        assertThat(paths).hasSize(10);
    }

    @Test
    void send_oneType_sendsOnlyThat() {
        assertThat(send("--count", "10", "--type", "script_api")).isZero();

        assertThat(paths).hasSize(10).containsOnly("/v1/script-api");
    }

    @Test
    void send_refused_countsGoesOnAndFails() {
        everyThird = 503;

        assertThat(send("--count", "30", "--concurrency", "1")).isEqualTo(1);

        assertThat(out.toString()).contains("200  20").contains("503  10").contains("10 were not answered 2xx");
    }

    @Test
    void send_file_isPostedAsItIs(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("body.json"), "{\"event\":\"SCRIPT_API_MONITORING \"}\n");

        assertThat(send("--file", file.toString(), "--count", "2")).isZero();

        assertThat(bodies).containsExactly(Files.readString(file), Files.readString(file));
        assertThat(paths).containsOnly("/v1/script-api");
    }

    @Test
    void send_urlWithAPath_isTakenExactly() {
        assertThat(execute("--url", base() + "/my/hook?x=1", "--count", "5", "-q"))
                .isZero();

        assertThat(paths).hasSize(5).containsOnly("/my/hook");
    }

    @Test
    void send_nonsense_isUsage() {
        assertThat(send("--type", "chat")).isEqualTo(2);
        assertThat(send("--header", "nothing")).isEqualTo(2);
        assertThat(send("--header", "Host: other")).isEqualTo(2);
        assertThat(send("--count", "0")).isEqualTo(2);
        assertThat(send("--diurnal")).isEqualTo(2);
        assertThat(send("--file", "/no/such/file")).isEqualTo(2);
        assertThat(execute("--url", "ftp:x")).isEqualTo(2);
        assertThat(paths).isEmpty();
    }

    private int send(String... arguments) {
        String[] all = new String[arguments.length + 3];
        all[0] = "--url";
        all[1] = base();
        all[2] = "--quiet";
        System.arraycopy(arguments, 0, all, 3, arguments.length);
        return execute(all);
    }

    private int execute(String... arguments) {
        return new CommandLine(new SendCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }

    private String base() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }
}
