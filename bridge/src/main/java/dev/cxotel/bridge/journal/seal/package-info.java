/** Encryption of what the journal stores of deliveries. */
@org.jspecify.annotations.NullMarked
package dev.cxotel.bridge.journal.seal;
