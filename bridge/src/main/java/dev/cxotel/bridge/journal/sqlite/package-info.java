/**
 * The journal on SQLite, behind the one door {@link dev.cxotel.bridge.journal.sqlite.SqliteJournal}: appends and cursors. It
 * and the packages below it are the only place with JDBC.
 */
@org.jspecify.annotations.NullMarked
package dev.cxotel.bridge.journal.sqlite;
