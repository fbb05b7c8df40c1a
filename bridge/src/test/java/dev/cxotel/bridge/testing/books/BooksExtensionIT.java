package dev.cxotel.bridge.testing.books;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.cxotel.bridge.Bridge;
import dev.cxotel.bridge.config.BridgeConfig;
import dev.cxotel.bridge.config.load.ConfigLoader;
import dev.cxotel.bridge.journal.sqlite.SqliteJournal;
import dev.cxotel.bridge.telemetry.Telemetry;
import dev.cxotel.bridge.testing.FakeCollector;
import dev.cxotel.bridge.testing.NumberedCalls;
import dev.cxotel.bridge.testing.TestBridge;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A test that does nothing for its books fails when one count of its bridge is wrong. */
@WithoutBooks("their own test takes the account itself")
class BooksExtensionIT {

    private static final int CALLS = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    @Test
    void close_allCounts_agree() throws Exception {
        runATest();
        Witness.Account account = Witness.take();
        assertThat(account.configurations()).hasSize(1);
        assertThatCode(() -> BooksExtension.close(account)).doesNotThrowAnyException();
    }

    /** The increment is taken away by a trigger in the file, past the program. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            update on subscription     | new.appended > old.appended | update subscription set appended = appended - 1 | appended rows
            insert on event            | true                        | delete from event where seq = new.seq           | offered and its ends
            insert on pipeline_outcome | new.outcome = 'exported' and new.pipeline_id = (select id from pipeline where signal = 'traces') | \
            update pipeline_outcome set count = count - 1 where pipeline_id = new.pipeline_id | the backend stored
            """)
    void close_oneIncrementMissing_fails(String event, String when, String taken, String found) throws Exception {
        BridgeConfig empty = config(TestBridge.in(directory));
        SqliteJournal.open(empty.journal(), InstantSource.system(), Telemetry.NONE)
                .close();
        JournalRows.execute(
                directory.resolve("data"),
                "create table taken(n integer)",
                "create trigger t after %s when %s and (select count(*) from taken) = 0 begin insert into taken values (1); %s; end"
                        .formatted(event, when, taken));
        runATest();
        Witness.Account account = Witness.take();
        assertThat(JournalRows.count(directory.resolve("data"), "select count(*) from taken"))
                .as("increments taken away")
                .isOne();
        assertThatThrownBy(() -> BooksExtension.close(account)).hasMessageContaining(found);
    }

    /** What any test would do: a bridge, a backend, events. */
    private void runATest() throws Exception {
        try (FakeCollector sink = FakeCollector.start()) {
            TestBridge test = TestBridge.in(directory, TestBridge.destination("sink", sink.url()));
            try (Bridge bridge = Bridge.start(config(test));
                    NumberedCalls calls = new NumberedCalls(test.scripts())) {
                calls.postNew(CALLS);
                assertThat(calls.acknowledged()).isEqualTo(CALLS);
                await().atMost(PATIENCE).until(() -> bridge.journal().ledger().pipelines().stream()
                        .allMatch(line -> line.waiting() == 0));
            }
        }
    }

    private static BridgeConfig config(TestBridge test) throws Exception {
        return new ConfigLoader(Map.of()).load(test.write()).config();
    }
}
