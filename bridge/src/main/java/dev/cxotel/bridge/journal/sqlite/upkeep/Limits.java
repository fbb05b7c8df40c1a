package dev.cxotel.bridge.journal.sqlite.upkeep;

import dev.cxotel.bridge.config.JournalConfig;
import dev.cxotel.bridge.journal.Journal;

/**
 * The journal's bounds in bytes, derived from {@code max_size}. A part of it is set aside for the write-ahead log, so
 * that pages and log together stay below {@code max_size} and a log that a slow checkpoint holds up expires no event.
 *
 * @param pages used pages above which space is made
 * @param checkpoint size of the write-ahead log at which a checkpoint runs
 * @param wal size to which the log is cut when it starts anew
 * @param reserve size of the reserve file
 * @param quarantine bytes of bodies that quarantine may hold, held deliveries aside
 * @param held bytes of deliveries that may be held
 */
public record Limits(long pages, long checkpoint, long wal, long reserve, long quarantine, long held) {

    private static final long MIB = 1L << 20;

    /** The bounds that the configuration comes to. */
    public static Limits of(JournalConfig config) {
        long walReserve = Math.min(16 * MIB, config.maxSize() / 8);
        return new Limits(
                config.maxSize() - walReserve,
                walReserve / 2,
                walReserve / 4,
                Math.min(16 * MIB, config.maxSize() / 16),
                Math.min(config.quarantineMaxSize(), config.maxSize() / 10),
                Math.min(Journal.HELD_BYTES, config.maxSize() / 10));
    }
}
