/**
 * The database of the journal: connections to its file, the one thread that writes, the few that read, and what
 * they know without asking it.
 */
@org.jspecify.annotations.NullMarked
package dev.cxotel.bridge.journal.sqlite.database;
