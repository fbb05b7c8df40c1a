package dev.cxotel.bridge.journal;

import static dev.cxotel.bridge.journal.Numbered.delivery;
import static dev.cxotel.bridge.journal.Numbered.events;
import static dev.cxotel.bridge.journal.Numbered.numbers;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A journal under test, its clock, and words for what is done to it most. The ledger must close after each test. */
public abstract class JournalRig {

    protected static final PipelineId TRACES = new PipelineId("honeycomb", "traces");
    protected static final PipelineId LOGS = new PipelineId("local", "logs");

    protected final ManualClock clock = new ManualClock();
    protected Journal journal;

    /** Opens the journal, with what was in it when it was closed. */
    protected abstract Journal open() throws JournalException;

    @BeforeEach
    void openFirst() throws JournalException {
        journal = open();
    }

    @AfterEach
    void closeLast() throws JournalException {
        assertThat(journal.ledger().difference()).isZero();
        journal.close();
    }

    protected final void reopen() throws JournalException {
        journal.close();
        journal = open();
    }

    protected final AppendResult append(long... numbers) {
        return journal.append(delivery(clock.instant(), numbers), events(numbers), List.of());
    }

    protected final Page poll(Cursor cursor, int max) throws JournalException, InterruptedException {
        return cursor.poll(max, 1 << 20, Duration.ZERO);
    }

    protected static Commit exported(Page page) {
        return Commit.of(page, Outcomes.of(Outcome.EXPORTED, page.events().size()));
    }

    protected final Ledger.PipelineLine line(PipelineId id) throws JournalException {
        return journal.ledger().pipelines().stream()
                .filter(line -> line.id().equals(id))
                .findFirst()
                .orElseThrow();
    }
}
