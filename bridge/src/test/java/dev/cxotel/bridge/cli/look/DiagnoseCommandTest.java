package dev.cxotel.bridge.cli.look;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.cxotel.bridge.auth.WebhookRequest;
import dev.cxotel.bridge.cli.Cxotel;
import dev.cxotel.bridge.cli.Seams;
import dev.cxotel.bridge.journal.Ledger;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DiagnoseCommandTest {

    private static final String SECRET = "a secret that both sides know";
    private static final String BODY = "{\"ContactId\":8675309}";

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void capturedRequest_tellsItsSchemeAndClock() throws Exception {
        assertThat(diagnose(captured("1772366400." + BODY), "2026-03-01T12:00:30Z"))
                .as(err.toString())
                .isZero();
        assertThat(out.toString())
                .contains("headers: Host, X-Nexus-Timestamp, X-Nexus-Signature-256, Content-Length")
                .contains("scheme nice_expert: verified")
                .contains("would verify: nice_expert with key version 1, hmac_sha256, signed 30 s ago by our clock")
                .doesNotContain("8675309", SECRET);
    }

    @Test
    void capturedRequest_ofAnotherKey_isExitCodeOne() throws Exception {
        assertThat(diagnose(captured("something else"), "2026-03-01T12:00:30Z")).isEqualTo(1);
        assertThat(out.toString())
                .contains("scheme nice_expert: wrong_signature", "nothing that was tried would verify");
    }

    @Test
    void chunkedBody_isPutTogether() throws Exception {
        String head = "POST /v1/voice-quality?a=b HTTP/1.1\nHost: x\nTransfer-Encoding: chunked\n\n";
        WebhookRequest request = CapturedRequest.parse(
                (head + "4;x=y\r\n{\"a\"\r\n3\r\n:1}\r\n0\r\n\r\n").getBytes(ISO_8859_1), Instant.EPOCH);
        assertThat(request.body().orElseThrow().wire().toUtf8()).isEqualTo("{\"a\":1}");
        assertThat(request.target()).isEqualTo("/v1/voice-quality?a=b");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "POST",
                "POST / HTTP/1.1",
                "POST / HTTP/1.1\nHost x\n\n",
                "POST / HTTP/1.1\nContent-Length: 9\n\nshort",
                "POST / HTTP/1.1\nTransfer-Encoding: chunked\n\nffffff\nx",
                "GET /\n\n",
            })
    void whatIsNoRequest_saysWhatIsWrong(String text) {
        assertThatThrownBy(() -> CapturedRequest.parse(text.getBytes(ISO_8859_1), Instant.EPOCH))
                .isInstanceOf(IOException.class);
    }

    @FuzzTest(maxDuration = "5m")
    void parse_anyBytes_isARequestOrAnIoException(byte[] bytes) {
        try {
            assertThat(CapturedRequest.parse(bytes, Instant.EPOCH).body()).isPresent();
        } catch (IOException expected) {
            assertThat(expected).hasMessageNotContaining("null");
        }
    }

    private int diagnose(String request, String at) throws IOException {
        Path file = Files.writeString(folder.resolve("request.txt"), request, ISO_8859_1);
        Path config = Files.writeString(folder.resolve("cxotel.yaml"), """
                cxotel: 1
                receiver:
                  subscriptions:
                    - name: voice
                      type: voice_quality
                      path: /v1/voice-quality
                      auth:
                        signature: { scheme: standard_webhooks, keys: [ { version: "1", secret: "%s" } ] }
                """.formatted(SECRET));
        PrintWriter printer = new PrintWriter(err);
        Seams seams = new Seams(
                Map.of(), bridge -> () -> {}, books -> new Ledger(List.of(), List.of()), logging -> {}, stop -> {});
        return Cxotel.execute(
                seams,
                new PrintWriter(out),
                printer,
                "diagnose",
                "--request",
                file.toString(),
                "--config",
                config.toString(),
                "--at",
                at);
    }

    private static String captured(String signed) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(ISO_8859_1), "HmacSHA256"));
        return "POST /v1/voice-quality HTTP/1.1\r\nHost: hooks.example.com\r\nX-Nexus-Timestamp: 1772366400\r\n"
                + "X-Nexus-Signature-256: sha256=" + HexFormat.of().formatHex(mac.doFinal(signed.getBytes(ISO_8859_1)))
                + "\r\nContent-Length: " + BODY.length() + "\r\n\r\n" + BODY + "\n";
    }
}
