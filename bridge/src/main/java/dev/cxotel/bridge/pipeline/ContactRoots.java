package dev.cxotel.bridge.pipeline;

import dev.cxotel.bridge.contact.Contact;
import dev.cxotel.bridge.contact.ContactRules;
import dev.cxotel.bridge.event.Bytes;
import java.util.function.Function;

/**
 * What is asked of the contacts' root spans.
 *
 * @param body the body of the derived event of a closed contact; the same contact always gives the same bytes
 */
public record ContactRoots(ContactRules rules, Function<Contact, Bytes> body) {}
