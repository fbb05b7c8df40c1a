/** The tables of the journal: the format of the file, and the statements that change and read its rows. */
@org.jspecify.annotations.NullMarked
package dev.cxotel.bridge.journal.sqlite.table;
