package dev.cxotel.bridge.testing;

import dev.cxotel.bridge.auth.pem.PemException;
import dev.cxotel.bridge.auth.pem.PemFile;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * An attack on a running bridge that takes client certificates from a proxy's header: many strangers without one each send
 * half a body and hold the connection, again two seconds after it was closed; a few honest senders post all the time, and
 * are timed. As a program: {@code HalfBodies PORT CERTIFICATE STRANGERS SECONDS}, with a file that {@code cxotel keys mtls}
 * made.
 */
public final class HalfBodies {

    private static final String PATH = "/v1/voice-quality";
    private static final int HONEST = 4;
    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final Duration AGAIN = Duration.ofSeconds(2);

    private final int port;
    private final String credential;
    private final AtomicInteger attempts = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final CountDownLatch connected = new CountDownLatch(HONEST);
    private volatile boolean over;

    /** @param certificate that honest senders hand on */
    public HalfBodies(int port, Path certificate) throws PemException, CertificateEncodingException {
        this.port = port;
        byte[] der = PemFile.read(certificate).certificates().getFirst().getEncoded();
        this.credential = "Client-Cert: :" + Base64.getEncoder().encodeToString(der) + ":";
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
        System.out.println(new HalfBodies(Integer.parseInt(arguments[0]), Path.of(arguments[1]))
                .run(Integer.parseInt(arguments[2]), Duration.ofSeconds(Long.parseLong(arguments[3]))));
    }

    public Result run(int strangers, Duration length) throws InterruptedException {
        List<Long> times = new ArrayList<>();
        AtomicInteger failed = new AtomicInteger();
        List<Thread> senders = new ArrayList<>();
        long end = System.nanoTime() + length.toNanos();
        for (int i = 0; i < HONEST; i++) {
            int sender = i;
            senders.add(Thread.ofVirtual().start(() -> post(sender, end, times, failed)));
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
            try (RawHttp http = RawHttp.connect(port)) {
                http.post(PATH, "Content-Length: 60000").send(new byte[1000]);
                attempts.incrementAndGet();
                if (http.read().status() == 401) {
                    refused.incrementAndGet();
                }
                while (!over && !http.isClosedByPeer()) {
                    LockSupport.parkNanos(PAUSE.toNanos());
                }
            } catch (RuntimeException e) {
                // Turned away, or over.
            }
            LockSupport.parkNanos(AGAIN.toNanos());
        }
    }

    private void post(int sender, long end, List<Long> times, AtomicInteger failed) {
        int number = 0;
        while (System.nanoTime() < end) {
            try (RawHttp http = RawHttp.connect(port)) {
                while (System.nanoTime() < end) {
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
            } catch (RuntimeException e) {
                failed.incrementAndGet();
            }
        }
    }
}
