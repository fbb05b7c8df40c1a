package dev.cxotel.bridge.testing.torture;

import dev.cxotel.bridge.journal.Ledger;
import dev.cxotel.bridge.journal.Outcome;
import dev.cxotel.bridge.signal.Signal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * The proof that a dead backend delays nobody: two backends live, one is dead until the journal is full of what waits for
 * it; the bridge is restarted in between; then the dead one comes back while the load goes on.
 */
public final class Independence implements AutoCloseable {

    /**
     * What a run does.
     *
     * @param rate new events a second
     * @param length of the load with the dead backend
     * @param backlog what must wait for the dead backend at least, in events
     * @param maxSize {@code journal.max_size}, less than what the load needs
     * @param ahead how many events the sender may be ahead of the living ones: fewer than the journal has room for, so that
     *     on a slow machine nothing expires for them either
     * @param padding blanks at the end of each body
     * @param lag what the living ones may be behind at the 99th percentile
     * @param acknowledgements so many times what the sender waited for its acknowledgements, at the 99th percentile, they
     *     may be behind besides, for a machine that is slow for all alike
     */
    public record Size(
            double rate,
            Duration length,
            int backlog,
            String maxSize,
            int ahead,
            int padding,
            Duration lag,
            int acknowledgements) {

        public static final Size LONG = new Size(
                1000, Duration.ofMinutes(3), 100_000, "200MiB", Integer.MAX_VALUE, 700, Duration.ofSeconds(2), 0);

        public static final Size SHORT =
                new Size(70, Duration.ofSeconds(8), 100, "16MiB", 160, 40_000, Duration.ofSeconds(4), 3);
    }

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int MOST_IN_A_BATCH = 512;
    private static final Duration READY_BEFORE = Duration.ofSeconds(2);

    private final Size size;
    private final Consumer<String> out;
    private final Incidents incidents = new Incidents();
    private final List<RememberingSink> living = new ArrayList<>();
    private final RememberingSink dead;
    private final Machine machine;
    private final CarefulSender sender;
    private final Lags lags = new Lags();
    private final List<String> failures = new ArrayList<>();
    private final CountDownLatch never = new CountDownLatch(1);
    private final long begun = System.nanoTime();
    private int refusedByRestart;

    /** @param directory empty, for the journal and the bridge's log */
    public Independence(Size size, Path directory, Consumer<String> out) throws Exception {
        this.size = size;
        this.out = out;
        living.add(new RememberingSink("one", 1, number -> false, incidents));
        living.add(new RememberingSink("two", 2, number -> false, incidents));
        dead = new RememberingSink("dead", 3, number -> false, incidents);
        machine = new Machine(
                directory,
                "max_size: " + size.maxSize() + ", min_free_disk: 16MiB",
                "mapping: { trace: { root_span: false } }\n",
                List.of(destination(living.get(0)), destination(living.get(1)), destination(dead)),
                Plan.NO_MUTANT,
                false,
                incidents);
        sender = new CarefulSender(
                machine.addresses().voice(), machine.addresses().scripts(), 1, 0, size.padding());
    }

    private static String destination(RememberingSink sink) {
        return "{ name: %s, endpoint: \"%s\", temporality: delta, metric_interval: 1s }"
                .formatted(sink.name(), sink.url());
    }

    /** What must not be; empty when the run proves what it is to prove. */
    public List<String> run() throws Exception {
        dead.mood(Mood.AWAY);
        machine.start();
        sender.onlyWhile(last -> living.stream()
                .allMatch(sink -> last - sink.memory(Signal.TRACES).stored().cardinality() < size.ahead()));
        sender.start(size.rate());
        idle(size.length().dividedBy(2));
        say("half of the load, restart");
        restart();
        idle(size.length().dividedBy(2));
        Awaitility.await("the journal is full of what waits for the dead one")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> isFull(machine.ledger()));
        int before = sender.last();
        livingCatchUp();
        Ledger full = machine.ledger();
        long waiting = line(full, Signal.TRACES).waiting();
        long expired = expired(full, dead, Signal.TRACES);
        say("%,d events wait for the dead backend, %,d expired at max_size".formatted(waiting, expired));
        check(waiting >= size.backlog(), "only " + waiting + " events waited for the dead backend");
        check(expired > 0, "the journal never got full");
        int refused = sender.answers().getOrDefault("503", 0) - refusedByRestart;
        check(refused == 0, refused + " requests were refused: " + sender.answers());

