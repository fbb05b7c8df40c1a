package dev.cxotel.bridge.receiver;

import static dev.cxotel.bridge.receiver.ReceiverAnswersTest.assertProblem;
import static dev.cxotel.bridge.receiver.RunningReceiver.VOICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cxotel.bridge.testing.Alone;
import dev.cxotel.bridge.testing.RawHttp;
import dev.cxotel.semconv.CxotelAttributes;
import dev.cxotel.semconv.CxotelMetrics;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Slow, silent and too many senders, and a receiver that stops. */
@Alone
class ReceiverPatienceTest {

    @Test
    void slowBody_is408AndTheConnectionEnds() throws Exception {
        RunningReceiver.Settings settings = new RunningReceiver.Settings();
        settings.bodyTimeout = Duration.ofMillis(400);
        try (RunningReceiver running = RunningReceiver.start(settings);
                RawHttp http = running.connect()) {
            long began = System.nanoTime();
            RawHttp.Response response =
                    http.post(VOICE, "Content-Length: 100").send("half").read();

            assertProblem(response, 408, "body_timeout");
            assertThat(Duration.ofNanos(System.nanoTime() - began))
                    .isBetween(Duration.ofMillis(390), Duration.ofSeconds(30));
            assertThat(http.isClosedByPeer()).isTrue();
            assertThat(running.journal.counted("voice", "body_timeout")).isEqualTo(1);
            assertThat(inFlight(running)).isZero();
        }
    }

    @Test
    void drippingBody_is408() throws Exception {
        RunningReceiver.Settings settings = new RunningReceiver.Settings();
        settings.bodyTimeout = Duration.ofMillis(600);
        try (RunningReceiver running = RunningReceiver.start(settings);
                RawHttp http = running.connect()) {
            http.post(VOICE, "Content-Length: 1000");
            AtomicInteger dripped = new AtomicInteger();
            await().pollInterval(Duration.ofMillis(50)).until(() -> {
                drip(http, dripped);
                return running.journal.counted("voice", "body_timeout") == 1;
            });

            assertProblem(http.read(), 408, "body_timeout");
            assertThat(dripped.get()).isPositive();
        }
    }

    @Test
    void halfHead_isCut() {
        RunningReceiver.Settings settings = new RunningReceiver.Settings();
        settings.bodyTimeout = Duration.ofMillis(400);
        try (RunningReceiver running = RunningReceiver.start(settings);
                RawHttp http = running.connect()) {
            http.send("POST " + VOICE + " HTTP/1.1\r\nHost: x\r\nX-Slow: ");
            assertThat(http.isClosedByPeer()).isTrue();
            assertThat(cut(running, "slow_head")).isEqualTo(1);
        }
    }

    @Test
    void silentConnection_isCut() {
        RunningReceiver.Settings settings = new RunningReceiver.Settings();
        settings.bodyTimeout = Duration.ofMillis(400);
        try (RunningReceiver running = RunningReceiver.start(settings);
                RawHttp http = running.connect()) {
            assertThat(http.isClosedByPeer()).isTrue();
            assertThat(cut(running, "silent")).isEqualTo(1);
        }
    }

    @Test
    void keptConnection_outlivesTheBodyDeadline() {
        RunningReceiver.Settings settings = new RunningReceiver.Settings();
        settings.bodyTimeout = Duration.ofMillis(500);
        try (RunningReceiver running = RunningReceiver.start(settings);
                RawHttp http = running.connect()) {
            String request = "POST " + VOICE + " HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\n";
            // In one piece each, so that a slow machine does not part head and body.
            assertThat(http.send(request + "one").read().status()).isEqualTo(200);
            await().pollDelay(Duration.ofMillis(1200)).until(() -> true);
            assertThat(http.send(request + "two").read().status()).isEqualTo(200);
        }
    }

