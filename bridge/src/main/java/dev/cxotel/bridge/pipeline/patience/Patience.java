package dev.cxotel.bridge.pipeline.patience;

import dev.cxotel.bridge.journal.PipelineId;
import dev.cxotel.bridge.pipeline.patience.PipelineState.Condition;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The waits of one pipeline between its attempts, and what it says about them: one log line when the trouble begins or
 * becomes another, and one when it ends; never one per attempt.
 */
public final class Patience {

    private static final Logger log = LoggerFactory.getLogger(Patience.class);

    private final PipelineId id;
    private final DoubleSupplier random;
    private final InstantSource clock;
    private final StopSignal stop;
    private int failures;
    private boolean complaining;
    private volatile PipelineState state;

    /**
     * @param random from 0 (inclusive) to 1, for the spread of retries
     * @param sleeper how the waits pass
     */
    public Patience(PipelineId id, DoubleSupplier random, InstantSource clock, Sleeper sleeper) {
        this.id = id;
        this.random = random;
        this.clock = clock;
        this.stop = new StopSignal(sleeper);
        this.state = new PipelineState(id, Condition.RUNNING, clock.instant(), "", "", Duration.ZERO, Optional.empty());
    }

    /** What the pipeline is doing; for any thread. */
    public PipelineState state() {
        return state;
    }

    /** The request to stop, which ends the waits. */
    public StopSignal stop() {
        return stop;
    }

    /**
     * Waits as long as the trouble wants. A request to stop ends the wait and leaves one more attempt.
     *
     * @return whether to try again; false when the pipeline is to stop and has had that attempt
     */
    public boolean await(Trouble trouble) throws InterruptedException {
        if (stop.isRequested()) {
            return false;
        }
        PipelineState before = state;
        boolean same =
                before.condition() == trouble.condition() && before.reason().equals(trouble.reason());
        failures = before.condition() == trouble.condition() ? failures + 1 : 1;
        Duration delay = trouble.condition() == Condition.UNAUTHORIZED || trouble.condition() == Condition.MISDIRECTED
                ? RetryPolicy.DEFAULT.unauthorizedDelay(failures)
                : RetryPolicy.DEFAULT.delay(failures, trouble.asked(), random.getAsDouble());
        Instant since = before.condition() == trouble.condition() ? before.since() : clock.instant();
        state = new PipelineState(
                id, trouble.condition(), since, trouble.reason(), trouble.message(), delay, before.lastAccepted());
        if (!same) {
            report(trouble, delay);
        }
        stop.await(delay);
        return true;
    }

    /**
     * The destination accepted a request.
     *
     * @param rejected items of it that it says it refused
     */
    public void accepted(long rejected, long items, String message) {
        recovered(message, Optional.of(clock.instant()));
        boolean now = rejected > 0 || !message.isEmpty();
        if (now && !complaining) {
            log.warn(
                    "{} delivers, but the destination rejected {} of {} items and will not take them again: {}",
                    id,
                    rejected,
                    items,
                    message);
        }
        complaining = now;
    }

    /**
     * The destination refused something for good.
     *
     * @param fate what becomes of it, for the log
     */
    public void refused(long items, String message, String fate) {
        recovered(message, state.lastAccepted());
        if (!complaining) {
            log.error("{}: the destination refused {} items: {}; {}", id, items, message, fate);
        }
        complaining = true;
    }

    /** Things are in order again, without an answer of the destination. */
    public void recovered() {
        if (state.condition() != Condition.RUNNING) {
            recovered("", state.lastAccepted());
        }
    }

    /** The pipeline has come to its end. */
    public void stopped() {
        state = new PipelineState(id, Condition.STOPPED, clock.instant(), "", "", Duration.ZERO, state.lastAccepted());
    }

    private void recovered(String message, Optional<Instant> lastAccepted) {
        PipelineState before = state;
        if (before.condition() != Condition.RUNNING) {
            log.info(
                    "{} works again after {} ({})",
                    id,
                    Duration.between(before.since(), clock.instant()),
                    before.reason());
        }
        failures = 0;
        Instant since = before.condition() == Condition.RUNNING ? before.since() : clock.instant();
        state = new PipelineState(id, Condition.RUNNING, since, "", message, Duration.ZERO, lastAccepted);
    }

    private void report(Trouble trouble, Duration delay) {
        switch (trouble.condition()) {
            case UNAUTHORIZED ->
                log.error(
                        "{} is refused: the destination does not accept the API key or it lacks a right ({}). Events are"
                                + " kept; correct the destination's headers. Next attempt in {}",
                        id,
                        trouble.message(),
                        delay);
            case MISDIRECTED ->
                log.error(
                        "{} is refused, and the answer does not judge the data: {}. Events are kept; correct the"
                                + " destination's endpoint, or leave the signal out of its signals. Next attempt in {}",
                        id,
                        trouble.message(),
                        delay);
            case RETRYING ->
                log.warn(
                        "{} cannot deliver: {} ({}). Events are kept; next attempt in {}",
                        id,
                        trouble.reason(),
                        trouble.message(),
                        delay);
            case JOURNAL_FAILING ->
                log.error("{} cannot use the journal: {}. Next attempt in {}", id, trouble.message(), delay);
            case FAILING -> log.error("{} failed by a bug: {}. Next attempt in {}", id, trouble.message(), delay);
            case RUNNING, STOPPED -> throw new IllegalArgumentException("no trouble: " + trouble.condition());
        }
    }
}
