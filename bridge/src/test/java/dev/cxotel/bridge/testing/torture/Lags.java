package dev.cxotel.bridge.testing.torture;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** How long the events of a load were on their way from acknowledgement to a backend. */
final class Lags {

    /** A time that does not count, for what was acknowledged in it waited for the bridge's restart. */
    record Pause(long from, long to) {}

    /** From the sender to a backend. */
    private record Passage(long sent, long acknowledged, long stored) {}

    private final List<Pause> pauses = new ArrayList<>();

    void pause(long from, long to) {
        pauses.add(new Pause(from, to));
    }

    /** From acknowledgement to the backend; the 99th percentile over the events from {@code first} to {@code last}. */
    Duration p99(CarefulSender sender, Memory memory, int first, int last) {
        return p99(passages(sender, memory, first, last)
                .mapToLong(passage -> Math.max(0, passage.stored() - passage.acknowledged())));
    }

    /** From the sender to its acknowledgement, which no backend has a part in; over the same events. */
    Duration acknowledgement(CarefulSender sender, Memory memory, int first, int last) {
        return p99(passages(sender, memory, first, last).mapToLong(passage -> passage.acknowledged() - passage.sent()));
    }

    private static Duration p99(LongStream times) {
        long[] sorted = times.sorted().toArray();
        return sorted.length == 0 ? Duration.ZERO : Duration.ofNanos(sorted[(int) Math.ceil(sorted.length * 0.99) - 1]);
    }

    /**
     * How many events up to {@code last} were stored before one that had been acknowledged when they were first sent. What
     * was acknowledged around a restart does not count: it may have been stored before it was asked about again.
     */
    int overtaken(CarefulSender sender, Memory memory, int last) {
        List<Passage> bySending = passages(sender, memory, 1, last)
                .sorted(Comparator.comparingLong(Passage::sent))
                .toList();
        List<Passage> byAcknowledgement = bySending.stream()
                .sorted(Comparator.comparingLong(Passage::acknowledged))
                .toList();
        int overtaken = 0;
        int earlier = 0;
        long latest = Long.MIN_VALUE;
        for (Passage passage : bySending) {
            while (byAcknowledgement.get(earlier).acknowledged() < passage.sent()) {
                latest = Math.max(latest, byAcknowledgement.get(earlier++).stored());
            }
            overtaken += passage.stored() < latest ? 1 : 0;
        }
        return overtaken;
    }

    private Stream<Passage> passages(CarefulSender sender, Memory memory, int first, int last) {
        return IntStream.rangeClosed(first, last)
                .mapToObj(number ->
                        new Passage(sender.sentAt(number), sender.acknowledgedAt(number), memory.first(number)))
                .filter(passage ->
                        passage.acknowledged() != 0 && passage.stored() != 0 && counts(passage.acknowledged()));
    }

    private boolean counts(long acknowledged) {
        return pauses.stream().noneMatch(pause -> pause.from() <= acknowledged && acknowledged <= pause.to());
    }
}