        dead.mood(Mood.GOOD);
        long back = System.nanoTime();
        Awaitility.await("the dead one catches up beside the load")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> dead.memory(Signal.TRACES).stored().cardinality() >= waiting);
        double seconds = (System.nanoTime() - back) / 1e9;
        say(String.format(
                Locale.ROOT, "it got %,d events in %.1f s, %,.0f a second", waiting, seconds, waiting / seconds));
        check(
                size.length().compareTo(Duration.ofMinutes(1)) < 0 || waiting / seconds > size.rate(),
                "it caught up at less than the load's rate");
        int during = sender.last();
        sender.finish(PATIENCE);
        Awaitility.await("nothing waits")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(500))
                .until(() -> machine.ledger().pipelines().stream().allMatch(line -> line.waiting() == 0));
        Ledger last = machine.ledger();
        machine.stop();
        for (RememberingSink sink : living) {
            lag(sink, 1, before, "while one is dead");
            lag(sink, before + 1, during, "while it catches up");
            all(sink, last);
        }
        returned(last);
        check(last.difference() == 0, "the ledger does not close: " + last);
        say(failures.isEmpty() ? "PASS" : "FAIL " + failures);
        return List.copyOf(failures);
    }

    @Override
    public void close() {
        sender.close();
        machine.close();
        living.forEach(RememberingSink::close);
        dead.close();
    }

    private void restart() throws Exception {
        long from = System.nanoTime() - READY_BEFORE.toNanos();
        int before = sender.answers().getOrDefault("503", 0);
        machine.stop();
        machine.start();
        refusedByRestart = sender.answers().getOrDefault("503", 0) - before;
        livingCatchUp();
        lags.pause(from, System.nanoTime() + READY_BEFORE.toNanos());
    }

    private boolean isFull(Ledger ledger) {
        return expired(ledger, dead, Signal.TRACES) > 0
                && line(ledger, Signal.TRACES).waiting() >= size.backlog();
    }

    /** The living ones get all that was sent until now, while the dead one is dead. */
    private void livingCatchUp() throws Exception {
        int sent = sender.last();
        for (RememberingSink sink : living) {
            try {
                Awaitility.await()
                        .atMost(PATIENCE)
                        .pollInterval(Duration.ofMillis(50))
                        .until(() -> sink.memory(Signal.TRACES).stored().nextClearBit(1) > sent);
            } catch (ConditionTimeoutException e) {
                throw new IllegalStateException(
                        "%s waits for %d, %d were sent then and %d now, %d are acknowledged of them; answers: %s; %s"
                                .formatted(
                                        sink.name(),
                                        sink.memory(Signal.TRACES).stored().nextClearBit(1),
                                        sent,
                                        sender.last(),
                                        sender.acknowledged(),
                                        sender.answers(),
                                        machine.ledger()),
                        e);
            }
        }
    }

    private void lag(RememberingSink sink, int first, int last, String when) {
        Duration p99 = lags.p99(sender, sink.memory(Signal.TRACES), first, last);
        Duration acknowledgement = lags.acknowledgement(sender, sink.memory(Signal.TRACES), first, last);
        say(String.format(
                Locale.ROOT,
                "%s is behind by %.2f s at p99 %s, acknowledgements came after %.2f s, the restart left out",
                sink.name(),
                p99.toMillis() / 1000.0,
                when,
                acknowledgement.toMillis() / 1000.0));
        check(
                p99.compareTo(size.lag().plus(acknowledgement.multipliedBy(size.acknowledgements()))) < 0,
                sink.name() + " was behind by " + p99 + " " + when + ", acknowledgements came after "
                        + acknowledgement);
    }

    /** A living one lost nothing, got nothing twice but for the restart, and nothing expired for it. */
    private void all(RememberingSink sink, Ledger ledger) {
        Memory memory = sink.memory(Signal.TRACES);
        check(
                memory.stored().cardinality() == sender.last(),
                sink.name() + " has " + memory.stored().cardinality() + " of " + sender.last());
        check(!memory.repeats().containsKey(Memory.Repeat.UNEXPLAINED), sink.name() + " repeats " + memory.repeats());
        check(measured(sink) == sender.last(), sink.name() + " measured " + measured(sink) + " of " + sender.last());
        for (Signal signal : Signal.values()) {
            check(expired(ledger, sink, signal) == 0, "events expired for " + sink.name());
        }
    }

    /** The dead one got all that had not expired: the newer part, in order, each once. */
    private void returned(Ledger ledger) {
        BitSet stored = dead.memory(Signal.TRACES).stored();
        long expired = expired(ledger, dead, Signal.TRACES);
        say("the dead one has %,d, %,d expired, of %,d".formatted(stored.cardinality(), expired, sender.last()));
        check(
                stored.cardinality() + expired == sender.last(),
                "the dead one has " + stored.cardinality() + ", " + expired + " expired, of " + sender.last());
        long metrics = expired(ledger, dead, Signal.METRICS);
        check(
                measured(dead) + metrics == sender.last(),
                "the dead one measured " + measured(dead) + ", " + metrics + " expired, of " + sender.last());
        check(
                !dead.memory(Signal.TRACES).repeats().containsKey(Memory.Repeat.UNEXPLAINED),
                "the dead one got repeats " + dead.memory(Signal.TRACES).repeats());
        // The batch that it was asked to take again and again is delivered though its events had been counted expired.
        int safe = (int) expired + MOST_IN_A_BATCH + CarefulSender.MOST_OPEN;
        check(
                safe >= sender.last() || stored.nextClearBit(safe) > sender.last(),
                "newer events expired: " + stored.nextClearBit(safe) + " did");
        int overtaken = lags.overtaken(sender, dead.memory(Signal.TRACES), sender.last());
        check(overtaken == 0, overtaken + " events came before some that were acknowledged a second earlier");
    }

    private static long measured(RememberingSink sink) {
        return sink.metrics().count(NumberedEvents.CALL_DURATION)
                + sink.metrics().count(NumberedEvents.MOS);
    }

    private Ledger.PipelineLine line(Ledger ledger, Signal signal) {
        return line(ledger, dead, signal);
    }

    private static Ledger.PipelineLine line(Ledger ledger, RememberingSink sink, Signal signal) {
        return ledger.pipelines().stream()
                .filter(each -> each.id().destination().equals(sink.name())
                        && each.id().signal().equals(signal.configName()))
                .findFirst()
                .orElseThrow();
    }

    private static long expired(Ledger ledger, RememberingSink sink, Signal signal) {
        return line(ledger, sink, signal).outcomes().counts().entrySet().stream()
                .filter(entry -> entry.getKey().outcome() == Outcome.EXPIRED)
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    private void check(boolean holds, String otherwise) {
        if (!holds) {
            failures.add(otherwise);
        }
    }

    private void say(String what) {
        out.accept(String.format(
                Locale.ROOT, "%8.1f s  %,9d sent  %s", (System.nanoTime() - begun) / 1e9, sender.last(), what));
    }

    private void idle(Duration duration) throws InterruptedException {
        boolean opened = never.await(duration.toNanos(), TimeUnit.NANOSECONDS);
        if (opened) {
            throw new IllegalStateException("never opens");
        }
    }
}
