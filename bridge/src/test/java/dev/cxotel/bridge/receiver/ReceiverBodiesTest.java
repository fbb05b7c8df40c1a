package dev.cxotel.bridge.receiver;

import static dev.cxotel.bridge.receiver.ReceiverAnswersTest.assertProblem;
import static dev.cxotel.bridge.receiver.RunningReceiver.VOICE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cxotel.bridge.testing.RawHttp;
import dev.cxotel.semconv.CxotelMetrics;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Bodies of every size, coding and framing. */
class ReceiverBodiesTest {

    private static final int MAX = 64 << 10;

    private final RunningReceiver running = RunningReceiver.start();

    @AfterEach
    void stop() {
        assertThat(running.telemetry
                        .read(CxotelMetrics.CXOTEL_RECEIVER_IN_FLIGHT)
                        .getFirst()
                        .value())
                .as("every byte that was admitted is given back")
                .isZero();
        running.close();
    }

    @Test
    void length_isExact() throws Exception {
        assertThat(running.post(VOICE, "x".repeat(MAX)).status()).isEqualTo(200);
        assertProblem(running.post(VOICE, "x".repeat(MAX + 1)), 413, "body_too_large");
        assertThat(running.journal.counted("voice", "body_too_large")).isEqualTo(1);
    }

    @Test
    void chunks_areCountedAsTheyCome() throws Exception {
        assertThat(chunked("x".repeat(1000), 65, MAX - 65_000).status()).isEqualTo(200);
        assertProblem(chunked("x".repeat(1000), 65, MAX - 65_000 + 1), 413, "body_too_large");
    }

    @Test
    void oneHugeChunk_isCutWhateverItsLengthSays() throws Exception {
        try (RawHttp http = running.connect()) {
            http.post(VOICE, "Transfer-Encoding: chunked").send("7fffffff\r\n");
            byte[] piece = new byte[16 << 10];
            Arrays.fill(piece, (byte) 'x');
            for (int i = 0; i < 16; i++) {
                http.send(piece);
            }
            assertProblem(http.read(), 413, "body_too_large");
        }
    }

    @Test
    void endlessChunkLength_isCut() throws Exception {
        try (RawHttp http = running.connect()) {
            http.post(VOICE, "Transfer-Encoding: chunked").send("0".repeat(3 * MAX + (64 << 10)));
            assertThat(http.read().status()).isIn(400, 413);
        }
    }

    @Test
    void refusedBody_isReadToItsEndSoThatTheAnswerArrives() throws Exception {
        try (RawHttp http = running.connect()) {
            http.post(VOICE, "Content-Length: " + (6 << 20)).send(new byte[6 << 20]);
            assertProblem(http.read(), 413, "body_too_large");
            assertThat(http.isClosedByPeer()).isTrue();
        }
    }

    @Test
    void refusedPath_isReadToItsEndToo() throws Exception {
        try (RawHttp http = running.connect()) {
            http.post("/nobody", "Transfer-Encoding: chunked");
            for (int i = 0; i < 40; i++) {
                http.send("10000\r\n").send(new byte[0x10000]).send("\r\n");
            }
            assertProblem(http.send("0\r\n\r\n").finish().read(), 404, "not_found");
        }
    }

    @Test
    void expectContinue_isAskedForOnlyWhenTheBodyIsWanted() throws Exception {
        try (RawHttp http = running.connect()) {
            http.post(VOICE, "Expect: 100-continue", "Content-Length: 3");
            assertThat(http.read().status()).isEqualTo(100);
            assertThat(http.send("one").read().status()).isEqualTo(200);
        }
        try (RawHttp http = running.connect()) {
            http.post(VOICE, "Expect: 100-continue", "Content-Length: " + (MAX + 1));
            assertProblem(http.read(), 413, "body_too_large");
            assertThat(http.isClosedByPeer()).isTrue();
        }
    }

