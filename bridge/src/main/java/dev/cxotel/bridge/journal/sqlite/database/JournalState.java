package dev.cxotel.bridge.journal.sqlite.database;

import dev.cxotel.bridge.journal.PipelineId;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** What the journal's threads know of the file without asking it, and the bell that wakes waiting cursors. */
public final class JournalState {

    /**
     * Sizes after the last commit.
     *
     * @param lastSeq the last position given out
     * @param usedPages bytes of pages in use
     * @param freePages bytes of pages that the file holds but does not use
     * @param quarantined entries in quarantine
     * @param dropped entries that the bounds of quarantine took away, ever
     */
    public record Sizes(long lastSeq, long usedPages, long freePages, long quarantined, long dropped) {}

    /**
     * Where a pipeline is.
     *
     * @param oldest when the first event after {@code position} was received, as of the last look; empty without one
     */
    public record Place(long row, long position, Optional<Instant> oldest) {}

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition appended = lock.newCondition();
    private final Map<PipelineId, Place> places = new ConcurrentHashMap<>();
    private volatile Sizes sizes = new Sizes(0, 0, 0, 0, 0);
    private volatile Optional<String> failure = Optional.empty();
    private volatile boolean closed;

    /** Sizes after the last commit. */
    public Sizes sizes() {
        return sizes;
    }

    /** Publishes what a commit left and wakes cursors when there is something new. */
    public void measured(Sizes after) {
        boolean news = after.lastSeq() > sizes.lastSeq();
        sizes = after;
        if (news) {
            ring();
        }
    }

    /** Why the last transaction failed; empty when it did not. */
    public Optional<String> failure() {
        return failure;
    }

    /** Notes that writing works again. */
    public void recovered() {
        failure = Optional.empty();
    }

    /** Notes why a transaction failed. */
    public void failed(String reason) {
        failure = Optional.of(reason);
    }

    /** Where each pipeline is, kept by those that move it. */
    public Map<PipelineId, Place> places() {
        return places;
    }

    /** Whether the journal is closed. */
    public boolean isClosed() {
        return closed;
    }

    /** Closes the journal for those that wait, and wakes them. */
    public void close() {
        closed = true;
        ring();
    }

    /** Waits until a position after {@code seq} exists, the journal closes, or the time is over; returns what is left. */
    public long awaitAfter(long seq, long nanos) throws InterruptedException {
        long left = nanos;
        lock.lockInterruptibly();
        try {
            while (sizes.lastSeq() <= seq && !closed && left > 0) {
                left = appended.awaitNanos(left);
            }
            return closed ? 0 : left;
        } finally {
            lock.unlock();
        }
    }

    private void ring() {
        lock.lock();
        try {
            appended.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
