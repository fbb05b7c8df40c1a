package dev.cxotel.bridge.mapping;

import org.jspecify.annotations.Nullable;

/**
 * What names the trace of a contact.
 *
 * @param businessUnit after aliasing
 * @param contact the master contact, else the contact
 */
public record ContactKey(String businessUnit, String contact) {

    /** Whether {@code id} can name a contact: absent, empty, zero and negative ids cannot. */
    public static boolean usable(@Nullable String id) {
        if (id == null || id.isBlank() || id.startsWith("-")) {
            return false;
        }
        return id.chars().anyMatch(c -> c != '0' && c != '.');
    }
}
