package dev.cxotel.bridge.journal.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cxotel.bridge.config.JournalConfig;
import dev.cxotel.bridge.event.Bytes;
import dev.cxotel.bridge.event.Delivery;
import dev.cxotel.bridge.event.Unreadable;
import dev.cxotel.bridge.journal.AppendResult;
import dev.cxotel.bridge.journal.Commit;
import dev.cxotel.bridge.journal.Cursor;
import dev.cxotel.bridge.journal.Journal;
import dev.cxotel.bridge.journal.Ledger;
import dev.cxotel.bridge.journal.ManualClock;
import dev.cxotel.bridge.journal.Numbered;
import dev.cxotel.bridge.journal.Outcome;
import dev.cxotel.bridge.journal.Outcomes;
import dev.cxotel.bridge.journal.Page;
import dev.cxotel.bridge.journal.PipelineId;
import dev.cxotel.bridge.journal.QuarantinedEvent;
import dev.cxotel.bridge.telemetry.Telemetry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens when time or space is over. */
class SpaceTest {

    private static final PipelineId DEAD = new PipelineId("dead", "traces");
    private static final PipelineId ALIVE = new PipelineId("alive", "traces");
    private static final int BODY = 20_000;
    private static final long MAX = 4 << 20;

    private final ManualClock clock = new ManualClock();

    @TempDir
    Path directory;

    private SqliteJournal journal;

    private long next = 1;

    @BeforeEach
    void open() throws Exception {
        journal = open(JournalConfig.OnFull.EXPIRE);
    }

    @AfterEach
    void close() throws Exception {
        assertThat(journal.ledger().difference()).isZero();
        journal.close();
    }

    private SqliteJournal open(JournalConfig.OnFull onFull) throws Exception {
        return SqliteJournal.open(TestConfig.sized(directory, MAX, onFull), clock, Telemetry.NONE);
    }

    private AppendResult append() {
        long number = next++;
        Delivery delivery = new Delivery("voice", clock.instant(), Bytes.utf8(number + " ".repeat(BODY)));
        return journal.append(delivery, Numbered.events(number), List.of());
    }

    private void appendAll(int count) {
        for (int i = 0; i < count; i++) {
            assertThat(append()).isInstanceOf(AppendResult.Appended.class);
        }
    }

    private static Commit exported(Page page) {
        return Commit.of(page, Outcomes.of(Outcome.EXPORTED, page.events().size()));
    }

    private static Page poll(Cursor cursor) throws Exception {
        return cursor.poll(50, 10 << 20, Duration.ZERO);
    }

