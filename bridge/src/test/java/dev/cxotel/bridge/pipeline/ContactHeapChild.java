package dev.cxotel.bridge.pipeline;

import dev.cxotel.bridge.contact.Contact;
import dev.cxotel.bridge.telemetry.Telemetry;
import dev.cxotel.bridge.testing.ContactBodies;
import dev.cxotel.bridge.testing.ContactBodies.Call;
import dev.cxotel.bridge.testing.MutableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * A process that opens many contacts and says what its heap holds then: {@code <directory> <contacts> <keep>}, where {@code
 * keep} is the mutant that has them in memory too.
 */
final class ContactHeapChild {

    private static final int IN_A_DELIVERY = 500;

    private ContactHeapChild() {}

    public static void main(String[] arguments) throws Exception {
        int all = Integer.parseInt(arguments[1]);
        boolean keep = Boolean.parseBoolean(arguments[2]);
        MutableClock clock = new MutableClock(Instant.parse("2026-11-22T10:00:00Z"));
        Map<String, Contact> kept = new HashMap<>();
        try (ContactBench bench =
                new ContactBench(Path.of(arguments[0]), clock, Telemetry.NONE, UnaryOperator.identity())) {
            long first = 0;
            long began = System.nanoTime();
            long folding = 0;
            for (int at = 0; at < all; at += IN_A_DELIVERY) {
                bench.receive("scripts", calls(at, clock.instant()));
                clock.advance(Duration.ofMillis(10));
                if (at % (4 * IN_A_DELIVERY) == 0) {
                    long before = System.nanoTime();
                    bench.work.round();
                    folding += System.nanoTime() - before;
                }
                if (keep) {
                    kept.putAll(bench.journal.contacts().find(keys(at)));
                }
                if (at == all / 10) {
                    first = used();
                }
            }
            while (bench.journal.status().pipelines().stream()
                    .anyMatch(each -> each.id().equals(Pipelines.CONTACTS) && each.behind() > 0)) {
                long before = System.nanoTime();
                bench.work.round();
                folding += System.nanoTime() - before;
            }
            System.out.printf(
                    "open=%d growth=%d folded_per_second=%.0f seconds=%.1f kept=%d%n",
                    bench.journal.contacts().open(),
                    used() - first,
                    all / (folding / 1e9),
                    (System.nanoTime() - began) / 1e9,
                    kept.size());
        }
    }

    private static String calls(int from, Instant at) {
        List<Call> calls = new ArrayList<>();
        for (int i = 0; i < IN_A_DELIVERY; i++) {
            calls.add(new Call(460_000_000_000L + from + i, "m" + (from + i), at, "200"));
        }
        return ContactBodies.calls(calls);
    }

    private static Set<String> keys(int from) {
        Set<String> keys = new java.util.HashSet<>();
        for (int i = 0; i < IN_A_DELIVERY; i++) {
            keys.add(Contact.key("1337", String.valueOf(460_000_000_000L + from + i)));
        }
        return keys;
    }

    private static long used() {
        System.gc();
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
