package dev.cxotel.bridge.receiver;

import static dev.cxotel.bridge.receiver.RunningReceiver.VOICE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cxotel.bridge.auth.NoAuthentication;
import dev.cxotel.bridge.config.JournalConfig;
import dev.cxotel.bridge.config.MappingConfig;
import dev.cxotel.bridge.event.EventType;
import dev.cxotel.bridge.journal.Journal;
import dev.cxotel.bridge.journal.Ledger;
import dev.cxotel.bridge.journal.Quarantine;
import dev.cxotel.bridge.journal.sqlite.SqliteJournal;
import dev.cxotel.bridge.telemetry.Telemetry;
import dev.cxotel.bridge.testing.RawHttp;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The receiver before the real journal: what was answered is what the books say. */
class ReceiverJournalTest {

    @TempDir
    Path directory = Path.of("");

    @Test
    void books_closeOverEveryKindOfAnswer() throws Exception {
        JournalConfig defaults = JournalConfig.DEFAULT;
        JournalConfig config = new JournalConfig(
                directory,
                defaults.maxSize(),
                1 << 20,
                defaults.replayRetention(),
                defaults.deduplicationWindow(),
                defaults.maxBacklogAge(),
                defaults.onFull());
        try (Journal journal = SqliteJournal.open(config, InstantSource.system(), Telemetry.NONE)) {
            Receiver receiver = Receiver.start(
                    new RunningReceiver.Settings().toConfig(),
                    new Receiver.Parts(
                            subscription -> List.of(new NoAuthentication()),
                            new Lines(EventType.VOICE_QUALITY),
                            List.of(new Lines(EventType.VOICE_QUALITY)),
                            MappingConfig.DEFAULT,
                            journal,
                            Telemetry.NONE,
                            () -> ZoneWatch.NONE,
                            ActivityWatch.NONE,
                            InstantSource.system(),
                            (subscription, request) -> {}),
                    Optional.empty());
            assertThat(post(receiver, "one\ntwo\n?three")).contains("\"accepted\":2", "\"quarantined\":1");
            assertThat(post(receiver, "two\nfour")).contains("\"accepted\":1", "\"duplicates\":1");
            assertThat(post(receiver, "* bug")).contains("\"quarantined\":1");
            assertThat(post(receiver, "!")).contains("not_json");
            assertThat(post(receiver, "")).contains("\"accepted\":0");
            receiver.stop();

            Ledger ledger = journal.ledger();
            assertThat(ledger.difference()).isZero();
            assertThat(ledger.subscriptions()).singleElement().satisfies(line -> {
                assertThat(line.deliveries()).isEqualTo(5);
                assertThat(line.accepted()).isEqualTo(3);
                assertThat(line.empty()).isEqualTo(1);
                assertThat(line.refused()).isEqualTo(Map.of("not_json", 1L));
                assertThat(line.appended()).isEqualTo(3);
                assertThat(line.duplicate()).isEqualTo(1);
                assertThat(line.unreadable()).isEqualTo(2);
            });
            assertThat(journal.quarantine().list(10))
                    .extracting(Quarantine.Entry::reason)
                    .containsExactlyInAnyOrder("unknown_type", "decoder_bug", "not_json");
        }
    }

    private static String post(Receiver receiver, String body) {
        try (RawHttp http = RawHttp.connect(receiver.port())) {
            return http.post(VOICE, "Content-Length: " + body.length())
                    .send(body)
                    .read()
                    .body();
        }
    }
}
