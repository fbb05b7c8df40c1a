/**
 * One trace per contact: the pure rules by which activity becomes a contact and a contact comes to its end. The front door
 * is {@link dev.cxotel.bridge.contact.ContactFold}; the rows are the journal's.
 */
@NullMarked
package dev.cxotel.bridge.contact;

import org.jspecify.annotations.NullMarked;
