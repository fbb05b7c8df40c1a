package dev.cxotel.bridge.journal.sqlite;

import dev.cxotel.bridge.journal.Journal;
import dev.cxotel.bridge.journal.Operations;
import dev.cxotel.bridge.journal.Quarantine;
import dev.cxotel.bridge.telemetry.Telemetry;
import java.nio.file.Path;
import java.time.InstantSource;

/**
 * The operator's process whose power is cut: it offers each undelivered event again, the oldest first, and says {@code R
 * id} when it was promised that entry {@code id} was.
 */
final class PowerCutOperator {

    private PowerCutOperator() {}

    public static void main(String[] arguments) throws Exception {
        try (Journal journal =
                SqliteJournal.open(TestConfig.in(Path.of(arguments[0])), InstantSource.system(), Telemetry.NONE)) {
            for (Quarantine.Entry entry :
                    journal.quarantine().list(Integer.MAX_VALUE).reversed()) {
                if (journal.operations().offerAgain(entry.id()) == Operations.Offer.OFFERED) {
                    System.out.println("R " + entry.id());
                    System.out.flush();
                }
            }
        }
    }
}
