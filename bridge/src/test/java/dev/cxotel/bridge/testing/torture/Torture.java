package dev.cxotel.bridge.testing.torture;

import dev.cxotel.bridge.testing.TestBridge;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * One run of the proof kit: a bridge that takes numbered events from a sender and delivers them to three backends, while
 * everything that can go wrong does; then a recount.
 */
public final class Torture implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration SHORT_PATIENCE = Duration.ofSeconds(8);

    /** To a backend that may say nothing; a longer one would make its silences as long. */
    private static final Duration IMPATIENT = Duration.ofSeconds(5);

    /** To one that always answers, on a busy machine too; what a time-out has sent again has no cause that is known. */
    private static final Duration PATIENT = Duration.ofSeconds(60);

    private static final Duration FARTHEST = Duration.ofHours(2);
    private static final int POISON = 97;
    private static final String JOURNAL = "max_size: 1GiB, min_free_disk: 16MiB, replay_retention: 1m";
    private static final double REPEATS = 0.09;

    private final Plan plan;
    private final Consumer<String> out;
    private final Random random;
    private final Incidents incidents = new Incidents();
    private final List<RememberingSink> sinks = new ArrayList<>();
    private final Machine machine;
    private final CarefulSender sender;
    private final Map<Disturbance, Integer> done = new TreeMap<>();
    private final CountDownLatch never = new CountDownLatch(1);
    private final long begun = System.nanoTime();
    private Duration offset = Duration.ZERO;

    /**
     * @param directory empty, for the journal and the bridge's log
     * @param out is told what is done
     */
    public Torture(Plan plan, Path directory, Consumer<String> out) throws Exception {
        this.plan = plan;
        this.out = out;
        this.random = new Random(plan.seed());
        sinks.add(new RememberingSink("steady", plan.seed() + 2, number -> false, incidents));
        sinks.add(new RememberingSink("odd", plan.seed() + 3, number -> false, incidents));
        sinks.add(new RememberingSink("picky", plan.seed() + 4, number -> number % POISON == 1, incidents));
        this.machine = new Machine(
                directory,
                JOURNAL,
                NumberedContacts.MAPPING,
                List.of(
                        destination(sinks.get(0), "cumulative", PATIENT),
                        destination(sinks.get(1), "delta", IMPATIENT),
                        destination(sinks.get(2), "delta", PATIENT)),
                plan.mutant(),
                true,
                incidents);
        TestBridge addresses = machine.addresses();
        this.sender = new CarefulSender(addresses.voice(), addresses.scripts(), plan.seed() + 1, REPEATS, 0);
    }

    private static String destination(RememberingSink sink, String temporality, Duration timeout) {
        return "{ name: %s, endpoint: \"%s\", temporality: %s, metric_interval: 500ms, timeout: %ds }"
                .formatted(sink.name(), sink.url(), temporality, timeout.toSeconds());
    }

    /** Disturbs, lets everything come to rest, and counts. */
    public Report run() throws Exception {
        out.accept("seed " + plan.seed());
        machine.start();
        sender.start(plan.rate());
        idle(plan.calm());
        do {
            List<Disturbance> round = new ArrayList<>(plan.disturbances());
            Collections.shuffle(round, random);
            for (Disturbance next : round) {
                if (next.needsShims() && !machine.hasShims()) {
                    continue;
                }
                say(next.name().toLowerCase(Locale.ROOT).replace('_', ' '));
                disturb(next);
                done.merge(next, 1, Integer::sum);
                idle(between(
                        plan.calm().dividedBy(2), plan.calm().multipliedBy(3).dividedBy(2)));
            }
        } while (elapsed().compareTo(plan.least()) < 0);
        Optional<String> unrest = rest();
        return new Recount(plan, sender, sinks, machine, done, elapsed()).report(unrest);
    }

    @Override
    public void close() {
        sender.close();
        machine.close();
        sinks.forEach(RememberingSink::close);
    }

    private void disturb(Disturbance disturbance) throws Exception {
        switch (disturbance) {
            case KILL -> {
                machine.kill();
                machine.start();
            }
            case KILL_AT_EXPORT -> killAtExport(oneOf(sinks));
            case KILL_IN_OUTAGE -> {
                sinks.forEach(sink -> sink.mood(Mood.AWAY));
                idle(Duration.ofMillis(1200));
                machine.kill();
                sinks.forEach(sink -> sink.mood(Mood.GOOD));
                machine.start();
            }
            case KILL_AT_CONTACTS -> {
                machine.killAtContacts();
                machine.start();
            }
            case POWER_CUT -> {
                machine.cutPower();
                machine.start();
            }
            case STANDSTILL -> machine.standStill(() -> idle(between(Duration.ofMillis(300), isLong(7))));
            case RESTART -> {
                int code = machine.stop();
                if (code != 0) {
                    throw new IllegalStateException("SIGTERM ended with " + code);
                }
                machine.start();
            }
            case OUTAGE -> whileIn(Mood.AWAY, oneOf(sinks), between(Duration.ofMillis(500), isLong(20)));
            case ODD_ANSWERS -> whileIn(Mood.HARMLESS, sinks.get(1), between(Duration.ofMillis(1500), isLong(10)));
            case REFUSALS -> whileIn(Mood.REFUSING, sinks.get(1), between(Duration.ofSeconds(1), isLong(5)));
            case WRONG_KEY -> whileIn(Mood.LOCKED, oneOf(sinks), between(Duration.ofMillis(500), isLong(5)));
            case CLOCK_AHEAD -> setClock(offset.plus(between(Duration.ZERO, FARTHEST)));
            case CLOCK_BACK -> setClock(offset.minus(between(Duration.ZERO, FARTHEST)));
            case DISK_FULL -> {
                machine.fillDisk();
                idle(between(Duration.ofMillis(300), isLong(5)));
                machine.healDisk();
            }
            case SYNC_FAILS -> {
                machine.breakSyncs();
                idle(between(Duration.ofMillis(200), isLong(3)));
                machine.healDisk();
            }
        }
    }

    private void killAtExport(RememberingSink sink) throws Exception {
        CompletableFuture<Boolean> killed = new CompletableFuture<>();
        AtomicBoolean claimed = new AtomicBoolean();
        sink.onceStored(() -> {
            if (claimed.compareAndSet(false, true)) {
                try {
                    machine.kill();
                    killed.complete(true);
                } catch (Exception e) {
                    killed.completeExceptionally(e);
                }
            }
        });
        try {
            killed.get(4, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            if (claimed.compareAndSet(false, true)) {
                machine.kill();
            } else {
                killed.get();
            }
        } catch (java.util.concurrent.ExecutionException e) {
            throw new CompletionException(e.getCause());
        }
        machine.start();
    }

    private void whileIn(Mood mood, RememberingSink sink, Duration length) throws InterruptedException {
        sink.mood(mood);
        idle(length);
        sink.mood(Mood.GOOD);
    }

    private void setClock(Duration wanted) throws Exception {
        Duration bounded = wanted.compareTo(FARTHEST) > 0 ? FARTHEST : wanted;
        offset = bounded.compareTo(FARTHEST.negated()) < 0 ? FARTHEST.negated() : bounded;
        machine.setClock(offset);
    }

    /** Everything is well again: the sender gets its acknowledgements, the backends all that waits. */
    private Optional<String> rest() throws Exception {
        sinks.forEach(sink -> sink.mood(Mood.GOOD));
        say("rest");
        sender.finish(PATIENCE);
        if (plan.least().isPositive()) {
            // Nobody is to wait for the end of a long retry delay.
            machine.stop();
            machine.start();
        }
        if (machine.hasShims()) {
            // What the clock's jumps left open is due now.
            machine.setClock(FARTHEST);
        }
        Optional<String> unrest = unrest();
        machine.stop();
        return unrest;
    }

    /** What does not come to rest. */
    private Optional<String> unrest() throws Exception {
        try {
            Awaitility.await()
                    .atMost(plan.isBroken() ? SHORT_PATIENCE : PATIENCE)
                    .pollInterval(Duration.ofMillis(200))
                    .until(() -> machine.openContacts() == 0
                            && machine.ledger().pipelines().stream().allMatch(line -> line.waiting() == 0));
            return Optional.empty();
        } catch (ConditionTimeoutException e) {
            return Optional.of("though all is well %d contacts are open, or events wait: %s"
                    .formatted(machine.openContacts(), machine.ledger().pipelines()));
        }
    }

    private void say(String what) {
        out.accept(String.format(
                Locale.ROOT, "%8.1f s  %,9d sent  %s", elapsed().toMillis() / 1000.0, sender.last(), what));
    }

    private Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    /** A second or two in a short run, {@code seconds} in a long one. */
    private Duration isLong(int seconds) {
        return plan.least().isPositive() ? Duration.ofSeconds(seconds) : Duration.ofMillis(1600);
    }

    private Duration between(Duration least, Duration most) {
        long span = Math.max(1, most.toNanos() - least.toNanos());
        return least.plusNanos((long) (random.nextDouble() * span));
    }

    private <T> T oneOf(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private void idle(Duration duration) throws InterruptedException {
        boolean opened = never.await(duration.toNanos(), TimeUnit.NANOSECONDS);
        if (opened) {
            throw new IllegalStateException("never opens");
        }
    }
}
