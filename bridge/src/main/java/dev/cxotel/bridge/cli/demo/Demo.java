package dev.cxotel.bridge.cli.demo;

import dev.cxotel.bridge.cli.terminal.Table;
import dev.cxotel.bridge.journal.JournalException;
import dev.cxotel.bridge.journal.Ledger;
import dev.cxotel.bridge.preview.Preview;
import dev.cxotel.bridge.preview.PreviewStore;
import dev.cxotel.bridge.preview.Readings;
import dev.cxotel.bridge.simulator.Answers;
import dev.cxotel.bridge.simulator.ContactCentre;
import dev.cxotel.bridge.simulator.ContactCentre.Habits;
import dev.cxotel.bridge.simulator.Load;
import dev.cxotel.bridge.simulator.Rate;
import dev.cxotel.bridge.simulator.Tally;
import dev.cxotel.bridge.simulator.WebhookClient;
import dev.cxotel.bridge.simulator.WebhookClient.Answer;
import dev.cxotel.bridge.simulator.WebhookClient.Signature;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * The whole product on this machine: a simulated contact centre posts to a real bridge, which exports over a real
 * socket to the preview. Nothing is shared between the ends but bytes.
 */
final class Demo {

    private static final long PREVIEW_BYTES = 256L << 20;

    /** A webhook that is given up and posted again was accepted twice, and then both ends differ. */
    private static final Duration LONGEST_REQUEST = Duration.ofMinutes(1);

    private static final Duration LONGEST_STANDSTILL = Duration.ofSeconds(30);
    private static final int CONCURRENCY = 16;
    private static final long LONGEST_IDLE = 5000;

    private final DemoPlan plan;
    private final DemoBridge.Starter starter;
    private final PrintWriter out;
    private final InstantSource clock;

    Demo(DemoPlan plan, DemoBridge.Starter starter, PrintWriter out, InstantSource clock) {
        this.plan = plan;
        this.starter = starter;
        this.out = out;
        this.clock = clock;
    }

    /**
     * What is asked of a demo.
     *
     * @param duration empty: until stopped
     * @param rate webhooks a second
     * @param diurnal whether that is the rate of a day's busiest hour, and others follow a day, by local time
     * @param habits their bad moments are a sixth of the duration, else half a minute
     */
    record Wish(Optional<Duration> duration, double rate, boolean diurnal, Habits habits, long seed) {
        Rate pace() {
            return diurnal ? Rate.diurnal(rate, ZoneId.systemDefault()) : Rate.fixed(rate);
        }

        /** Short, because a demo is; what comes later of a contact is exported, but its root does not count it. */
        Duration contactIdle() {
            return duration.map(all -> Duration.ofMillis(Math.clamp(all.toMillis() / 4, 1000, LONGEST_IDLE)))
                    .orElse(Duration.ofMillis(LONGEST_IDLE));
        }

        Duration badMoment() {
            return duration.map(all -> Duration.ofMillis(Math.max(500, all.toMillis() / 6)))
                    .orElse(Duration.ofSeconds(30));
        }
    }

    /** Runs until the duration is over or {@code stop} is true; whether both ends agree. */
    boolean run(Wish wish, BooleanSupplier stop) throws Exception {
        Path journal = Files.createTempDirectory("cxotel-demo-");
        InetSocketAddress loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (Preview preview = Preview.start(loopback, new PreviewStore(clock, PREVIEW_BYTES))) {
            Duration window = wish.badMoment().multipliedBy(2);
            DemoKeys keys = DemoKeys.make(journal, clock);
            try (DemoBridge bridge =
                    starter.start(plan.config(preview.endpoint(), journal, window, wish.contactIdle(), keys.auth()))) {
                announce(preview, wish);
                Tally tally = new Tally();
                Answers answers = new Answers();
                ContactCentre centre =
                        new ContactCentre(wish.seed(), clock, wish.habits().withBadMoment(wish.badMoment()));
                post(centre, keys.signature(), wish, stop, tally, answers, preview.store());
                Ledger ledger = drained(bridge);
                return report(tally.books(), answers, ledger, preview.store());
            }
        } finally {
            remove(journal);
        }
    }

