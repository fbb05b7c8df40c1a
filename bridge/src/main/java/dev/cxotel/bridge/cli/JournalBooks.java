package dev.cxotel.bridge.cli;

import dev.cxotel.bridge.config.BridgeConfig;
import dev.cxotel.bridge.console.AdminAnswer;
import dev.cxotel.bridge.console.AdminClient;
import dev.cxotel.bridge.journal.Journal;
import dev.cxotel.bridge.journal.JournalException;
import dev.cxotel.bridge.journal.Ledger;
import dev.cxotel.bridge.journal.sqlite.SqliteJournal;
import dev.cxotel.bridge.telemetry.Telemetry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;

/** The ledger from the bridge that runs on the journal, or with none running from the journal, its lock taken. */
public final class JournalBooks implements Seams.Books {

    private final InstantSource clock;

    public JournalBooks(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Ledger read(BridgeConfig config) throws IOException, InterruptedException, JournalException {
        Path directory = config.journal().directory();
        if (!Files.isDirectory(directory)) {
            throw new IOException("there is no journal in " + directory.toAbsolutePath());
        }
        try (AdminClient bridge = new AdminClient(directory)) {
            return switch (bridge.get("ledger")) {
                case AdminAnswer.Ok answer -> AdminClient.ledger(answer);
                case AdminAnswer.Refused refused ->
                    throw new IOException("the bridge answered " + refused.status() + ": " + refused.detail());
                case AdminAnswer.NoBridge nobody -> fromFile(config);
            };
        }
    }

    private Ledger fromFile(BridgeConfig config) throws JournalException {
        try (Journal journal = SqliteJournal.open(config.journal(), clock, Telemetry.NONE)) {
            return journal.ledger();
        }
    }
}
