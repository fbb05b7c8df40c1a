package dev.cxotel.bridge.cli.demo;

import dev.cxotel.bridge.auth.HeaderField;
import dev.cxotel.bridge.auth.signature.OutgoingRequest;
import dev.cxotel.bridge.auth.signature.Signer;
import dev.cxotel.bridge.event.Bytes;
import dev.cxotel.bridge.simulator.WebhookClient;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One signature for many requests until it is refreshed, as CXone's REFRESH RATE has it. Only for a scheme that signs
 * neither URL nor body.
 */
final class ReusedSignature implements WebhookClient.Signature {

    private static final Duration REFRESH = Duration.ofMinutes(1);

    private final Signer signer;
    private final InstantSource clock;
    private final AtomicReference<@Nullable Made> made = new AtomicReference<>();

    ReusedSignature(Signer signer, InstantSource clock) {
        this.signer = signer;
        this.clock = clock;
    }

    @Override
    public void sign(HttpRequest.Builder request, URI url, byte[] body) {
        Instant now = clock.instant();
        Made last = made.get();
        if (last == null || !now.isBefore(last.at.plus(REFRESH))) {
            last = new Made(
                    now,
                    signer.sign(new OutgoingRequest("POST", url, List.of(), Bytes.copyOf(body)))
                            .headers());
            made.set(last);
        }
        last.headers.forEach(header -> request.setHeader(header.name(), header.value()));
    }

    private record Made(Instant at, List<HeaderField> headers) {}
}
