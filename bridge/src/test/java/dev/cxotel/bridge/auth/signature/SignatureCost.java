package dev.cxotel.bridge.auth.signature;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Measures what a verification costs: CPU time of one thread, which a busy machine does not falsify. Each vectors file's
 * first request is judged over and over; the median of the rounds is printed, and the spread. Its {@code main} is a
 * command (bridge/PERFORMANCE.md has it), not a test.
 */
final class SignatureCost {

    private static final int ROUNDS = 9;
    private static final long ROUND_NANOS = 200_000_000;

    private SignatureCost() {}

    public static void main(String[] arguments) throws Exception {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        Path folder = Files.createTempDirectory("signature-cost-");
        List<Path> files;
        try (Stream<Path> all = Files.list(Path.of("src/test/resources/signatures"))) {
            files = all.sorted().toList();
        }
        System.out.printf("%-28s %12s %12s %14s%n", "vectors", "CPU us/op", "min-max", "allocated B/op");
        for (Path file : files) {
            Vectors vectors = Vectors.read(file, folder);
            double[] micros = new double[ROUNDS];
            long bytes = 0;
            for (int round = -2; round < ROUNDS; round++) {
                long allocated = threads.getCurrentThreadAllocatedBytes();
                long start = threads.getCurrentThreadCpuTime();
                long count = 0;
                while (threads.getCurrentThreadCpuTime() - start < ROUND_NANOS) {
                    for (int i = 0; i < 20; i++, count++) {
                        if (vectors.verify(vectors.good().getFirst()) instanceof Verification.Refused refused) {
                            throw new IllegalStateException(refused.flaw().reason());
                        }
                    }
                }
                if (round >= 0) {
                    micros[round] = (threads.getCurrentThreadCpuTime() - start) / 1000.0 / count;
                    bytes = (threads.getCurrentThreadAllocatedBytes() - allocated) / count;
                }
            }
            Arrays.sort(micros);
            System.out.printf(
                    "%-28s %12.1f %5.1f-%6.1f %14d%n",
                    String.valueOf(file.getFileName()).replace(".yaml", ""),
                    micros[ROUNDS / 2],
                    micros[0],
                    micros[ROUNDS - 1],
                    bytes);
        }
    }
}
