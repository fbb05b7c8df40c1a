package dev.cxotel.bridge.pipeline;

import dev.cxotel.bridge.journal.PipelineId;
import dev.cxotel.bridge.pipeline.patience.PipelineState;
import java.time.Instant;

/** One signal on its way to one destination, on a thread of its own. */
public interface Pipeline {

    PipelineId id();

    void start();

    /** Asks it to send what waits and to end; returns at once. */
    void requestStop();

    /** Waits for the end until the deadline, then breaks off. What was not accepted waits for the next start. */
    void awaitStop(Instant deadline);

    PipelineState state();
}
