package dev.cxotel.bridge.receiver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cxotel.bridge.testing.Alone;
import dev.cxotel.bridge.testing.RawHttp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What strangers do to a TLS port. After each the receiver serves, and the journal has nothing of them. */
@Alone
class ReceiverTlsAttacksTest {

    /** The first bytes of a ClientHello: a record of 512 bytes that never comes whole. */
    private static final byte[] HALF_HELLO = HexFormat.of().parseHex("1603010200010001fc0303");

    /** A whole ClientHello of TLS 1.1, made by hand after RFC 4346: one cipher suite, no extension. */
    private static final byte[] HELLO_OF_TLS_1_1 =
            HexFormat.of().parseHex("160301002d" + "01000029" + "0302" + "00".repeat(32) + "00" + "0002002f" + "0100");

    private final List<RawHttp> connections = new ArrayList<>();

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        connections.forEach(RawHttp::close);
    }

    @Test
    void plainHttp_isToldSo() throws Exception {
        try (RunningTls running = RunningTls.start(folder)) {
            RawHttp http = plain(running);
            // No body: the answer comes, and the connection ends, after the first bytes.
            RawHttp.Response answer = http.post("/open", "Content-Length: 3").read();
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.body()).contains("https://");
            await().until(() -> running.refused("not_tls") == 1);
            assertHealthy(running);
        }
    }

    @Test
    void oldVersion_isRefused() throws Exception {
        try (RunningTls running = RunningTls.start(folder)) {
            RawHttp http = plain(running).send(HELLO_OF_TLS_1_1);
            await().until(() -> running.refused("protocol") == 1);
            assertThat(http.isClosedByPeer()).as("after an alert").isFalse();
            assertHealthy(running);
        }
    }

    @Test
    void halfHandshakes_endAtTheDeadlineHoweverTheyDrip() throws Exception {
        RunningTls.Settings settings = new RunningTls.Settings();
        settings.handshakeTimeout = Duration.ofMillis(1500);
        settings.maxConnections = 20;
        try (RunningTls running = RunningTls.start(folder, settings)) {
            for (int i = 0; i < 9; i++) {
                plain(running);
                plain(running).send(HALF_HELLO);
            }
            RawHttp drip = plain(running).send(HALF_HELLO);
            AtomicInteger dripped = new AtomicInteger();
            await().pollInterval(Duration.ofMillis(40)).until(() -> {
                drip(drip, dripped);
                return running.refused("timeout") == 19;
            });
            assertThat(dripped.get()).isPositive();
            assertHealthy(running);
        }
    }

    @Test
    void twiceMaxConnectionsOfSilence_keepNobodyOutForLong() throws Exception {
        RunningTls.Settings settings = new RunningTls.Settings();
        settings.handshakeTimeout = Duration.ofSeconds(1);
        settings.maxConnections = 10;
        try (RunningTls running = RunningTls.start(folder, settings)) {
            for (int i = 0; i < 20; i++) {
                plain(running);
            }
            long began = System.nanoTime();
            assertHealthy(running);
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(30));
            assertThat(running.refused("timeout")).isGreaterThanOrEqualTo(10);
        }
    }

    @Test
    void twiceMaxConnectionsAfterTheHandshake_keepNobodyOutForLong() throws Exception {
        RunningTls.Settings settings = new RunningTls.Settings();
        settings.bodyTimeout = Duration.ofMillis(500);
        settings.handshakeTimeout = Duration.ofSeconds(1);
        settings.maxConnections = 10;
        try (RunningTls running = RunningTls.start(folder, settings)) {
            for (int i = 0; i < 20; i++) {
                RawHttp http = plain(running);
                if (i < 10) {
                    connections.add(shaken(running));
                    http.close();
                }
            }
            assertHealthy(running);
        }
    }

    @Test
    void slowHead_isCut() throws Exception {
        RunningTls.Settings settings = new RunningTls.Settings();
        settings.bodyTimeout = Duration.ofMillis(600);
        try (RunningTls running = RunningTls.start(folder, settings);
                RawHttp http = running.connect(running.client(running.known))) {
            http.send("POST /own HTTP/1.1\r\nHost: x\r\n");
            AtomicInteger dripped = new AtomicInteger();
            AtomicBoolean closed = new AtomicBoolean();
            Thread.ofVirtual().start(() -> closed.set(http.isClosedByPeer()));
            await().pollInterval(Duration.ofMillis(40))
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> {
                        drip(http, dripped);
                        return closed.get();
                    });
            assertThat(dripped.get()).isPositive();
            assertHealthy(running);
        }
    }

    @Test
    void slowBody_isAnswered408() throws Exception {
        RunningTls.Settings settings = new RunningTls.Settings();
        settings.bodyTimeout = Duration.ofMillis(600);
        try (RunningTls running = RunningTls.start(folder, settings);
                RawHttp http = running.connect(running.client(running.known))) {
            http.post("/own", "Content-Length: 1000");
            AtomicInteger dripped = new AtomicInteger();
            await().pollInterval(Duration.ofMillis(40)).until(() -> {
                drip(http, dripped);
                return running.journal.counted("own", "body_timeout") == 1;
            });
            assertThat(http.read().status()).isEqualTo(408);
            assertThat(dripped.get()).isPositive();
            assertHealthy(running);
        }
    }

    @Test
    void slowButHonestBody_isTaken() throws Exception {
        RunningTls.Settings settings = new RunningTls.Settings();
        settings.bodyTimeout = Duration.ofSeconds(60);
        try (RunningTls running = RunningTls.start(folder, settings);
                RawHttp http = running.connect(running.client(running.known))) {
            http.post("/own", "Content-Length: 3").send("o");
            await().pollDelay(Duration.ofMillis(1200)).until(() -> true);
            assertThat(http.send("ne").read().status())
                    .as("a pause of more than a read's timeout")
                    .isEqualTo(200);
        }
    }

    @Test
    void moreHandshakesThanTheRate_waitOrAreTurnedAway() throws Exception {
        RunningTls.Settings settings = new RunningTls.Settings();
        settings.handshakeRate = 5;
        settings.handshakeTimeout = Duration.ofSeconds(1);
        try (RunningTls running = RunningTls.start(folder, settings);
                RawHttp kept = running.connect(running.client(running.known))) {
            AtomicInteger connected = new AtomicInteger();
            long began = System.nanoTime();
            List<Thread> crowd = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                crowd.add(Thread.ofVirtual().start(() -> {
                    try {
                        running.connect(running.client(null)).close();
                        connected.incrementAndGet();
                    } catch (IOException e) {
                        // turned away
                    }
                }));
            }
            for (int i = 0; i < 20; i++) {
                assertThat(RunningTls.send(kept, "/own").status()).isEqualTo(200);
            }
            assertThat(Duration.ofNanos(System.nanoTime() - began))
                    .as("established connections are served meanwhile")
                    .isLessThan(Duration.ofSeconds(20));
            for (Thread one : crowd) {
                one.join();
            }
            // A burst, those who wait for half a time-out, and what the rate gave while the crowd came.
            double seconds = (System.nanoTime() - began) / 1e9;
            int most = (int) Math.ceil(5 + 5 * (0.5 + seconds));
            assertThat(running.refused("rate_limited")).isBetween(Math.max(0.0, 40 - most), 36.0);
            assertThat(connected.get()).isBetween(1, most);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nPOST /own HTTP/1.1\r\n",
                "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding:\u000bchunked\r\n\r\n0\r\n\r\n",
                "Content-Length: 3\r\nContent-Length: 30\r\n\r\none",
                "Content-Length: +3\r\n\r\none",
                "Content-Length: 3, 3\r\n\r\none",
                "Content-Length: 0x3\r\n\r\none",
                "X: a\nContent-Length: 3\r\n\r\none",
                " Content-Length: 3\r\n\r\none",
                "Content-Length: 3\r\n folded\r\n\r\none"
            })
    void smuggledRequests_areNeverRead(String lines) throws Exception {
        try (RunningTls running = RunningTls.start(folder);
                RawHttp http = running.connect(running.client(running.known))) {
            http.send("POST /own HTTP/1.1\r\nHost: x\r\n" + lines
                    + "POST /own HTTP/1.1\r\nHost: x\r\nContent-Length: 8\r\n\r\nsmuggled");
            List<Integer> answers = new ArrayList<>();
            try {
                answers.add(http.read().status());
                answers.add(http.read().status());
            } catch (UncheckedIOException e) {
                // The connection is closed after the first answer, as it must be.
            }
            assertThat(answers).as(lines).allMatch(status -> status >= 400).hasSizeLessThan(2);
            assertThat(running.journal.appends()).isEmpty();
            assertHealthy(running);
        }
    }

    private RawHttp plain(RunningTls running) {
        RawHttp http = RawHttp.connect(running.receiver.port());
        connections.add(http);
        return http;
    }

    /** Shakes hands, again and again on a machine that is too slow for the time-out. */
    private static RawHttp shaken(RunningTls running) {
        return patiently().until(() -> running.connect(running.client(null)), http -> true);
    }

    private static void assertHealthy(RunningTls running) {
        int before = running.journal.appends().size();
        assertThat(before).as("nothing of the attack is stored").isZero();
        int status = patiently().until(() -> running.post(running.known, "/own").status(), answer -> true);
        assertThat(status).isEqualTo(200);
        assertThat(running.journal.appends()).hasSize(1);
    }

    /** A slow machine can miss the short time-outs of these tests although it means well; then it tries again. */
    private static ConditionFactory patiently() {
        return await().pollDelay(Duration.ZERO)
                .ignoreExceptionsMatching(e -> e instanceof IOException || e instanceof UncheckedIOException);
    }

    private static void drip(RawHttp http, AtomicInteger dripped) {
        try {
            http.send("x");
            dripped.incrementAndGet();
        } catch (UncheckedIOException e) {
            // It is closed already.
        }
    }
}
