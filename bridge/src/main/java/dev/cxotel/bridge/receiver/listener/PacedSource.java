package dev.cxotel.bridge.receiver.listener;

import io.helidon.common.buffers.DataReader;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ServerConnectionException;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of one connection, with a deadline for each part of a request. Helidon reads from it; the request's handler
 * says which part is next. A missed deadline between requests or within a head closes the connection; within a body it
 * ends the read with {@link BodyTimeoutException}, and the connection can still carry an answer. All of a connection
 * happens on one thread.
 */
public final class PacedSource implements Supplier<byte[]> {

    static final ScopedValue<PacedSource> CURRENT = ScopedValue.newInstance();

    private final HelidonSocket socket;
    private final ListenerConfig config;
    private final LongSupplier nanoTime;

    private final DataReader reader = DataReader.create(this);

    private Part part = Part.IDLE;
    private long deadline;
    private boolean served;
    private Toll toll = Toll.FREE;
    private byte @Nullable [] untaken;

    PacedSource(HelidonSocket socket, ListenerConfig config, LongSupplier nanoTime) {
        this.socket = socket;
        this.config = config;
        this.nanoTime = nanoTime;
        enter(Part.IDLE, config.headTimeout());
    }

    /** The source of the connection whose request this thread handles. */
    public static PacedSource current() {
        return CURRENT.get();
    }

    /** Starts the body: it must be complete after {@code timeout}, and each piece of it pays {@code toll}. */
    public void bodyBegins(Duration timeout, Toll toll) {
        this.toll = toll;
        enter(Part.BODY, timeout);
    }

    /** Forgets what is buffered, such as a part of a huge chunk, then reads and forgets whatever comes, until the sender closes, {@code maxBytes} came or {@code timeout} passed. */
    public void discard(long maxBytes, Duration timeout) {
        reader.skip(reader.available());
        bodyBegins(timeout, Toll.FREE);
        long left = maxBytes;
        try {
            for (byte[] bytes = get(); bytes != null && left > 0; bytes = get()) {
                left -= bytes.length;
            }
        } catch (BodyTimeoutException | ServerConnectionException e) {
            // Either way the connection ends now.
        }
    }

    /** {@inheritDoc} Null at the end of the stream. */
    @Override
    public byte @Nullable [] get() {
        if (untaken == null) {
            untaken = read();
        }
        if (untaken != null) {
            toll.pay(untaken.length);
            if (part == Part.IDLE) {
                enter(Part.HEAD, config.headTimeout());
            }
        }
        byte[] bytes = untaken;
        untaken = null;
        return bytes;
    }

    /** What Helidon reads from. */
    DataReader reader() {
        return reader;
    }

    void requestBegins() {
        enter(Part.HANDLING, config.headTimeout());
    }

    void requestEnds() {
        served = true;
        toll = Toll.FREE;
        enter(Part.IDLE, config.idleTimeout());
    }

    private byte @Nullable [] read() {
        while (true) {
            if (nanoTime.getAsLong() - deadline >= 0) {
                if (part == Part.BODY) {
                    throw new BodyTimeoutException();
                }
                Cut cut = part != Part.IDLE ? Cut.SLOW_HEAD : served ? Cut.IDLE : Cut.SILENT;
                config.cuts().accept(cut);
                throw new CloseConnectionException("the sender was too slow: " + cut);
            }
            try {
                return socket.get();
            } catch (UncheckedIOException e) {
                if (!(e.getCause() instanceof SocketTimeoutException)) {
                    throw new ServerConnectionException("cannot read from the connection", e);
                }
            }
        }
    }

    private void enter(Part next, Duration timeout) {
        part = next;
        deadline = nanoTime.getAsLong() + timeout.toNanos();
    }

    /** What is paid for each piece of a body as it arrives. */
    @FunctionalInterface
    public interface Toll {
        Toll FREE = bytes -> {};

        /** Throws unchecked when the piece must not be taken; it is kept and offered again. */
        void pay(int bytes);
    }

    private enum Part {
        IDLE,
        HEAD,
        HANDLING,
        BODY
    }
}