    private void post(
            ContactCentre centre,
            Signature signature,
            Wish wish,
            BooleanSupplier stop,
            Tally tally,
            Answers answers,
            PreviewStore store)
            throws InterruptedException {
        try (WebhookClient client = new WebhookClient(plan.webhooks(), signature, LONGEST_REQUEST)) {
            Optional<Instant> end = wish.duration().map(clock.instant()::plus);
            Progress progress = new Progress(store);
            new Load(client, wish.pace(), CONCURRENCY, true, clock)
                    .run(
                            () -> Optional.of(centre.next()),
                            (webhook, answer) -> {
                                answers.ended(webhook, answer);
                                if (answer instanceof Answer.Status status && status.success()) {
                                    tally.acknowledged(webhook);
                                }
                            },
                            () -> {
                                progress.show(answers);
                                return stop.getAsBoolean()
                                        || end.map(instant -> !clock.instant().isBefore(instant))
                                                .orElse(false);
                            });
        }
    }

    /** Waits until nothing waits, on a slow machine as long as anything moves. */
    private Ledger drained(DemoBridge bridge) throws JournalException, InterruptedException {
        Instant giveUp = clock.instant().plus(LONGEST_STANDSTILL);
        Ledger before = new Ledger(List.of(), List.of());
        while (true) {
            long open = bridge.openContacts();
            Ledger ledger = bridge.ledger();
            if (!ledger.equals(before)) {
                before = ledger;
                giveUp = clock.instant().plus(LONGEST_STANDSTILL);
            }
            boolean empty = open == 0
                    && bridge.openContacts() == 0
                    && ledger.pipelines().stream().allMatch(line -> line.waiting() == 0);
            if (empty || clock.instant().isAfter(giveUp)) {
                return ledger;
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    private boolean report(Tally.Books sent, Answers answers, Ledger ledger, PreviewStore store) {
        Readings decoded = Readings.of(store);
        DemoComparison comparison = DemoComparison.of(sent, store.totals(), decoded, ledger);
        new DemoReport(out).print(sent, answers, ledger, store.totals(), decoded, comparison);
        return comparison.differences().isEmpty();
    }

    private void announce(Preview preview, Wish wish) {
        Table table = new Table();
        plan.webhooks().forEach((type, url) -> table.row(type.configName(), "POST " + url));
        table.row("signed by", DemoKeys.SCHEME + ", with a key that this demo made for itself");
        table.row("health", plan.health());
        table.row("metrics", plan.metrics());
        table.row("admin", plan.admin());
        table.row("preview", preview.endpoint() + " (OTLP/HTTP, in memory)");
        out.println("cxotel demo: a simulated contact centre, the bridge and a preview of its OTLP, on this machine");
        out.print(table.toText(2));
        out.printf("posting %.0f webhooks a second%s", wish.rate(), wish.diurnal() ? " at the busiest hour" : "");
        out.println(wish.duration()
                .map(duration -> " for " + duration.toSeconds() + " s")
                .orElse(" until Ctrl-C"));
        out.flush();
    }

    /** A line every ten seconds. */
    private final class Progress {
        private final PreviewStore store;
        private Instant next = clock.instant().plusSeconds(10);

        Progress(PreviewStore store) {
            this.store = store;
        }

        void show(Answers answers) {
            if (clock.instant().isBefore(next)) {
                return;
            }
            next = next.plusSeconds(10);
            PreviewStore.Totals totals = store.totals();
            out.printf(
                    "  posted %,d; decoded %,d spans, %,d logs, %,d metric points%n",
                    answers.total(), totals.spans(), totals.logs(), totals.points());
            out.flush();
        }
    }

    private static void remove(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.deleteIfExists(path);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
