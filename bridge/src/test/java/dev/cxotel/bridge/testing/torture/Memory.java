package dev.cxotel.bridge.testing.torture;

import java.util.Arrays;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a backend remembers of one signal: of each number when it came first, under which span id, what became of the
 * answer, and why it came again. Times are of {@link System#nanoTime}. Safe for any thread.
 */
final class Memory {

    /** What became of an answer. */
    enum Answer {
        SENT,
        /** Stored, but the bridge could not know. */
        LOST
    }

    /** Why something came again. */
    enum Repeat {
        KILL,
        POWER_CUT,
        STANDSTILL,
        RESTART,
        LOST_ANSWER,
        /** Nothing excuses it. */
        UNEXPLAINED
    }

    private final Incidents incidents;
    private final Map<Repeat, Long> repeats = new EnumMap<>(Repeat.class);
    private final BitSet stored = new BitSet();
    private final BitSet refused = new BitSet();
    private final BitSet lostAnswer = new BitSet();
    private long[] first = new long[1024];
    private long[] last = new long[1024];
    private long[] ids = new long[1024];
    private long otherIds;
    private long refusals;

    Memory(Incidents incidents) {
        this.incidents = incidents;
    }

    /** Stores what a request carried. */
    synchronized void store(int number, long id, long at) {
        grow(number);
        if (stored.get(number)) {
            repeats.merge(why(number, at), 1L, Long::sum);
            otherIds += ids[number] == id ? 0 : 1;
        } else {
            stored.set(number);
            first[number] = at;
            ids[number] = id;
        }
        last[number] = at;
        refused.clear(number);
        lostAnswer.clear(number);
    }

    /** The answer to the request that carried the number got lost. */
    synchronized void answerLost(int number) {
        lostAnswer.set(number);
    }

    /** The backend said that it will never take the number. */
    synchronized void refuse(int number) {
        refusals++;
        if (!stored.get(number)) {
            refused.set(number);
        }
    }

    synchronized BitSet stored() {
        return (BitSet) stored.clone();
    }

    /** What was refused for good and not stored since. */
    synchronized BitSet refused() {
        return (BitSet) refused.clone();
    }

    /** How often something was refused for good. */
    synchronized long refusals() {
        return refusals;
    }

    synchronized Map<Repeat, Long> repeats() {
        return Map.copyOf(repeats);
    }

    /** How often a number came again under another span id. */
    synchronized long otherIds() {
        return otherIds;
    }

    /** When the number was stored first; 0 when never. */
    synchronized long first(int number) {
        return number < first.length ? first[number] : 0;
    }

    private Repeat why(int number, long at) {
        if (lostAnswer.get(number)) {
            return Repeat.LOST_ANSWER;
        }
        Optional<Incidents.Cause> cause = incidents.between(last[number], at);
        return cause.map(known -> Repeat.valueOf(known.name())).orElse(Repeat.UNEXPLAINED);
    }

    private void grow(int number) {
        if (number >= first.length) {
            int size = Math.max(number + 1, first.length * 2);
            first = Arrays.copyOf(first, size);
            last = Arrays.copyOf(last, size);
            ids = Arrays.copyOf(ids, size);
        }
    }
}
