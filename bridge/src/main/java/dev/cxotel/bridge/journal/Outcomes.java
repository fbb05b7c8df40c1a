package dev.cxotel.bridge.journal;

import java.util.Map;
import java.util.TreeMap;

/** How many events of a commit ended how; the reason is a fixed word or empty. */
public record Outcomes(Map<Key, Long> counts) {

    public static final Outcomes NONE = new Outcomes(Map.of());

    /** An outcome and its reason; the reason is empty where the outcome says all. */
    public record Key(Outcome outcome, String reason) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            int byOutcome = outcome.compareTo(other.outcome);
            return byOutcome != 0 ? byOutcome : reason.compareTo(other.reason);
        }
    }

    public Outcomes {
        counts = Map.copyOf(counts);
    }

    public static Outcomes of(Outcome outcome, long count) {
        return count == 0 ? NONE : new Outcomes(Map.of(new Key(outcome, ""), count));
    }

    public Outcomes plus(Outcome outcome, String reason, long count) {
        if (count == 0) {
            return this;
        }
        Map<Key, Long> sum = new TreeMap<>(counts);
        sum.merge(new Key(outcome, reason), count, Long::sum);
        return new Outcomes(sum);
    }

    /** The number of events in all. */
    public long total() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }
}
