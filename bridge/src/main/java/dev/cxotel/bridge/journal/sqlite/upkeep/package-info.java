/** What the journal does for itself: counts, retention, room, checkpoints, warnings and reports. */
@org.jspecify.annotations.NullMarked
package dev.cxotel.bridge.journal.sqlite.upkeep;
