package dev.cxotel.bridge.testing.torture;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** How long the events of a load were on their way from acknowledgement to a backend. */
final class Lags {

    /** A time that does not count, for what was acknowledged in it waited for the bridge's restart. */
    record Pause(long from, long to) {}

    /** From acknowledgement to a backend. */
    private record Passage(long acknowledged, long stored) {}

    private static final Duration CLEARLY = Duration.ofSeconds(1);

    private final List<Pause> pauses = new ArrayList<>();

    void pause(long from, long to) {
        pauses.add(new Pause(from, to));
    }

    /** The 99th percentile over the events from {@code first} to {@code last}. */
    Duration p99(CarefulSender sender, Memory memory, int first, int last) {
        long[] lags = new long[Math.max(0, last - first + 1)];
        int count = 0;
        for (int number = first; number <= last; number++) {
            long acknowledged = sender.acknowledgedAt(number);
            long stored = memory.first(number);
            if (acknowledged != 0 && stored != 0 && counts(acknowledged)) {
                lags[count++] = Math.max(0, stored - acknowledged);
            }
        }
        if (count == 0) {
            return Duration.ZERO;
        }
        Arrays.sort(lags, 0, count);
        return Duration.ofNanos(lags[(int) Math.ceil(count * 0.99) - 1]);
    }

    /**
     * How many events up to {@code last} were stored before one that had been acknowledged a second earlier. What was
     * acknowledged around a restart does not count: it may have been stored before it was asked about again.
     */
    int overtaken(CarefulSender sender, Memory memory, int last) {
        List<Passage> passages = IntStream.rangeClosed(1, last)
                .mapToObj(number -> new Passage(sender.acknowledgedAt(number), memory.first(number)))
                .filter(passage ->
                        passage.acknowledged() != 0 && passage.stored() != 0 && counts(passage.acknowledged()))
                .sorted(Comparator.comparingLong(Passage::acknowledged))
                .toList();
        int overtaken = 0;
        int earlier = 0;
        long latest = Long.MIN_VALUE;
        for (Passage passage : passages) {
            while (passages.get(earlier).acknowledged() < passage.acknowledged() - CLEARLY.toNanos()) {
                latest = Math.max(latest, passages.get(earlier++).stored());
            }
            overtaken += passage.stored() < latest ? 1 : 0;
        }
        return overtaken;
    }

    private boolean counts(long acknowledged) {
        return pauses.stream().noneMatch(pause -> pause.from() <= acknowledged && acknowledged <= pause.to());
    }
}
