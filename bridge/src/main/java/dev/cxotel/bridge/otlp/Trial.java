package dev.cxotel.bridge.otlp;

import dev.cxotel.bridge.otlp.answer.ExportResult;
import dev.cxotel.bridge.otlp.answer.RetryAfter;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * One export that was watched.
 *
 * @param backendTime of the answer's {@code Date} header, to the second
 * @param answeredAt by the clock on this side
 * @param tls empty without TLS, without an answer and over gRPC
 */
public record Trial(
        ExportResult result,
        Optional<Instant> backendTime,
        Instant answeredAt,
        Duration took,
        Optional<TlsSession> tls) {

    private static final ScopedValue<Notes> CURRENT = ScopedValue.newInstance();

    /** How a connection was secured. */
    public record TlsSession(String protocol, String cipher, Optional<X509Certificate> certificate) {

        /** What a session says of itself. */
        public static TlsSession of(SSLSession session) {
            Optional<X509Certificate> certificate = Optional.empty();
            try {
                for (Certificate one : session.getPeerCertificates()) {
                    if (one instanceof X509Certificate x509) {
                        certificate = Optional.of(x509);
                        break;
                    }
                }
            } catch (SSLPeerUnverifiedException e) {
                certificate = Optional.empty();
            }
            return new TlsSession(session.getProtocol(), session.getCipherSuite(), certificate);
        }
    }

    /** Runs one export of a destination on this thread and watches its connection. */
    public static Trial of(Supplier<ExportResult> export, InstantSource clock) {
        Notes notes = new Notes();
        Instant start = clock.instant();
        ExportResult result = ScopedValue.where(CURRENT, notes).call(export::get);
        Instant end = clock.instant();
        java.net.http.@Nullable HttpResponse<?> answer = notes.answer;
        return new Trial(
                result,
                Optional.ofNullable(answer)
                        .flatMap(response -> response.headers().firstValue("Date"))
                        .flatMap(RetryAfter::instant),
                end,
                Duration.between(start, end),
                Optional.ofNullable(answer)
                        .flatMap(java.net.http.HttpResponse::sslSession)
                        .map(TlsSession::of));
    }

    /** Tells who watches, if anybody does. */
    static void saw(java.net.http.HttpResponse<?> answer) {
        if (CURRENT.isBound()) {
            CURRENT.get().answer = answer;
        }
    }

    private static final class Notes {
        private java.net.http.@Nullable HttpResponse<?> answer;
    }
}
