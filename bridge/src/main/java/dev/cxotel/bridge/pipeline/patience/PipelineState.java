package dev.cxotel.bridge.pipeline.patience;

import dev.cxotel.bridge.journal.PipelineId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What a pipeline is doing.
 *
 * @param since when the condition began
 * @param reason a fixed word in snake_case; empty while {@link Condition#RUNNING}
 * @param message for a person, bounded; may hold what a backend said about payload values
 * @param delay the present wait before the next attempt; zero while running
 * @param lastAccepted when the destination last accepted something
 */
public record PipelineState(
        PipelineId id,
        Condition condition,
        Instant since,
        String reason,
        String message,
        Duration delay,
        Optional<Instant> lastAccepted) {

    /** The conditions of a pipeline. */
    public enum Condition {
        /** Exports, or waits for events. */
        RUNNING,
        /** The destination does not answer or asks to come back later. Nothing is lost. */
        RETRYING,
        /** The destination does not accept the key; somebody has to mend it. Nothing is lost. */
        UNAUTHORIZED,
        /** The destination's answer says that the address or the way to it is wrong; somebody has to mend it. Nothing is lost. */
        MISDIRECTED,
        /** The journal cannot be read or written. */
        JOURNAL_FAILING,
        /** A bug in the bridge; tried again. */
        FAILING,
        STOPPED
    }
}
