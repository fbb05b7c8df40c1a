package dev.cxotel.bridge.pipeline;

import dev.cxotel.bridge.journal.JournalException;
import dev.cxotel.bridge.journal.PipelineId;
import dev.cxotel.bridge.pipeline.patience.Patience;
import dev.cxotel.bridge.pipeline.patience.PipelineState;
import dev.cxotel.bridge.pipeline.patience.Trouble;
import dev.cxotel.bridge.pipeline.work.Work;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A pipeline's thread. It ends when it is asked to and never otherwise: a bug is logged and the round tried again. */
final class PipelineLoop implements Pipeline {

    private static final Logger log = LoggerFactory.getLogger(PipelineLoop.class);
    private static final Duration LAST_RESORT = Duration.ofSeconds(5);

    private final PipelineId id;
    private final Work work;
    private final Patience patience;
    private final InstantSource clock;
    private final Thread thread;

    PipelineLoop(PipelineId id, Work work, Patience patience, InstantSource clock) {
        this.id = id;
        this.work = work;
        this.patience = patience;
        this.clock = clock;
        this.thread = Thread.ofPlatform()
                .name("pipeline-" + id.destination() + "-" + id.signal())
                .daemon()
                .unstarted(this::run);
    }

    @Override
    public PipelineId id() {
        return id;
    }

    @Override
    public void start() {
        thread.start();
    }

    @Override
    public void requestStop() {
        patience.stop().request();
    }

    @Override
    public void awaitStop(Instant deadline) {
        requestStop();
        try {
            if (!thread.join(clock.instant().until(deadline))) {
                log.warn("{} did not finish in time; what it has not delivered waits for the next start", id);
                thread.interrupt();
                if (!thread.join(LAST_RESORT)) {
                    log.error("{} does not end", id);
                }
            }
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public PipelineState state() {
        return patience.state();
    }

    private void run() {
        try {
            boolean more = true;
            while (more) {
                more = round();
            }
        } catch (InterruptedException e) {
            log.debug("{} was broken off", id);
        } finally {
            work.end();
            patience.stopped();
        }
    }

    private boolean round() throws InterruptedException {
        try {
            boolean more = work.round();
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            return more;
        } catch (JournalException e) {
            return patience.await(Trouble.of(e));
        } catch (RuntimeException | Error bug) {
            log.error("{} failed by a bug; it tries again", id, bug);
            return patience.await(Trouble.ofBug(bug));
        }
    }
}