    @Test
    void gzip_isInflated() {
        byte[] body = gzip("one\ntwo".getBytes(StandardCharsets.UTF_8));

        assertThat(post(body, "Content-Encoding: gzip").body()).startsWith("{\"accepted\":2");
        assertThat(post(body, "Content-Encoding: X-GZip").body()).contains("\"duplicates\":2");
        assertThat(post(body, "Content-Encoding: identity, gzip").status()).isEqualTo(200);
        assertThat(running.journal.appends().getFirst().delivery().body().toUtf8())
                .isEqualTo("one\ntwo");
    }

    @Test
    void gzipBomb_isCutAtTheLimit() throws Exception {
        byte[] zeros = new byte[32 << 20];
        byte[] bomb = gzip(zeros);
        assertThat(bomb.length).isLessThan(MAX);

        assertProblem(post(bomb, "Content-Encoding: gzip"), 413, "body_too_large");
    }

    @Test
    void gzip_limitIsExact() throws Exception {
        assertThat(post(gzip("x".repeat(MAX).getBytes(StandardCharsets.UTF_8)), "Content-Encoding: gzip")
                        .status())
                .isEqualTo(200);
        assertProblem(
                post(gzip("x".repeat(MAX + 1).getBytes(StandardCharsets.UTF_8)), "Content-Encoding: gzip"),
                413,
                "body_too_large");
    }

    @Test
    void gzip_brokenOrCut_is400() throws Exception {
        byte[] good = gzip("one".repeat(500).getBytes(StandardCharsets.UTF_8));

        assertProblem(post("plain".getBytes(StandardCharsets.UTF_8), "Content-Encoding: gzip"), 400, "bad_encoding");
        assertProblem(post(Arrays.copyOf(good, good.length - 6), "Content-Encoding: gzip"), 400, "bad_encoding");
    }

    @Test
    void gzip_twiceOrUnknown_is415() throws Exception {
        byte[] body = gzip("one".getBytes(StandardCharsets.UTF_8));

        assertProblem(post(body, "Content-Encoding: gzip, gzip"), 415, "content_encoding");
        assertProblem(post(body, "Content-Encoding: gzip", "Content-Encoding: gzip"), 415, "content_encoding");
        assertProblem(post(body, "Content-Encoding: deflate"), 415, "content_encoding");
    }

    @Test
    void endWithinTheBody_is400() throws Exception {
        try (RawHttp http = running.connect()) {
            http.post(VOICE, "Content-Length: 100").send("half").finish();
            assertProblem(http.read(), 400, "incomplete_body");
        }
        assertThat(running.journal.counted("voice", "incomplete_body")).isEqualTo(1);
        assertThat(running.journal.appends()).isEmpty();
    }

    @Test
    void brokenChunk_is400() throws Exception {
        try (RawHttp http = running.connect()) {
            http.post(VOICE, "Transfer-Encoding: chunked")
                    .send("zz\r\nabc\r\n0\r\n\r\n")
                    .finish();
            assertProblem(http.read(), 400, "bad_framing");
        }
    }

    @Test
    void pipelinedRequests_areBothAnswered() {
        try (RawHttp http = running.connect()) {
            String one = "POST " + VOICE + " HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\n";
            http.send(one + "one" + one + "two");
            assertThat(http.read().status()).isEqualTo(200);
            assertThat(http.read().status()).isEqualTo(200);
        }
    }

    private RawHttp.Response chunked(String chunk, int count, int last) {
        try (RawHttp http = running.connect()) {
            http.post(VOICE, "Transfer-Encoding: chunked");
            for (int i = 0; i < count; i++) {
                http.send(Integer.toHexString(chunk.length()) + "\r\n" + chunk + "\r\n");
            }
            return http.send(Integer.toHexString(last) + "\r\n" + "y".repeat(last) + "\r\n0\r\n\r\n")
                    .read();
        }
    }

    private RawHttp.Response post(byte[] body, String... headers) {
        try (RawHttp http = running.connect()) {
            String[] all = Arrays.copyOf(headers, headers.length + 1);
            all[headers.length] = "Content-Length: " + body.length;
            return http.post(VOICE, all).send(body).read();
        }
    }

    private static byte[] gzip(byte[] content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
