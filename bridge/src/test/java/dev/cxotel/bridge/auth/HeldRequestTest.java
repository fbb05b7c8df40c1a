package dev.cxotel.bridge.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.cxotel.bridge.event.Bytes;
import dev.cxotel.bridge.event.Delivery;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HeldRequestTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Delivery DELIVERY = new Delivery("voice", NOW, Bytes.utf8("{\"a\":1}"));

    @Test
    void read_whatWasWritten_isTheSameRequest() {
        for (Bytes wire : List.of(DELIVERY.body(), Bytes.utf8("packed"), Bytes.EMPTY)) {
            for (InetSocketAddress remote : List.of(
                    new InetSocketAddress(InetAddress.ofLiteral("192.0.2.1"), 65_535),
                    new InetSocketAddress(InetAddress.ofLiteral("2001:db8::1"), 1),
                    InetSocketAddress.createUnresolved("unknown", 0))) {
                WebhookRequest request = request(remote, wire);
                assertThat(HeldRequest.read(HeldRequest.write(request), DELIVERY))
                        .contains(request);
            }
        }
    }

    @Test
    void read_everythingShorterOrLonger_isEmpty() {
        byte[] whole = HeldRequest.write(
                        request(InetSocketAddress.createUnresolved("unknown", 0), Bytes.utf8("packed")))
                .toArray();
        for (int length = 0; length < whole.length; length++) {
            assertThat(HeldRequest.read(Bytes.copyOf(Arrays.copyOf(whole, length)), DELIVERY))
                    .isEmpty();
        }
        assertThat(HeldRequest.read(Bytes.copyOf(Arrays.copyOf(whole, whole.length + 1)), DELIVERY))
                .isEmpty();
    }

    @FuzzTest(maxDuration = "5m")
    void read_anyBytes_isAnswered(byte[] bytes) {
        HeldRequest.read(Bytes.copyOf(bytes), DELIVERY)
                .ifPresent(request -> assertThat(HeldRequest.read(HeldRequest.write(request), DELIVERY))
                        .contains(request));
    }

    private static WebhookRequest request(InetSocketAddress remote, Bytes wire) {
        return new WebhookRequest(
                "POST",
                "/v1/voice%2Dquality",
                "a=%2F&&b",
                List.of(new HeaderField("X-Sig", "abc\u00e9"), new HeaderField("x-sig", "")),
                remote,
                true,
                List.of(),
                NOW,
                Optional.of(new WebhookRequest.Body(wire, DELIVERY.body())));
    }
}
