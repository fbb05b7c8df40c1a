package dev.cxotel.bridge.pipeline;

import dev.cxotel.bridge.config.JournalConfig;
import dev.cxotel.bridge.config.MappingConfig;
import dev.cxotel.bridge.config.ResourceConfig;
import dev.cxotel.bridge.contact.ContactRules;
import dev.cxotel.bridge.contactroot.ContactSlice;
import dev.cxotel.bridge.event.Bytes;
import dev.cxotel.bridge.event.Decoding;
import dev.cxotel.bridge.event.Delivery;
import dev.cxotel.bridge.event.EventType;
import dev.cxotel.bridge.journal.Cursor;
import dev.cxotel.bridge.journal.Journal;
import dev.cxotel.bridge.journal.JournalException;
import dev.cxotel.bridge.journal.PipelineId;
import dev.cxotel.bridge.journal.StoredEvent;
import dev.cxotel.bridge.journal.sqlite.SqliteJournal;
import dev.cxotel.bridge.mapping.Resources;
import dev.cxotel.bridge.pipeline.patience.Patience;
import dev.cxotel.bridge.pipeline.patience.Sleeper;
import dev.cxotel.bridge.pipeline.work.Work;
import dev.cxotel.bridge.scriptapi.ScriptApiSlice;
import dev.cxotel.bridge.signal.Scope;
import dev.cxotel.bridge.signal.Slices;
import dev.cxotel.bridge.telemetry.Telemetry;
import dev.cxotel.bridge.testing.MutableClock;
import dev.cxotel.bridge.voicequality.VoiceQualitySlice;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The reader of the contacts on the real journal, with the real slices, on the test's own thread and clock. */
final class ContactBench implements AutoCloseable {

    static final ContactRules RULES = new ContactRules(Duration.ofMinutes(30), Duration.ofHours(4), Optional.empty());

    private static final PipelineId WITNESS = new PipelineId("witness", "traces");

    final Journal journal;
    final Work work;
    final Slices slices;
    private final MutableClock clock;
    private final Cursor witness;

    /** @param cursors what stands between the work and its cursor */
    ContactBench(Path directory, MutableClock clock, Telemetry telemetry, UnaryOperator<Cursor> cursors)
            throws JournalException {
        this.clock = clock;
        JournalConfig defaults = JournalConfig.DEFAULT;
        this.journal = SqliteJournal.open(
                new JournalConfig(
                        directory,
                        defaults.maxSize(),
                        1 << 20,
                        defaults.replayRetention(),
                        defaults.deduplicationWindow(),
                        defaults.maxBacklogAge(),
                        defaults.onFull()),
                clock,
                Telemetry.NONE);
        Resources resources = new Resources(ResourceConfig.DEFAULT, MappingConfig.DEFAULT, Map.of(), "test");
        this.slices = new Slices(List.of(
                new VoiceQualitySlice(MappingConfig.DEFAULT, resources),
                new ScriptApiSlice(MappingConfig.DEFAULT, Map.of(), resources),
                new ContactSlice(resources, MappingConfig.Privacy.DEFAULT)));
        PipelineSettings settings = new PipelineSettings(
                slices, slices::forType, Scope.INFO, 100, telemetry, clock, () -> 0.5, Sleeper.REAL);
        Patience patience = new Patience(Pipelines.CONTACTS, () -> 0.5, clock, (duration, woken) -> {
            clock.advance(duration);
            return false;
        });
        Cursor own = journal.cursor(Pipelines.CONTACTS, Journal.Start.OLDEST_RETAINED);
        this.witness = journal.cursor(WITNESS, Journal.Start.OLDEST_RETAINED);
        this.work = Pipelines.contactWork(
                cursors.apply(own), journal, patience, settings, new ContactRoots(RULES, ContactSlice::body));
    }

    void receive(String subscription, String body) {
        Bytes bytes = Bytes.utf8(body);
        Decoding.Decoded decoded = (Decoding.Decoded) slices.decode(bytes);
        journal.append(new Delivery(subscription, clock.instant(), bytes), decoded.events(), decoded.unreadable());
    }

    /** The derived events in the journal, in its order. */
    List<StoredEvent> roots() throws JournalException {
        return witness.pollTo(Long.MAX_VALUE).events().stream()
                .filter(event -> event.type() == EventType.CONTACT)
                .toList();
    }

    @Override
    public void close() {
        work.end();
        journal.close();
    }
}
