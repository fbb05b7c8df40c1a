/** An operator's looks and changes: quarantine, readmission, replays, the check of the whole file, copies. */
@org.jspecify.annotations.NullMarked
package dev.cxotel.bridge.journal.sqlite.operations;
