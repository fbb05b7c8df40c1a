package dev.cxotel.bridge.testing.torture;

import dev.cxotel.bridge.testing.torture.NumberedContacts.Root;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What a backend remembers of the contacts' root spans: of each contact the first, and how many came that differ. */
final class RootMemory {

    private final Memory memory;
    private final Map<Integer, Root> roots = new HashMap<>();
    private int differing;

    RootMemory(Incidents incidents) {
        memory = new Memory(incidents);
    }

    synchronized void store(Root root, long at) {
        memory.store(root.contact(), root.id(), at);
        Root first = roots.putIfAbsent(root.contact(), root);
        differing += first == null || first.equals(root) ? 0 : 1;
    }

    /** When each came, and why again; the numbers are the contacts'. */
    Memory memory() {
        return memory;
    }

    synchronized Optional<Root> root(int contact) {
        return Optional.ofNullable(roots.get(contact));
    }

    /** How often a contact's root came again and told something else. */
    synchronized int differing() {
        return differing;
    }
}
