package dev.cxotel.bridge.pipeline.work;

import dev.cxotel.bridge.journal.JournalException;
import java.time.Duration;

/** What a pipeline's thread does again and again. */
public interface Work {

    /** The longest wait for events in one round, hence the longest that a stop is noticed late. */
    Duration IDLE = Duration.ofMillis(500);

    /** Reads, sends and commits once. @return false when the pipeline is to stop and nothing more is to be done */
    boolean round() throws InterruptedException, JournalException;

    /** Releases what it holds; the journal keeps the rest. */
    default void end() {}
}
