package dev.cxotel.bridge.receiver;

import dev.cxotel.bridge.auth.issue.KeyKind;
import dev.cxotel.bridge.testing.RawHttp;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * Measures what TLS costs: CPU time of the whole process, both sides of the connection. The kinds take turns within each
 * round, so that a busy machine falsifies all alike; the medians of the rounds are printed, and their ratio to a request
 * on a kept connection. Its {@code main} is a command (CONTRIBUTING.md has it), not a test.
 */
final class TlsCost {

    private static final int WARM_UP = 2;
    private static final int ROUNDS = 9;
    private static final int HANDSHAKES = 80;
    private static final int REQUESTS = 3000;

    private final com.sun.management.OperatingSystemMXBean system =
            (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private final AtomicInteger names = new AtomicInteger();
    private final Map<String, double[]> micros = new LinkedHashMap<>();

    private TlsCost() {}

    public static void main(String[] arguments) throws Exception {
        new TlsCost().measure();
    }

    private void measure() throws Exception {
        List<RunningTls> servers = new ArrayList<>();
        Map<String, Work> kinds = new LinkedHashMap<>();
        for (KeyKind kind : List.of(KeyKind.EC, KeyKind.RSA)) {
            RunningTls.Settings settings = new RunningTls.Settings();
            settings.serverKey = kind;
            settings.handshakeRate = 1_000_000;
            RunningTls running = RunningTls.start(Files.createTempDirectory("tls-cost-"), settings);
            servers.add(running);
            String server = kind == KeyKind.EC ? "ECDSA P-256" : "RSA 2048";
            for (String version : List.of("TLSv1.3", "TLSv1.2")) {
                String name = version + ", " + server;
                for (boolean full : new boolean[] {true, false}) {
                    String depth = full ? ", full" : ", resumed";
                    SSLContext nobody = running.client(null);
                    SSLContext known = running.client(running.known);
                    kinds.put(name + depth, () -> handshakes(running, nobody, version, full));
                    kinds.put(name + depth + ", client certificate", () -> handshakes(running, known, version, full));
                }
            }
        }
        RunningTls running = servers.getFirst();
        SSLContext known = running.client(running.known);
        kinds.put("a request on a kept connection", () -> {
            try (RawHttp kept = running.connect(known)) {
                for (int i = 0; i < REQUESTS; i++) {
                    RunningTls.send(kept, "/own");
                }
            }
            return REQUESTS;
        });
        for (int round = -WARM_UP; round < ROUNDS; round++) {
            for (Map.Entry<String, Work> kind : kinds.entrySet()) {
                long before = system.getProcessCpuTime();
                int count = kind.getValue().run();
                double each = (system.getProcessCpuTime() - before) / 1000.0 / count;
                if (round >= 0) {
                    micros.computeIfAbsent(kind.getKey(), any -> new double[ROUNDS])[round] = each;
                }
            }
        }
        print();
        servers.forEach(RunningTls::close);
    }

    /** Does something a number of times, and says how often. */
    @FunctionalInterface
    private interface Work {
        int run() throws IOException;
    }

    private void print() {
        double request = median(Objects.requireNonNull(micros.get("a request on a kept connection")));
        System.out.printf("%-55s %10s %17s %8s%n", "", "CPU us", "quartiles", "ratio");
        micros.forEach((name, values) -> {
            double[] sorted = values.clone();
            Arrays.sort(sorted);
            System.out.printf(
                    "%-55s %10.0f %8.0f-%8.0f %8.1f%n",
                    name, median(values), sorted[ROUNDS / 4], sorted[ROUNDS * 3 / 4], median(values) / request);
        });
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    /**
     * Connects, and posts nothing; the first answer is read, so that TLS 1.3's tickets have come. Sessions are kept by the
     * server's name: another one makes a full handshake.
     */
    private int handshakes(RunningTls running, SSLContext client, String version, boolean full) throws IOException {
        for (int i = 0; i < HANDSHAKES; i++) {
            Socket raw = new Socket(InetAddress.getLoopbackAddress(), running.receiver.port());
            raw.setTcpNoDelay(true);
            String name = full ? "server-" + names.incrementAndGet() : "server";
            SSLSocket socket =
                    (SSLSocket) client.getSocketFactory().createSocket(raw, name, running.receiver.port(), true);
            socket.setEnabledProtocols(new String[] {version});
            socket.startHandshake();
            try (RawHttp http = RawHttp.over(socket)) {
                http.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n").read();
            }
        }
        return HANDSHAKES;
    }
}
