package dev.cxotel.bridge.contact;

import dev.cxotel.bridge.event.Activity;
import dev.cxotel.bridge.event.Activity.Kind;
import dev.cxotel.bridge.event.Arrival;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One page of events on its way into the contacts: from the contacts as they were to those that changed. Used once, by one
 * thread; what it does follows from its arguments alone.
 */
public final class ContactFold {

    private final ContactRules rules;
    private final Map<String, Contact> contacts;
    private final Map<String, Contact> changed = new LinkedHashMap<>();
    private final List<Contact> closed = new ArrayList<>();
    private final Map<Kind, Long> late = new EnumMap<>(Kind.class);

    /** @param known the contacts of the page's events, open and closed, by their key; one that is not there is new */
    public ContactFold(ContactRules rules, Map<String, Contact> known) {
        this.rules = rules;
        this.contacts = new HashMap<>(known);
    }

    /**
     * Adds one event, in the journal's order. An event that was received after its contact was due finds it closed, whether
     * or not anybody had noticed; an event of a closed contact is late and changes nothing.
     *
     * @param contact the activity's contact
     * @return whether it counts in its contact, that is: was not late
     */
    public boolean add(String contact, Activity activity, Arrival arrival, long seq) {
        String key = Contact.key(activity.businessUnit(), contact);
        Contact known = contacts.get(key);
        if (known == null) {
            put(rules.open(key, activity, arrival, seq));
            return true;
        }
        if (known.isOpen() && !arrival.receivedAt().isAfter(known.dueAt())) {
            put(rules.add(known, activity, arrival, seq));
            return true;
        }
        if (known.isOpen()) {
            close(known);
        }
        late.merge(activity.kind(), 1L, Long::sum);
        return false;
    }

    /** Closes a contact that was due. */
    public void close(Contact contact) {
        Contact ended = contact.closed();
        put(ended);
        closed.add(ended);
    }

    /** The contacts as they are now, those that changed only. */
    public List<Contact> changed() {
        return List.copyOf(changed.values());
    }

    /** Those that closed, in this order; each wants its root span. */
    public List<Contact> closed() {
        return List.copyOf(closed);
    }

    /** How many events came too late for their contact's root, by kind. */
    public Map<Kind, Long> late() {
        return Map.copyOf(late);
    }

    private void put(Contact contact) {
        contacts.put(contact.key(), contact);
        changed.put(contact.key(), contact);
    }
}
