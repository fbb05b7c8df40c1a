package dev.cxotel.bridge.receiver.tls;

import static dev.cxotel.semconv.CxotelAttributes.CXOTEL_REASON;

import dev.cxotel.bridge.telemetry.Telemetry;
import dev.cxotel.semconv.CxotelMetrics;
import io.opentelemetry.api.common.Attributes;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts handshakes, and logs the refused ones: at most one line a second, which says how many others there were. */
final class Handshakes {

    private static final Logger log = LoggerFactory.getLogger(Handshakes.class);

    private static final long LOG_PAUSE = TimeUnit.SECONDS.toNanos(1);

    private final Telemetry telemetry;
    private final LongSupplier nanoTime;
    private final AtomicLong nextLine;
    private final AtomicLong held = new AtomicLong();

    Handshakes(Telemetry telemetry, LongSupplier nanoTime) {
        this.telemetry = telemetry;
        this.nanoTime = nanoTime;
        this.nextLine = new AtomicLong(nanoTime.getAsLong());
    }

    void done(double seconds) {
        telemetry.record(CxotelMetrics.CXOTEL_RECEIVER_HANDSHAKE_DURATION, seconds, Attributes.empty());
    }

    /**
     * A handshake that came to no good end.
     *
     * @param late whether its time was over
     */
    void failed(IOException failure, boolean late, @Nullable SocketAddress remote) {
        RefusedCertificateException certificate = refusedCertificate(failure);
        if (certificate != null) {
            refused(certificate.reason(), "certificate of \"" + Printable.of(certificate.subject()) + "\"", remote);
        } else if (late) {
            refused("timeout", "it took too long", remote);
        } else if (isClosed(failure)) {
            refused("closed", "the client went away within it", remote);
        } else {
            refused("protocol", Printable.of(String.valueOf(failure.getMessage())), remote);
        }
    }

    /** @param reason a word of {@code cxotel.reason} */
    void refused(String reason, String detail, @Nullable SocketAddress remote) {
        telemetry.add(CxotelMetrics.CXOTEL_RECEIVER_HANDSHAKES_REFUSED, 1, Attributes.of(CXOTEL_REASON, reason));
        long now = nanoTime.getAsLong();
        long due = nextLine.get();
        if (now - due >= 0 && nextLine.compareAndSet(due, now + LOG_PAUSE)) {
            log.warn(
                    "TLS handshake refused ({}): {}, from {}; {} more since the last such line",
                    reason,
                    detail,
                    remote,
                    held.getAndSet(0));
        } else {
            held.incrementAndGet();
        }
    }

    private static boolean isClosed(IOException failure) {
        return failure instanceof EOFException
                || failure instanceof SocketException
                || (failure instanceof SSLException
                        && (failure.getCause() instanceof EOFException
                                || failure.getCause() instanceof SocketException));
    }

    private static @Nullable RefusedCertificateException refusedCertificate(Throwable failure) {
        for (Throwable one = failure; one != null; one = one.getCause()) {
            if (one instanceof RefusedCertificateException refused) {
                return refused;
            }
        }
        return null;
    }

    /** Text of a stranger as a log may hold it. */
    private record Printable() {
        static String of(String text) {
            String cut = text.length() > 200 ? text.substring(0, 200) + "…" : text;
            return cut.replaceAll("\\p{Cntrl}", "?");
        }
    }
}
