/**
 * The journal as files: the directory it is in, the right to it, what was acknowledged of it, and the rescue of
 * what is damaged.
 */
@org.jspecify.annotations.NullMarked
package dev.cxotel.bridge.journal.sqlite.file;
