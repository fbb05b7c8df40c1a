package dev.cxotel.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cxotel.bridge.config.load.ConfigLoader;
import dev.cxotel.bridge.journal.Ledger;
import dev.cxotel.bridge.journal.Outcome;
import dev.cxotel.bridge.journal.Outcomes;
import dev.cxotel.bridge.journal.Quarantine;
import dev.cxotel.bridge.signal.Signal;
import dev.cxotel.bridge.testing.FakeCollector;
import dev.cxotel.bridge.testing.NumberedCalls;
import dev.cxotel.bridge.testing.TestBridge;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows that a broken disk spoiled stand in the pipelines' way: they cost their events, which are counted, and no more. */
class DamagedRowsIT {

    private static final int CALLS = 12;
    private static final int PAGE = 4096;
    /** The first page of a chain holds the number of the next one, then only the body's padding. */
    private static final int NOWHERE = 0x7fff_fff0;

    private static final int NO_TYPE = 99;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    private Path journal() {
        return directory.resolve("data/journal.db");
    }

    private static Bridge start(Path config) throws Exception {
        return Bridge.start(new ConfigLoader(Map.of()).load(config).config());
    }

    @Test
    void pagesGoneAndTypesUnknown_costTheirEventsAndNoMore() throws Exception {
        try (FakeCollector sink = FakeCollector.start()) {
            for (Signal signal : Signal.values()) {
                sink.always(signal, request -> FakeCollector.status(503));
            }
            TestBridge test = TestBridge.in(directory, TestBridge.destination("sink", sink.url()));
            Path config = test.write();
            try (Bridge bridge = start(config);
                    NumberedCalls calls = new NumberedCalls(test.scripts()).paddedTo(5 * PAGE)) {
                calls.postNew(CALLS);
                assertThat(calls.acknowledged()).as(calls.lastTrouble()).isEqualTo(CALLS);
                assertThat(bridge.journal().ledger().difference()).isZero();
            }
            cutABody();
            spoilAType();
            for (Signal signal : Signal.values()) {
                sink.always(signal, request -> FakeCollector.status(200));
            }
            try (Bridge bridge = start(config)) {
                await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                                bridge.journal().ledger().pipelines())
                        .allSatisfy(line -> assertThat(line.waiting()).isZero()));
                Ledger ledger = bridge.journal().ledger();
                assertThat(ledger.difference()).as(ledger.toString()).isZero();
                assertThat(ledger.pipelines())
                        .extracting(line -> line.outcomes().counts())
                        .as(ledger.toString())
                        .contains(
                                Map.of(
                                        ended(Outcome.EXPORTED, ""),
                                        CALLS - 2L,
                                        ended(Outcome.QUARANTINED, "damaged"),
                                        2L),
                                Map.of(ended(Outcome.EXPORTED, ""), CALLS - 2L, ended(Outcome.DROPPED, "damaged"), 2L));
                assertThat(sink.spanIds()).hasSize(CALLS - 2);
                assertThat(bridge.journal().quarantine().list(10))
                        .extracting(Quarantine.Entry::reason)
                        .hasSize(2)
                        .containsOnly("damaged");
            }
        }
    }

    private static Outcomes.Key ended(Outcome outcome, String reason) {
        return new Outcomes.Key(outcome, reason);
    }

    /** Breaks the chain of pages that one body stands on. */
    private void cutABody() throws Exception {
        try (RandomAccessFile file = new RandomAccessFile(journal().toFile(), "rw")) {
            byte[] page = new byte[PAGE];
            for (long at = PAGE; at < file.length(); at += PAGE) {
                file.seek(at);
                file.readFully(page);
                if (ByteBuffer.wrap(page).getInt() != 0 && isPadding(page)) {
                    file.seek(at);
                    file.writeInt(NOWHERE);
                    return;
                }
            }
        }
        throw new AssertionError("no body has a page of its own");
    }

    private static boolean isPadding(byte[] page) {
        for (int i = Integer.BYTES; i < page.length; i++) {
            if (page[i] != ' ') {
                return false;
            }
        }
        return true;
    }

    /** Makes of one event, of those whose body is whole, one that this version does not know. */
    private void spoilAType() throws Exception {
        try (Connection file = DriverManager.getConnection("jdbc:sqlite:" + journal());
                Statement statement = file.createStatement()) {
            for (long seq = 1; ; seq++) {
                if (isWhole(statement, seq)) {
                    assertThat(statement.executeUpdate("update event set type = " + NO_TYPE + " where seq = " + seq))
                            .isEqualTo(1);
                    return;
                }
            }
        }
    }

    private static boolean isWhole(Statement statement, long seq) {
        try (var row = statement.executeQuery(
                "select hex(body) from delivery d join event e on e.delivery_id = d.id where seq = " + seq)) {
            return row.next() && row.getString(1) != null;
        } catch (java.sql.SQLException e) {
            return false;
        }
    }
}
