package dev.cxotel.bridge.doctor;

import dev.cxotel.bridge.otlp.Trial.TlsSession;
import dev.cxotel.bridge.otlp.answer.ExportResult;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What one signal to one destination came to.
 *
 * @param addresses of the host, or of the proxy on the way to it; empty when the name is not known
 * @param proxy on the way, without its password
 * @param tls of the connection, or of a look at a certificate that is not trusted
 * @param rejected items that the backend says it refused
 * @param skew how much the backend's clock is ahead of this one; negative when it is behind
 * @param advice what to do, one sentence each; empty when all is well
 */
public record Examination(
        String destination,
        String preset,
        String signal,
        URI url,
        List<String> addresses,
        Optional<String> proxy,
        Optional<TlsSession> tls,
        ExportResult result,
        Duration took,
        long rejected,
        Optional<Duration> skew,
        List<String> advice) {

    /** Whether the backend took the request and refused nothing of it. */
    public boolean isAccepted() {
        return result instanceof ExportResult.Accepted && rejected == 0;
    }
}
