package dev.cxotel.bridge.journal.sqlite;

import dev.cxotel.bridge.journal.Journal;
import dev.cxotel.bridge.journal.JournalContract;
import dev.cxotel.bridge.journal.JournalException;
import dev.cxotel.bridge.telemetry.Telemetry;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteJournalContractTest extends JournalContract {

    @TempDir
    Path directory;

    @Override
    protected Journal open() throws JournalException {
        return SqliteJournal.open(TestConfig.in(directory), clock, Telemetry.NONE);
    }
}
