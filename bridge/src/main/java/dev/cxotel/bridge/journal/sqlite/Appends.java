package dev.cxotel.bridge.journal.sqlite;

import dev.cxotel.bridge.event.Delivery;
import dev.cxotel.bridge.event.Event;
import dev.cxotel.bridge.event.Unreadable;
import dev.cxotel.bridge.journal.AppendResult;
import dev.cxotel.bridge.journal.sqlite.database.Database;
import dev.cxotel.bridge.journal.sqlite.database.Tally;
import dev.cxotel.bridge.journal.sqlite.table.Identities;
import dev.cxotel.bridge.journal.sqlite.table.QuarantineTable;
import dev.cxotel.bridge.journal.sqlite.table.Rows;
import dev.cxotel.bridge.journal.sqlite.table.Schema;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** The step that stores a delivery, its new events and its unreadable parts. */
final class Appends {

    private record Fresh(Event event, int revision) {}

    private final Identities identities;
    private final Duration quarantineRetention;

    /** @param quarantineRetention how long what a delivery with unreadable parts held is remembered */
    Appends(Identities identities, Duration quarantineRetention) {
        this.identities = identities;
        this.quarantineRetention = quarantineRetention;
    }

    AppendResult append(
            Database database, Tally tally, Delivery delivery, List<Event> events, List<Unreadable> unreadable)
            throws SQLException {
        Tally.Line line = tally.line(delivery.subscription());
        line.receive();
        line.decode((long) events.size() + unreadable.size());
        tally.countDelivery();

        int duplicates = 0;
        List<Fresh> fresh = new ArrayList<>(events.size());
        for (Event event : events) {
            OptionalInt revision = identities.claim(database, tally, event.identity(), delivery.receivedAt());
            if (revision.isPresent()) {
                fresh.add(new Fresh(event, revision.getAsInt()));
            } else {
                duplicates++;
            }
        }
        int appended = 0;
        int revised = 0;
        int similar = 0;
        int quarantined = 0;
        if (!fresh.isEmpty() || !unreadable.isEmpty()) {
            long id = Rows.insertDelivery(
                    database, Schema.WEBHOOK, delivery.subscription(), delivery.receivedAt(), delivery.body());
            for (Fresh each : fresh) {
                Event event = each.event();
                int inserted = Rows.insertEvent(
                        database,
                        id,
                        event.index(),
                        event.type(),
                        each.revision(),
                        event.identity().content(),
                        null);
                appended += inserted;
                tally.offer("", 1);
                if (each.revision() > 0) {
                    boolean revision = Rows.isRevision(event.identity());
                    revised += revision ? 1 : 0;
                    similar += revision ? 0 : 1;
                }
            }
            for (Unreadable part : unreadable) {
                quarantined += QuarantineTable.insertUnreadable(database, id, delivery, part);
                tally.changeQuarantine();
            }
        }
        if (!unreadable.isEmpty()) {
            // Decoding the rest again must not bring these again.
            for (Event event : events) {
                identities.extend(
                        database, event.identity(), delivery.receivedAt().plus(quarantineRetention));
            }
        }
        AppendResult.Appended result = new AppendResult.Appended(appended, duplicates, revised, similar, quarantined);
        line.accept();
        line.append(result);
        return result;
    }
}