    private Ledger.PipelineLine line(PipelineId id) throws Exception {
        return journal.ledger().pipelines().stream()
                .filter(line -> line.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void full_onFullExpire_oldestExpireOnlyForTheOneThatWaits() throws Exception {
        Cursor dead = journal.cursor(DEAD, Journal.Start.NOW);
        Cursor alive = journal.cursor(ALIVE, Journal.Start.NOW);
        int total = 350;
        for (int i = 0; i < total; i++) {
            appendAll(1);
            if (i % 20 == 0) {
                alive.commit(exported(poll(alive)));
            }
        }
        while (!poll(alive).isEmpty()) {
            alive.commit(exported(poll(alive)));
        }
        assertThat(line(ALIVE).outcomes()).isEqualTo(Outcomes.of(Outcome.EXPORTED, total));
        long expired = line(DEAD).outcomes().counts().getOrDefault(new Outcomes.Key(Outcome.EXPIRED, "max_size"), 0L);
        assertThat(expired).isPositive();
        assertThat(line(DEAD).waiting()).isEqualTo(total - expired).isPositive();
        assertThat(journal.status().usedBytes() - journal.status().walBytes()).isLessThan(MAX);
        assertThat(Files.size(directory.resolve("journal.db"))).isLessThan(2 * MAX);
        assertThat(Numbered.number(poll(dead).events().getFirst())).isEqualTo(expired + 1);
    }

    @Test
    void full_whileAPageIsOnItsWay_countsWhatReallyBecameOfIt() throws Exception {
        Cursor dead = journal.cursor(DEAD, Journal.Start.NOW);
        appendAll(10);
        Page inFlight = poll(dead);
        appendAll(350);
        assertThat(line(DEAD).outcomes().total()).isGreaterThan(10);
        dead.commit(new Commit(
                inFlight,
                Outcomes.of(Outcome.EXPORTED, 9).plus(Outcome.QUARANTINED, "", 1),
                List.of(new QuarantinedEvent(inFlight.events().get(3).seq(), "refused", "400")),
                List.of(),
                Optional.empty()));
        Ledger.PipelineLine line = line(DEAD);
        assertThat(line.outcomes())
                .isEqualTo(Outcomes.of(Outcome.EXPORTED, 9)
                        .plus(Outcome.QUARANTINED, "", 1)
                        .plus(Outcome.EXPIRED, "max_size", 350 - line.waiting()));
        long entry = journal.quarantine().list(1).getFirst().id();
        assertThat(journal.quarantine().show(entry).orElseThrow().body().size()).isEqualTo(BODY + 1);
        dead.commit(exported(poll(dead)));
    }

    @Test
    void full_onFullRefuse_refusesUntilSomethingIsDelivered() throws Exception {
        journal.close();
        journal = open(JournalConfig.OnFull.REFUSE);
        Cursor dead = journal.cursor(DEAD, Journal.Start.NOW);
        AppendResult result = append();
        while (result instanceof AppendResult.Appended) {
            result = append();
        }
        assertThat(result)
                .isInstanceOfSatisfying(AppendResult.Unavailable.class, refusal -> assertThat(refusal.reason())
                        .isEqualTo("full"));
        assertThat(journal.status().writable()).contains("full");
        assertThat(line(DEAD).outcomes()).isEqualTo(Outcomes.NONE);
        for (int i = 0; i < 4; i++) {
            dead.commit(exported(poll(dead)));
        }
        journal.tend();
        assertThat(append()).isInstanceOf(AppendResult.Appended.class);
        assertThat(journal.status().writable()).isEmpty();
    }

    @Test
    void full_deliveredEvents_goBeforeTheirTime() throws Exception {
        Cursor alive = journal.cursor(ALIVE, Journal.Start.NOW);
        for (int i = 0; i < 20; i++) {
            appendAll(20);
            alive.commit(exported(poll(alive)));
        }
        assertThat(line(ALIVE).outcomes()).isEqualTo(Outcomes.of(Outcome.EXPORTED, 400));
    }

    @Test
    void maxBacklogAge_over_expiresWithThatReason() throws Exception {
        Cursor dead = journal.cursor(DEAD, Journal.Start.NOW);
        appendAll(5);
        clock.advance(Duration.ofHours(71));
        journal.tend();
        assertThat(line(DEAD).waiting()).isEqualTo(5);
        appendAll(1);
        clock.advance(Duration.ofHours(2));
        journal.tend();
        assertThat(line(DEAD).outcomes()).isEqualTo(Outcomes.NONE.plus(Outcome.EXPIRED, "max_backlog_age", 5));
        assertThat(poll(dead).events()).hasSize(1);
    }

    @Test
    void replayRetention_over_givesTheSpaceBackButKeepsQuarantine() throws Exception {
        Cursor alive = journal.cursor(ALIVE, Journal.Start.NOW);
        appendAll(100);
        for (int i = 0; i < 2; i++) {
            Page page = poll(alive);
            alive.commit(new Commit(
                    page,
                    Outcomes.of(Outcome.EXPORTED, 49).plus(Outcome.QUARANTINED, "", 1),
                    List.of(new QuarantinedEvent(page.events().get(7).seq(), "refused", "400")),
                    List.of(),
                    Optional.empty()));
        }
        journal.append(
                new Delivery("voice", clock.instant(), Bytes.utf8("{}")),
                List.of(),
                List.of(new Unreadable(0, "no_type", "no type")));
        long before = journal.status().usedBytes();
        clock.advance(Duration.ofHours(25));
        journal.tend();
        assertThat(journal.status().usedBytes() - journal.status().walBytes()).isLessThan(before / 4);
        assertThat(journal.quarantine().list(10)).hasSize(3).allSatisfy(entry -> assertThat(
                        journal.quarantine().show(entry.id()))
                .isPresent());
        for (int i = 0; i < 4; i++) {
            journal.tend();
        }
        assertThat(Files.size(directory.resolve("journal.db"))).isLessThan(before / 2);
        assertThat(append()).isInstanceOf(AppendResult.Appended.class);
        assertThat(poll(alive).events()).hasSize(1);
    }

    @Test
    void quarantine_overItsShare_dropsTheOldest() throws Exception {
        for (int i = 0; i < 40; i++) {
            Delivery delivery = new Delivery("voice", clock.instant(), Bytes.utf8(i + " ".repeat(BODY)));
            journal.append(delivery, List.of(), List.of(new Unreadable(0, "no_type", "no type")));
        }
        journal.tend();
        assertThat(journal.quarantine().list(100)).hasSize((int) (MAX / 10 / BODY));
        assertThat(journal.quarantine().list(100).getFirst().id()).isEqualTo(40);
        assertThat(journal.status().quarantined()).isEqualTo(MAX / 10 / BODY);
    }

    @Test
    void noPipelines_fullJournal_takesWhatComes() throws Exception {
        appendAll(350);
        assertThat(journal.status().usedBytes() - journal.status().walBytes()).isLessThan(MAX);
        assertThat(journal.status().usedBytes()).isLessThan(32L << 20);
    }
}
