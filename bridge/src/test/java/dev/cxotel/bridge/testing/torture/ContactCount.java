package dev.cxotel.bridge.testing.torture;

import dev.cxotel.bridge.journal.Ledger;
import dev.cxotel.bridge.journal.Outcome;
import dev.cxotel.bridge.journal.Outcomes;
import dev.cxotel.bridge.testing.books.JournalRows;
import dev.cxotel.bridge.testing.torture.NumberedContacts.Root;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The count of the contacts after a run: each closed once and has one root span at each backend, which tells what its row
 * tells; the rows count each event that was acknowledged, but for those that the ledger calls late; and a contact that was
 * told of without a pause is whole.
 */
final class ContactCount {

    private static final String ROWS =
            "select key, legs, calls, errors, first_at, last_at, closed_at is null from contact";

    private final CarefulSender sender;
    private final Machine machine;
    private final List<String> failures = new ArrayList<>();
    private final Map<String, Root> rows = new HashMap<>();
    private final int contacts;
    private long undisturbed;
    private long cutShort;

    ContactCount(CarefulSender sender, Machine machine) {
        this.sender = sender;
        this.machine = machine;
        this.contacts = NumberedContacts.count(sender.last());
    }

    /** Reads the rows and holds them against what was sent and against the reader's line in the ledger. */
    void compare(Ledger ledger) throws Exception {
        Map<String, Integer> numbers = new HashMap<>();
        for (int contact = 1; contact <= contacts; contact++) {
            numbers.put(NumberedContacts.key(contact), contact);
        }
        JournalRows.forEach(machine.data(), ROWS, row -> {
            Integer contact = numbers.get(row.getString(1));
            check(contact != null, "a contact has a row and was never told of: " + row.getString(1));
            check(!row.getBoolean(7), "a contact is open at the end: " + row.getString(1));
            if (contact != null) {
                long id = NumberedContacts.whole(contact, events(contact)).id();
                rows.put(
                        row.getString(1),
                        new Root(
                                contact,
                                true,
                                id,
                                row.getLong(2),
                                row.getLong(3),
                                row.getLong(4),
                                row.getLong(5),
                                row.getLong(6)));
            }
        });
        check(rows.size() == contacts, rows.size() + " contacts have a row, not " + contacts);
        for (int contact = 1; contact <= contacts; contact++) {
            checkCounts(contact);
        }
        checkLine(ledger);
    }

    /** What the backend has of them. */
    Report.Row row(RememberingSink sink) {
        Memory memory = sink.roots().memory();
        BitSet stored = memory.stored();
        BitSet refusals = memory.refused();
        long delivered = 0;
        long refused = 0;
        long lost = 0;
        long longest = 0;
        for (int contact = 1; contact <= contacts; contact++) {
            if (stored.get(contact)) {
                delivered++;
                longest = Math.max(longest, memory.first(contact) - lastAcknowledged(contact));
                checkRoot(sink, contact);
            } else if (refusals.get(contact)) {
                refused++;
            } else {
                lost++;
            }
        }
        String where = sink.name() + "/contacts";
        Map<Memory.Repeat, Long> repeats = memory.repeats();
        check(lost == 0, where + " lost " + lost);
        check(!repeats.containsKey(Memory.Repeat.UNEXPLAINED), where + " got repeats without a cause: " + repeats);
        check(sink.roots().differing() == 0, where + " got " + sink.roots().differing() + " roots that differ");
        check(stored.length() <= contacts + 1, where + " has roots of contacts that were never told of");
        return new Report.Row(
                sink.name(),
                "contacts",
                contacts,
                delivered,
                refused,
                lost,
                repeats,
                OptionalLong.empty(),
                Duration.ofNanos(longest));
    }

    /** What must not be. */
    List<String> failures() {
        return List.copyOf(failures);
    }

    int contacts() {
        return contacts;
    }

    /** In words. */
    String summary() {
        return "Contacts %,d: of their %,d events %,d came too late to count; of %,d that were told of without a pause or a jump of the clock %d are not whole."
                .formatted(contacts, sender.last(), sender.last() - counted(), undisturbed, cutShort)
                .replace(',', ' ');
    }

    private void checkCounts(int contact) {
        Root row = rows.get(NumberedContacts.key(contact));
        Root whole = NumberedContacts.whole(contact, events(contact));
        if (row == null) {
            return;
        }
        check(
                row.events() > 0
                        && row.legs() <= whole.legs()
                        && row.calls() <= whole.calls()
                        && row.errors() <= whole.errors()
                        && row.start() >= whole.start()
                        && row.end() <= whole.end(),
                "a contact counts more than was sent of it: " + row + ", sent " + whole);
        if (isUndisturbed(contact)) {
            undisturbed++;
            cutShort += row.equals(whole) ? 0 : 1;
            check(
                    row.equals(whole) || cutShort > 1,
                    "a contact is not whole without a cause: " + row + ", sent " + whole);
        }
    }

    /**
     * Whether each event was acknowledged before the one before it was so long ago that the contact may have closed, by a
     * clock that nobody set in between.
     */
    private boolean isUndisturbed(int contact) {
        List<Integer> events = events(contact);
        long before = sender.sentAt(events.getFirst());
        for (int number : events) {
            if (sender.acknowledgedAt(number) - before >= NumberedContacts.IDLE_NANOS) {
                return false;
            }
            before = sender.sentAt(number);
        }
        return !machine.clockWasSet(sender.sentAt(events.getFirst()), lastAcknowledged(contact));
    }

    private void checkRoot(RememberingSink sink, int contact) {
        Root row = rows.get(NumberedContacts.key(contact));
        Root root = sink.roots().root(contact).orElseThrow();
        check(
                root.equals(row),
                sink.name() + " has another root than the journal has a contact: " + root + ", row " + row);
    }

    private void checkLine(Ledger ledger) {
        Map<Outcomes.Key, Long> expected = new HashMap<>();
        expected.put(new Outcomes.Key(Outcome.EXPORTED, ""), counted());
        expected.put(new Outcomes.Key(Outcome.SKIPPED, "late"), sender.last() - counted());
        expected.put(new Outcomes.Key(Outcome.SKIPPED, "derived"), (long) contacts);
        expected.values().removeIf(count -> count == 0);
        Ledger.PipelineLine line = ledger.pipelines().stream()
                .filter(each -> each.id().toString().equals("contacts/roots"))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no line of the contacts"));
        check(
                line.outcomes().counts().equals(expected) && line.waiting() == 0,
                "the ledger says of the contacts " + line + ", and the rows " + expected);
    }

    private long counted() {
        return rows.values().stream().mapToLong(Root::events).sum();
    }

    private List<Integer> events(int contact) {
        return NumberedContacts.events(contact, sender.last());
    }

    private long lastAcknowledged(int contact) {
        return events(contact).stream().mapToLong(sender::acknowledgedAt).max().orElseThrow();
    }

    private void check(boolean holds, String otherwise) {
        if (!holds && failures.size() < 20 && !failures.contains(otherwise)) {
            failures.add(otherwise);
        }
    }
}
