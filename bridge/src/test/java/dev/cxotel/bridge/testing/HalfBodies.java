package dev.cxotel.bridge.testing;

import dev.cxotel.bridge.auth.issue.Issued;
import dev.cxotel.bridge.auth.pem.PemException;
import dev.cxotel.bridge.auth.pem.PemFile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * An attack on a running bridge: many strangers without a certificate each send half a body and hold the connection, again
 * two seconds after it was closed; a few honest senders post all the time over kept connections, and are timed. The bridge
 * takes client certificates from a proxy's header, or over TLS in the handshake. As a program: {@code HalfBodies
 * http|https PORT KEYS STRANGERS SECONDS}, with a folder that {@code cxotel keys mtls} made.
 */
public final class HalfBodies {

    private static final String PATH = "/v1/voice-quality";
    private static final int HONEST = 4;
    private static final int TIMEOUT_MILLIS = 60_000;
    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final Duration AGAIN = Duration.ofSeconds(2);
    private static final Duration LONGEST_DELAY = Duration.ofMinutes(1);

    private final Line stranger;
    private final Line honest;
    private final String credential;
    private final AtomicInteger attempts = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final CountDownLatch connected = new CountDownLatch(HONEST);
    private volatile boolean over;

    private HalfBodies(Line stranger, Line honest, String credential) {
        this.stranger = stranger;
        this.honest = honest;
        this.credential = credential;
    }

    /** Against plain HTTP; honest senders hand on their certificate in {@code Client-Cert}. */
    public static HalfBodies plain(int port, Path keys) throws PemException, CertificateEncodingException {
        byte[] der = client(keys).certificate().getEncoded();
        Line line = () -> RawHttp.connect(port);
        return new HalfBodies(line, line, "Client-Cert: :" + Base64.getEncoder().encodeToString(der) + ":");
    }

    /** Against TLS; honest senders show their certificate in the handshake. Nobody resumes a session. */
    public static HalfBodies tls(int port, Path keys) throws PemException {
        X509Certificate authority =
                PemFile.read(keys.resolve("server-ca.pem")).certificates().getFirst();
        SSLContext nobody = TestCertificates.context(authority, null);
        SSLContext client = TestCertificates.context(authority, client(keys));
        AtomicInteger names = new AtomicInteger();
        return new HalfBodies(
                () -> shaken(nobody, port, names.incrementAndGet()),
                () -> shaken(client, port, names.incrementAndGet()),
                "X-Nothing: x");
    }

    /** How to get a connection. */
    @FunctionalInterface
    private interface Line {
        RawHttp open() throws IOException;
    }

    /**
     * What was seen.
     *
     * @param attempts half bodies sent
     * @param refused of them answered 401
     * @param accepted honest requests answered 200
     * @param failed honest requests answered otherwise
     * @param p99 of the honest requests' time
     */
    public record Result(int attempts, int refused, int accepted, int failed, Duration p99, Duration slowest) {}

    public static void main(String[] arguments) throws Exception {
        int port = Integer.parseInt(arguments[1]);
        Path keys = Path.of(arguments[2]);
        HalfBodies attack = arguments[0].equals("https") ? tls(port, keys) : plain(port, keys);
        System.out.println(
                attack.run(Integer.parseInt(arguments[3]), 1, Duration.ofSeconds(Long.parseLong(arguments[4]))));
    }

    /**
     * Attacks for so long; on a slow machine up to a minute longer, until there is enough to judge.
     *
     * @param strangers each sends at least one half body
     * @param least requests of honest senders that are answered 200
     */
    public Result run(int strangers, int least, Duration length) throws InterruptedException {
        List<Long> times = new ArrayList<>();
        AtomicInteger failed = new AtomicInteger();
        List<Thread> senders = new ArrayList<>();
        long begun = System.nanoTime();
        BooleanSupplier goesOn = () -> {
            long since = System.nanoTime() - begun;
            boolean enough = attempts.get() >= strangers && count(times) >= least;
            return since < (enough ? length : length.plus(LONGEST_DELAY)).toNanos();
        };
        for (int i = 0; i < HONEST; i++) {
            int sender = i;
            senders.add(Thread.ofVirtual().start(() -> post(sender, goesOn, times, failed)));
        }
        connected.await();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < strangers; i++) {
            threads.add(Thread.ofVirtual().start(this::attack));
        }
        for (Thread sender : senders) {
            sender.join();
        }
        over = true;
        threads.forEach(Thread::interrupt);
        for (Thread thread : threads) {
            thread.join();
        }
        long[] sorted = times.stream().mapToLong(Long::longValue).sorted().toArray();
        return new Result(
                attempts.get(),
                refused.get(),
                sorted.length,
                failed.get(),
                Duration.ofNanos(sorted.length == 0 ? Long.MAX_VALUE : sorted[sorted.length * 99 / 100]),
                Duration.ofNanos(Arrays.stream(sorted).max().orElse(Long.MAX_VALUE)));
    }

    private void attack() {
        while (!over && !Thread.currentThread().isInterrupted()) {
            try (RawHttp http = stranger.open()) {
                http.post(PATH, "Content-Length: 60000").send(new byte[1000]);
                attempts.incrementAndGet();
                if (http.read().status() == 401) {
                    refused.incrementAndGet();
                }
                while (!over && !http.isClosedByPeer()) {
                    LockSupport.parkNanos(PAUSE.toNanos());
                }
            } catch (IOException | RuntimeException e) {
                // Turned away, or over.
            }
            LockSupport.parkNanos(AGAIN.toNanos());
        }
    }

    private static int count(List<Long> times) {
        synchronized (times) {
            return times.size();
        }
    }

    private void post(int sender, BooleanSupplier goesOn, List<Long> times, AtomicInteger failed) {
        int number = 0;
        while (goesOn.getAsBoolean()) {
            try (RawHttp http = honest.open()) {
                while (goesOn.getAsBoolean()) {
                    String body =
                            "{\"BusinessUnit\":%d,\"ContactId\":%d,\"AvgMos\":4.1}".formatted(sender + 1, ++number);
                    long began = System.nanoTime();
                    int status = http.post(PATH, credential, "Content-Length: " + body.length())
                            .send(body)
                            .read()
                            .status();
                    if (status == 200) {
                        synchronized (times) {
                            times.add(System.nanoTime() - began);
                        }
                    } else {
                        failed.incrementAndGet();
                    }
                    connected.countDown();
                    LockSupport.parkNanos(PAUSE.toNanos());
                }
            } catch (IOException | RuntimeException e) {
                failed.incrementAndGet();
            }
        }
    }

    private static Issued client(Path keys) throws PemException {
        return new Issued(
                PemFile.read(keys.resolve("client-1.pem")).certificates().getFirst(),
                PemFile.read(keys.resolve("client-1.key")).privateKey(Optional.empty()));
    }

    /** @param name sessions are kept by the server's name, so that another one makes a full handshake */
    private static RawHttp shaken(SSLContext context, int port, int name) throws IOException {
        Socket raw = new Socket(InetAddress.getLoopbackAddress(), port);
        raw.setSoTimeout(TIMEOUT_MILLIS);
        raw.setTcpNoDelay(true);
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(raw, "server-" + name, port, true);
        try {
            socket.startHandshake();
        } catch (IOException e) {
            socket.close();
            throw e;
        }
        return RawHttp.over(socket);
    }
}
