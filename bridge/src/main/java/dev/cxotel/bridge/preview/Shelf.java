package dev.cxotel.bridge.preview;

import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Things by key, the longest untouched first, within an age and a number of bytes. Not thread-safe. */
final class Shelf<K, V> {

    private final LinkedHashMap<K, Kept<V>> all = new LinkedHashMap<>();
    private final Duration longest;
    private final long maxBytes;
    private long bytes;
    private long distinct;
    private long repeated;
    private long forgotten;

    Shelf(Duration longest, long maxBytes) {
        this.longest = longest;
        this.maxBytes = maxBytes;
    }

    private record Kept<V>(V what, Instant at, long bytes) {}

    Optional<V> get(K key) {
        return Optional.ofNullable(all.get(key)).map(Kept::what);
    }

    /** Puts {@code what} last, in the place of what had its key. */
    void put(K key, V what, Instant now, long size) {
        Kept<V> before = all.remove(key);
        all.put(key, new Kept<>(what, now, size));
        bytes += size - (before == null ? 0 : before.bytes());
        if (before == null) {
            distinct++;
        } else {
            repeated++;
        }
        forget(now);
    }

    void forget(Instant now) {
        Instant oldest = now.minus(longest);
        Iterator<Kept<V>> each = all.values().iterator();
        while (each.hasNext()) {
            Kept<V> kept = each.next();
            if (bytes <= maxBytes && !kept.at().isBefore(oldest)) {
                return;
            }
            each.remove();
            bytes -= kept.bytes();
            forgotten++;
        }
    }

    List<V> values() {
        return all.values().stream().map(Kept::what).toList();
    }

    Stream<Map.Entry<K, V>> entries() {
        return all.entrySet().stream()
                .map(entry -> Map.entry(entry.getKey(), entry.getValue().what()));
    }

    /** How many different keys came, forgotten ones included. */
    long distinct() {
        return distinct;
    }

    long repeated() {
        return repeated;
    }

    long forgotten() {
        return forgotten;
    }
}
