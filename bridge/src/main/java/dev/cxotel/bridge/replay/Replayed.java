package dev.cxotel.bridge.replay;

import dev.cxotel.bridge.journal.Quarantine;
import java.util.Optional;

/**
 * How the replay of one entry of quarantine ended.
 *
 * @param kind empty when there is no such entry
 * @param result a fixed word: {@code appended}, {@code known}, {@code offered}, {@code unreadable}, {@code not_json},
 *     {@code unverified}, {@code no_pipeline}, {@code failed} or {@code gone}
 * @param left whether the entry has left quarantine, now or before
 * @param appended events that went into the log
 * @param detail one sentence without payload values
 */
public record Replayed(
        long id, Optional<Quarantine.Kind> kind, String result, boolean left, int appended, String detail) {}
