/** The durable log: deliveries, events, cursors, ledger and quarantine; the database stands behind it. */
@org.jspecify.annotations.NullMarked
package dev.cxotel.bridge.journal;
