package dev.cxotel.bridge.journal;

import dev.cxotel.bridge.contact.Contact;
import java.util.List;
import java.util.Optional;

/**
 * One step of a cursor, applied in one transaction.
 *
 * @param page what was read; the cursor moves to its end
 * @param outcomes how the page's events ended; their total is the page's size, quarantined ones included
 * @param contacts the contacts that changed, as they are now
 * @param lastWindow for a delta pipeline, the window that was accepted; it clears the pending one
 */
public record Commit(
        Page page,
        Outcomes outcomes,
        List<QuarantinedEvent> quarantined,
        List<DerivedEvent> derived,
        List<Contact> contacts,
        Optional<Window> lastWindow) {
    public Commit {
        quarantined = List.copyOf(quarantined);
        derived = List.copyOf(derived);
        contacts = List.copyOf(contacts);
    }

    /** A step that no contact knows of. */
    public Commit(
            Page page,
            Outcomes outcomes,
            List<QuarantinedEvent> quarantined,
            List<DerivedEvent> derived,
            Optional<Window> lastWindow) {
        this(page, outcomes, quarantined, derived, List.of(), lastWindow);
    }

    public static Commit of(Page page, Outcomes outcomes) {
        return new Commit(page, outcomes, List.of(), List.of(), Optional.empty());
    }
}