    @Test
    void silentConnections_doNotKeepOthersOutForEver() {
        RunningReceiver.Settings settings = new RunningReceiver.Settings();
        settings.maxConnections = 10;
        settings.bodyTimeout = Duration.ofMillis(500);
        try (RunningReceiver running = RunningReceiver.start(settings)) {
            List<RawHttp> silent = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                silent.add(running.connect());
            }
            assertThat(running.post(VOICE, "one").status()).isEqualTo(200);
            assertThat(cut(running, "silent")).isGreaterThanOrEqualTo(1);
            silent.forEach(RawHttp::close);
        }
    }

    @Test
    void bytesInFlight_areLimitedAcrossRequests() throws Exception {
        RunningReceiver.Settings settings = new RunningReceiver.Settings();
        settings.maxInFlightBytes = java.util.Optional.of(100_000L);
        try (RunningReceiver running = RunningReceiver.start(settings);
                RawHttp one = running.connect();
                RawHttp two = running.connect()) {
            one.post(VOICE, "Content-Length: 60000").send(new byte[59_000]);
            await().until(() -> inFlight(running) >= 50_000);

            RawHttp.Response refused = two.post(VOICE, "Content-Length: 60000")
                    .send(new byte[60_000])
                    .read();

            assertProblem(refused, 503, "in_flight_bytes");
            assertThat(refused.header("Retry-After")).isEqualTo("1");
            assertThat(one.send(new byte[1000]).read().status()).isEqualTo(200);
            assertThat(running.post(VOICE, "x".repeat(60_000)).status())
                    .as("what was held is free again")
                    .isEqualTo(200);
            assertThat(inFlight(running)).isZero();
        }
    }

    @Test
    void threeHundredHalfBodies_keepNobodyOut() {
        RunningReceiver.Settings settings = new RunningReceiver.Settings();
        settings.maxInFlightBytes = java.util.Optional.of(8L << 20);
        settings.bodyTimeout = Duration.ofSeconds(60);
        try (RunningReceiver running = RunningReceiver.start(settings)) {
            List<RawHttp> half = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                RawHttp http = running.connect();
                half.add(
                        i % 2 == 0
                                ? http.post(VOICE, "Content-Length: 60000").send(new byte[1000])
                                : http.post(VOICE, "Transfer-Encoding: chunked")
                                        .send("ea60\r\n")
                                        .send(new byte[1000]));
            }
            await().until(() -> inFlight(running) >= 150_000);
            long slowest = 0;
            for (int i = 0; i < 100; i++) {
                long began = System.nanoTime();
                assertThat(running.post(VOICE, "line " + i).status()).isEqualTo(200);
                slowest = Math.max(slowest, System.nanoTime() - began);
            }
            assertThat(Duration.ofNanos(slowest))
                    .as("nobody waits for the end of a half body")
                    .isLessThan(settings.bodyTimeout.dividedBy(4));
            half.forEach(RawHttp::close);
            await().until(() -> inFlight(running) == 0);
        }
    }

    @Test
    void manyHugeChunks_areForgottenWhenRefused() {
        RunningReceiver.Settings settings = new RunningReceiver.Settings();
        settings.maxBodySize = 1 << 20;
        settings.maxInFlightBytes = java.util.Optional.of(1L << 20);
        try (RunningReceiver running = RunningReceiver.start(settings)) {
            List<RawHttp> huge = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                huge.add(running.connect()
                        .post(VOICE, "Transfer-Encoding: chunked")
                        .send("7fffffff\r\n")
                        .send(new byte[200_000]));
            }
            await().until(() -> running.journal.counted("voice", "in_flight_bytes") >= 10);
            huge.forEach(RawHttp::close);
            await().until(() -> inFlight(running) == 0);
            assertThat(running.post(VOICE, "one").status()).isEqualTo(200);
        }
    }

    @Test
    void stop_letsRequestsInProgressEndAndRefusesNewOnes() throws Exception {
        CountDownLatch held = new CountDownLatch(1);
        RunningReceiver.Settings settings = new RunningReceiver.Settings();
        settings.stopTimeout = Duration.ofSeconds(60);
        RunningReceiver running = RunningReceiver.start(settings);
        running.journal.hold(held);
        try (RawHttp inProgress = running.connect();
                RawHttp kept = running.connect();
                RawHttp another = running.connect()) {
            inProgress.post(VOICE, "Content-Length: 3").send("one");
            await().until(() -> inFlight(running) >= 3);
            Thread stopping = Thread.ofVirtual().start(running.receiver::stop);
            await().until(running.receiver::isStopping);

            RawHttp.Response refused =
                    kept.post(VOICE, "Content-Length: 3").send("two").read();
            assertProblem(refused, 503, "stopping");
            assertThat(refused.header("Retry-After")).isEqualTo("5");
            assertThat(another.post("/nobody", "Content-Length: 0").read().status())
                    .isEqualTo(503);
            assertThat(stopping.isAlive()).isTrue();

            held.countDown();
            assertThat(inProgress.read().status()).isEqualTo(200);
            assertThat(stopping.join(Duration.ofSeconds(60))).isTrue();
            assertThat(running.journal.appends()).hasSize(1);
            assertThat(running.journal.counted("voice", "stopping")).isEqualTo(1);
        }
    }

    @Test
    void stop_doesNotWaitLongerThanItIsTold() throws Exception {
        RunningReceiver.Settings settings = new RunningReceiver.Settings();
        settings.stopTimeout = Duration.ofMillis(300);
        RunningReceiver running = RunningReceiver.start(settings);
        running.journal.hold(new CountDownLatch(1));
        try (RawHttp http = running.connect()) {
            http.post(VOICE, "Content-Length: 3").send("one");
            await().until(() -> inFlight(running) >= 3);
            long began = System.nanoTime();
            running.receiver.stop();
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(30));
        }
    }

    private static double inFlight(RunningReceiver running) {
        return running.telemetry
                .read(CxotelMetrics.CXOTEL_RECEIVER_IN_FLIGHT)
                .getFirst()
                .value();
    }

    private static double cut(RunningReceiver running, String reason) {
        return running.telemetry.sum(
                CxotelMetrics.CXOTEL_RECEIVER_CONNECTIONS_CUT, CxotelAttributes.CXOTEL_REASON, reason);
    }

    private static void drip(RawHttp http, AtomicInteger dripped) {
        try {
            http.send("x");
            dripped.incrementAndGet();
        } catch (UncheckedIOException e) {
            // The receiver has closed already; the answer is still there to read.
        }
    }
}
