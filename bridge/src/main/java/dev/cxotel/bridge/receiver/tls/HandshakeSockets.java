package dev.cxotel.bridge.receiver.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Makes the TLS sockets of accepted connections. A handshake has one deadline from the connection's first moment,
 * however its bytes drip; it takes its place in the {@link HandshakeRate} only when the client has begun to speak TLS,
 * so that silent connections delay nobody.
 */
final class HandshakeSockets extends SSLSocketFactory {

    private static final int HANDSHAKE_RECORD = 22;
    private static final String PLAIN_WORDS = "This port speaks TLS: use https://.\n";
    private static final byte[] PLAIN_ANSWER =
            ("HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain\r\nContent-Length: " + PLAIN_WORDS.length()
                            + "\r\nConnection: close\r\n\r\n" + PLAIN_WORDS)
                    .getBytes(StandardCharsets.US_ASCII);

    private final SSLSocketFactory sockets;
    private final SSLParameters parameters;
    private final Duration timeout;
    private final HandshakeRate rate;
    private final Handshakes handshakes;
    private final ScheduledExecutorService timer;

    HandshakeSockets(
            SSLSocketFactory sockets,
            SSLParameters parameters,
            Duration timeout,
            HandshakeRate rate,
            Handshakes handshakes,
            ScheduledExecutorService timer) {
        this.sockets = sockets;
        this.parameters = parameters;
        this.timeout = timeout;
        this.rate = rate;
        this.handshakes = handshakes;
        this.timer = timer;
    }

    @Override
    public Socket createSocket(Socket raw, @Nullable InputStream consumed, boolean autoClose) throws IOException {
        Deadline deadline = new Deadline(raw);
        boolean made = false;
        try {
            int first = raw.getInputStream().read();
            if (first < 0) {
                throw new IOException("a connection without a word");
            }
            if (first != HANDSHAKE_RECORD) {
                handshakes.refused("not_tls", "the client does not speak TLS", raw.getRemoteSocketAddress());
                raw.getOutputStream().write(PLAIN_ANSWER);
                throw new IOException("no TLS");
            }
            OptionalLong wait = rate.take();
            if (wait.isEmpty()) {
                handshakes.refused("rate_limited", "too many at once", raw.getRemoteSocketAddress());
                throw new IOException("too many handshakes");
            }
            rest(wait.getAsLong());
            InputStream begun = new ByteArrayInputStream(new byte[] {(byte) first});
            SSLSocket socket = (SSLSocket) sockets.createSocket(raw, begun, autoClose);
            socket.setSSLParameters(parameters);
            made = true;
            return new GuardedSocket(socket, () -> shake(socket, raw, deadline));
        } catch (IOException e) {
            if (deadline.passed()) {
                handshakes.refused("timeout", "it did not begin in time", raw.getRemoteSocketAddress());
            }
            throw e;
        } finally {
            if (!made) {
                deadline.end();
            }
        }
    }

    @Override
    public Socket createSocket(Socket raw, String host, int port, boolean autoClose) {
        throw new UnsupportedOperationException("this is a server");
    }

    @Override
    public Socket createSocket(String host, int port) {
        throw new UnsupportedOperationException("this is a server");
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
        throw new UnsupportedOperationException("this is a server");
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
        throw new UnsupportedOperationException("this is a server");
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort) {
        throw new UnsupportedOperationException("this is a server");
    }

    @Override
    public String[] getDefaultCipherSuites() {
        return parameters.getCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return sockets.getSupportedCipherSuites();
    }

    private void shake(SSLSocket socket, Socket raw, Deadline deadline) throws IOException {
        long began = System.nanoTime();
        try {
            socket.startHandshake();
            handshakes.done((System.nanoTime() - began) / 1e9);
        } catch (IOException e) {
            handshakes.failed(e, deadline.passed(), raw.getRemoteSocketAddress());
            throw e;
        } finally {
            deadline.end();
        }
    }

    private static void rest(long nanos) {
        long end = System.nanoTime() + nanos;
        for (long left = nanos; left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
            if (Thread.interrupted()) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** The end of a handshake's time: closes the connection under it. Reads wait that long, not for the next tick. */
    private final class Deadline {

        private final Socket raw;
        private final int usual;
        private final AtomicBoolean passed = new AtomicBoolean();
        private final ScheduledFuture<?> end;

        Deadline(Socket raw) throws IOException {
            this.raw = raw;
            this.usual = raw.getSoTimeout();
            raw.setSoTimeout(0);
            this.end = timer.schedule(this::pass, timeout.toNanos(), TimeUnit.NANOSECONDS);
        }

        boolean passed() {
            return passed.get();
        }

        void end() throws IOException {
            end.cancel(false);
            if (!raw.isClosed()) {
                raw.setSoTimeout(usual);
            }
        }

        private void pass() {
            passed.set(true);
            try {
                raw.close();
            } catch (IOException e) {
                // It is closed, then.
            }
        }
    }
}
