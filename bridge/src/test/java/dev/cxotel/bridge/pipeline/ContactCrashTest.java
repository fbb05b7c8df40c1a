package dev.cxotel.bridge.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cxotel.bridge.event.Bytes;
import dev.cxotel.bridge.journal.Commit;
import dev.cxotel.bridge.journal.Cursor;
import dev.cxotel.bridge.journal.JournalException;
import dev.cxotel.bridge.journal.Page;
import dev.cxotel.bridge.journal.PipelineId;
import dev.cxotel.bridge.journal.StoredEvent;
import dev.cxotel.bridge.journal.Window;
import dev.cxotel.bridge.telemetry.Telemetry;
import dev.cxotel.bridge.testing.ContactBodies;
import dev.cxotel.bridge.testing.ContactBodies.Call;
import dev.cxotel.bridge.testing.MutableClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Killed at every commit and started again, the reader of the contacts makes the same roots, each once. */
class ContactCrashTest {

    private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");

    /** The process is gone. */
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    @TempDir
    private Path parent;

    @Test
    void killedAtAnyCommit_makesTheSameRootsEachOnce() throws Exception {
        Map<String, List<Bytes>> undisturbed = run("undisturbed", KillingCursor.NEVER);
        assertThat(undisturbed).hasSize(4).allSatisfy((key, roots) -> assertThat(roots)
                .hasSize(1));
        int commits = KillingCursor.commits(run -> run("counted", run));
        assertThat(commits).isGreaterThan(6);
        for (int commit = 1; commit <= commits; commit++) {
            for (KillingCursor.When when : List.of(KillingCursor.When.BEFORE, KillingCursor.When.AFTER)) {
                String name = commit + "-" + when;
                assertThat(run(name, new KillingCursor(commit, when, false)))
                        .as(name)
                        .isEqualTo(undisturbed);
            }
        }
    }

    /** The mutant: the cursor moves in one transaction and the contacts change in the next. */
    @Test
    void contactsApartFromTheCursor_areFoundOut() throws Exception {
        Map<String, List<Bytes>> undisturbed = run("undisturbed", KillingCursor.NEVER);
        List<Map<String, List<Bytes>>> runs = new ArrayList<>();
        for (int commit = 1; commit <= 6; commit++) {
            runs.add(run("mutant-" + commit, new KillingCursor(commit, KillingCursor.When.BETWEEN, true)));
        }
        assertThat(runs).anySatisfy(roots -> assertThat(roots).isNotEqualTo(undisturbed));
    }

    /** The bodies of the roots by their identity. */
    private Map<String, List<Bytes>> run(String name, KillingCursor killing) throws Exception {
        Path directory = Files.createDirectory(parent.resolve(name + "-" + System.nanoTime()));
        MutableClock clock = new MutableClock(START);
        ContactBench bench = new ContactBench(directory, clock, Telemetry.NONE, killing);
        for (List<String> deliveries : script()) {
            for (String delivery : deliveries) {
                bench.receive(delivery.startsWith("[") ? "scripts" : "voice", delivery);
                clock.advance(Duration.ofSeconds(1));
            }
            bench = rounds(bench, directory, clock, killing);
            clock.advance(Duration.ofMinutes(12));
        }
        for (int i = 0; i < 6; i++) {
            clock.advance(Duration.ofMinutes(12));
            bench = rounds(bench, directory, clock, killing);
        }
        Map<String, List<Bytes>> roots = new TreeMap<>();
        for (StoredEvent root : bench.roots()) {
            roots.computeIfAbsent(root.content().hex(), key -> new ArrayList<>())
                    .add(root.body());
        }
        assertThat(bench.journal.contacts().open()).isZero();
        assertThat(bench.journal.ledger().difference()).isZero();
        bench.close();
        return roots;
    }

    /** A few rounds; after a kill, what is on disk is opened anew. */
    private static ContactBench rounds(ContactBench bench, Path directory, MutableClock clock, KillingCursor killing)
            throws Exception {
        ContactBench living = bench;
        for (int i = 0; i < 2; i++) {
            try {
                living.work.round();
            } catch (Killed e) {
                living.close();
                living = new ContactBench(directory, clock, Telemetry.NONE, killing);
            }
        }
        return living;
    }

    /** Four contacts: one goes on and on, one falls silent and comes back too late, one is a leg, one an API call. */
    private static List<List<String>> script() {
        List<List<String>> all = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            Instant at = START.plus(Duration.ofMinutes(12L * i));
            List<String> deliveries = new ArrayList<>();
            deliveries.add(ContactBodies.calls(List.of(
                    new Call(1, "a" + i, at, "200"),
                    new Call(1, "b" + i, at, "503"),
                    new Call(i % 5 == 0 ? 2 : 1, "c" + i, at, "200"))));
            if (i == 1) {
                deliveries.add(ContactBodies.leg(3, at.minusSeconds(60), at, 2.5));
                deliveries.add(ContactBodies.calls(List.of(new Call(4, "d", at, "-1"))));
            }
            deliveries.add(ContactBodies.leg(1, at.minusSeconds(300), at, 4.4 - i * 0.1));
            all.add(deliveries);
        }
        return all;
    }

    /** A cursor whose process dies once, at the nth commit that changes a contact. */
    private static final class KillingCursor implements UnaryOperator<Cursor> {

        enum When {
            BEFORE,
            BETWEEN,
            AFTER
        }

        interface Run {
            void with(KillingCursor cursor) throws Exception;
        }

        static final KillingCursor NEVER = new KillingCursor(0, When.BEFORE, false);

        private final int at;
        private final When when;
        private final boolean split;
        private int commits;

        KillingCursor(int at, When when, boolean split) {
            this.at = at;
            this.when = when;
            this.split = split;
        }

        static int commits(Run run) throws Exception {
            KillingCursor counting = new KillingCursor(Integer.MAX_VALUE, When.BEFORE, false);
            run.with(counting);
            return counting.commits;
        }

        @Override
        public Cursor apply(Cursor cursor) {
            return new Cursor() {
                @Override
                public PipelineId id() {
                    return cursor.id();
                }

                @Override
                public Page poll(int maxEvents, long maxBytes, Duration wait)
                        throws JournalException, InterruptedException {
                    return cursor.poll(maxEvents, maxBytes, Duration.ZERO);
                }

                @Override
                public Page pollTo(long to) throws JournalException {
                    return cursor.pollTo(to);
                }

                @Override
                public void commit(Commit commit) throws JournalException {
                    commits += at == 0 ? 0 : 1;
                    boolean now = commits == at && at != 0;
                    kill(now && when == When.BEFORE);
                    if (split) {
                        Page end = new Page(commit.page().to(), commit.page().to(), List.of());
                        cursor.commit(Commit.of(commit.page(), commit.outcomes()));
                        kill(now && when == When.BETWEEN);
                        cursor.commit(new Commit(
                                end,
                                dev.cxotel.bridge.journal.Outcomes.NONE,
                                List.of(),
                                commit.derived(),
                                commit.contacts(),
                                Optional.empty()));
                    } else {
                        cursor.commit(commit);
                    }
                    kill(now && when != When.BEFORE);
                }

                @Override
                public void reserve(Window window) throws JournalException {
                    cursor.reserve(window);
                }

                @Override
                public Optional<Window> pendingWindow() {
                    return cursor.pendingWindow();
                }

                @Override
                public Optional<Window> lastWindow() {
                    return cursor.lastWindow();
                }
            };
        }

        private static void kill(boolean now) {
            if (now) {
                throw new Killed();
            }
        }
    }
}
