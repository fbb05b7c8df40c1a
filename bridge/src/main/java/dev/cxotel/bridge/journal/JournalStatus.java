package dev.cxotel.bridge.journal;

import java.util.List;
import java.util.Optional;

/**
 * The journal's condition.
 *
 * @param writable empty when an append would be accepted, else why not, as in {@link AppendResult.Unavailable#reason}
 * @param usedBytes bytes of used pages and of the write-ahead log; never the file's size
 * @param walBytes bytes of the write-ahead log
 * @param maxBytes the configured {@code max_size}
 * @param lastSeq the last position given out
 */
public record JournalStatus(
        Optional<String> writable,
        long usedBytes,
        long walBytes,
        long maxBytes,
        long lastSeq,
        long quarantined,
        List<PipelineStatus> pipelines) {

    public JournalStatus {
        pipelines = List.copyOf(pipelines);
    }

    /**
     * One pipeline's backlog.
     *
     * @param behind positions after the cursor: an upper bound of the events waiting
     * @param oldestWaitingSeconds age of the oldest event after the cursor since it was received; 0 without one
     */
    public record PipelineStatus(PipelineId id, long position, long behind, double oldestWaitingSeconds) {}
}
