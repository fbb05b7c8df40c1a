/** The journal on SQLite, behind the one door {@link dev.cxotel.bridge.journal.sqlite.SqliteJournal}; the only place with JDBC. */
@org.jspecify.annotations.NullMarked
package dev.cxotel.bridge.journal.sqlite;
