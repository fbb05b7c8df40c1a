package dev.cxotel.bridge.receiver;

import dev.cxotel.bridge.auth.WebhookRequest;
import dev.cxotel.bridge.event.Bytes;
import dev.cxotel.bridge.receiver.listener.BodyTimeoutException;
import dev.cxotel.bridge.receiver.listener.PacedSource;
import io.helidon.common.buffers.DataReader.InsufficientDataAvailableException;
import io.helidon.http.RequestException;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.zip.GZIPInputStream;

/**
 * The reading of a body within its limits: {@code max_body_size} bytes on the wire and again after decompression, a
 * deadline, and a share of the bytes in flight that grows with what really arrived. Every way in which it does not end
 * in a body is a {@link RefusedException}.
 */
final class BodyIntake {

    private static final int PIECE = 8192;
    /** Beside a body of chunks stands their framing; more than this is no sender but an attack. */
    private static final long FRAMING = 64L << 10;
    /** What the server needs to hold a piece, however small. */
    private static final int PIECE_OVERHEAD = 64;

    private final long maxBodySize;
    private final Duration timeout;

    BodyIntake(long maxBodySize, Duration timeout) {
        this.maxBodySize = maxBodySize;
        this.timeout = timeout;
    }

    WebhookRequest.Body read(ServerRequest request, Admission.Share share) {
        ContentCoding coding = ContentCoding.of(request.headers().values(io.helidon.http.HeaderNames.CONTENT_ENCODING));
        OptionalLong length = request.headers().contentLength();
        if (length.orElse(0) > maxBodySize) {
            throw tooLarge();
        }
        Bytes wire = request.content().hasEntity() ? readWire(request, share) : Bytes.EMPTY;
        return switch (coding) {
            case IDENTITY -> new WebhookRequest.Body(wire, wire);
            case GZIP -> new WebhookRequest.Body(wire, wire.isEmpty() ? wire : inflate(wire, share));
        };
    }

    private Bytes readWire(ServerRequest request, Admission.Share share) {
        Meter meter = new Meter(share);
        PacedSource.current().bodyBegins(timeout, meter::arrived);
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        byte[] piece = new byte[PIECE];
        try {
            InputStream in = request.content().inputStream();
            for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
                meter.delivered(read);
                body.write(piece, 0, read);
            }
        } catch (BodyTimeoutException e) {
            throw new RefusedException(Refusal.BODY_TIMEOUT, "The body was not complete after " + timeout + ".");
        } catch (RequestException | IllegalArgumentException e) {
            throw new RefusedException(Refusal.BAD_FRAMING, "The chunks of the body cannot be read.");
        } catch (InsufficientDataAvailableException | CloseConnectionException | IOException e) {
            throw new RefusedException(Refusal.INCOMPLETE_BODY, "The connection ended within the body.");
        }
        return Bytes.wrap(body.toByteArray());
    }

    private Bytes inflate(Bytes wire, Admission.Share share) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        byte[] piece = new byte[PIECE];
        try (InputStream in = new GZIPInputStream(wire.openStream(), PIECE)) {
            for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
                share.take(read);
                if (body.size() + (long) read > maxBodySize) {
                    throw tooLarge();
                }
                body.write(piece, 0, read);
            }
        } catch (IOException e) {
            throw new RefusedException(Refusal.BAD_ENCODING, "The body is not valid gzip.");
        }
        return Bytes.wrap(body.toByteArray());
    }

    private RefusedException tooLarge() {
        return new RefusedException(
                Refusal.BODY_TOO_LARGE, "A body may have " + maxBodySize + " bytes, also after decompression.");
    }

    /** What has arrived of one body: with its framing, and without. */
    private final class Meter {

        private final Admission.Share share;
        private long arrived;
        private long delivered;
        private long pieces;
        private long paid;

        Meter(Admission.Share share) {
            this.share = share;
        }

        /** Bytes came from the connection; the server holds them, whatever a chunk's length says. */
        void arrived(int bytes) {
            if (arrived + bytes > 2 * maxBodySize + FRAMING) {
                throw tooLarge();
            }
            pieces++;
            pay(arrived + bytes + pieces * PIECE_OVERHEAD);
            arrived += bytes;
        }

        /** Bytes of the body were handed over; some may have arrived together with the request's head. */
        void delivered(int bytes) {
            delivered += bytes;
            if (delivered > maxBodySize) {
                throw tooLarge();
            }
            pay(delivered);
        }

        private void pay(long total) {
            if (total > paid) {
                share.take(total - paid);
                paid = total;
            }
        }
    }
}
