package dev.cxotel.bridge.journal.sqlite;

import dev.cxotel.bridge.journal.AppendResult;
import dev.cxotel.bridge.journal.Commit;
import dev.cxotel.bridge.journal.Cursor;
import dev.cxotel.bridge.journal.Journal;
import dev.cxotel.bridge.journal.JournalException;
import dev.cxotel.bridge.journal.Numbered;
import dev.cxotel.bridge.journal.Outcome;
import dev.cxotel.bridge.journal.Outcomes;
import dev.cxotel.bridge.journal.Page;
import dev.cxotel.bridge.journal.PipelineId;
import dev.cxotel.bridge.telemetry.Telemetry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The process whose power is cut: it appends numbers and delivers them until it is killed, and says each thing that it
 * was promised: {@code A n} when number n was accepted, {@code C seq} when the cursor was moved to seq, {@code U} when an
 * append was refused.
 */
final class PowerCutChild {

    static final PipelineId PIPELINE = new PipelineId("sink", "traces");
    private static final int THREADS = 8;

    private PowerCutChild() {}

    public static void main(String[] arguments) throws Exception {
        AtomicLong numbers = new AtomicLong(Long.parseLong(arguments[1]));
        Journal journal =
                SqliteJournal.open(TestConfig.in(Path.of(arguments[0])), InstantSource.system(), Telemetry.NONE);
        Cursor cursor = journal.cursor(PIPELINE, Journal.Start.NOW);
        for (int i = 0; i < THREADS; i++) {
            Thread.ofVirtual().start(() -> append(journal, numbers));
        }
        while (true) {
            deliver(cursor);
        }
    }

    private static void append(Journal journal, AtomicLong numbers) {
        while (true) {
            long number = numbers.incrementAndGet();
            AppendResult result =
                    journal.append(Numbered.delivery(Instant.now(), number), Numbered.events(number), List.of());
            switch (result) {
                case AppendResult.Appended appended -> say("A " + number);
                case AppendResult.Unavailable unavailable -> say("U " + unavailable.reason());
            }
        }
    }

    private static void deliver(Cursor cursor) throws InterruptedException {
        try {
            Page page = cursor.poll(100, 1 << 20, Duration.ofSeconds(1));
            cursor.commit(
                    Commit.of(page, Outcomes.of(Outcome.EXPORTED, page.events().size())));
            say("C " + page.to());
        } catch (JournalException e) {
            say("E " + e.getMessage());
        }
    }

    private static synchronized void say(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
