package dev.cxotel.bridge.journal.sqlite.database;

import dev.cxotel.bridge.journal.JournalException;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one platform thread that changes the file. It takes everything that waits, makes one transaction of it, commits,
 * which syncs, and only then tells the waiting threads. After an error of the disk the transaction is never tried again:
 * its threads are told, and the file is closed and opened before the next.
 */
public final class Writer {

    /** Opens a connection; called on the thread that will use it. */
    public interface Opening {
        /** Returns a connection that is the caller's to close. */
        Database open() throws SQLException, JournalException;
    }

    /** What the writer tells: called on its thread around the end of each transaction. */
    public interface Events {
        /** Adds to the transaction what is to be written with every group. */
        void beforeCommit(Database database, Tally tally) throws SQLException;

        /** Called once the transaction is synced, so many seconds after it began. */
        void committed(Database database, Tally tally, double seconds) throws SQLException;

        /** Called when nothing of the transaction was written. */
        void failed(SQLException why);

        /** Called outside of any transaction, when nobody waits for its end. */
        void between(Database database) throws SQLException;

        /** Further work that must be done before more is taken on. */
        Optional<Work<?>> urgent();
    }

    private static final Logger LOG = LoggerFactory.getLogger(Writer.class);
    private static final int MAX_GROUP = 512;
    private static final long MAX_GROUP_BYTES = 16L << 20;
    private static final int MAX_URGENT = 32;

    private final Opening opening;
    private final Events events;
    private final Mutant mutant;
    private final Thread thread;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Work<?>> waiting = new ArrayDeque<>();
    private boolean stopping;
    private @Nullable Database database;

    /** @param database the connection that writes first; after an error another is opened */
    public Writer(Database database, Opening opening, Events events, Mutant mutant) {
        this.database = database;
        this.opening = opening;
        this.events = events;
        this.mutant = mutant;
        this.thread = Thread.ofPlatform().name("cxotel-journal-writer").daemon().unstarted(this::run);
    }

    /** Starts the thread. */
    public void start() {
        thread.start();
    }

    /** Hands the work over and waits until it is durable. */
    public <T> T write(long bytes, Work.Step<T> step) throws JournalException {
        Work<T> work = new Work<>(bytes, step);
        lock.lock();
        try {
            if (stopping) {
                throw new JournalException("the journal is closed");
            }
            waiting.add(work);
            changed.signal();
        } finally {
            lock.unlock();
        }
        return work.await();
    }

    /** Lets what was handed over end, then ends the thread and closes its connection. */
    public void stop() {
        lock.lock();
        try {
            stopping = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
        joinUninterruptibly(thread);
    }

    /** Waits for the end of a thread, through interrupts, which are kept for later. */
    public static void joinUninterruptibly(Thread thread) {
        boolean interrupted = false;
        while (true) {
            try {
                thread.join();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        for (List<Work<?>> group = take(); !group.isEmpty(); group = take()) {
            end(group);
            for (int i = 0; i < MAX_URGENT; i++) {
                Optional<Work<?>> urgent = events.urgent();
                if (urgent.isEmpty()) {
                    break;
                }
                end(List.of(urgent.get()));
            }
        }
        close();
    }

    /** Waits for work; an empty list says that there will be none any more. */
    private List<Work<?>> take() {
        List<Work<?>> group = new ArrayList<>();
        lock.lock();
        try {
            while (waiting.isEmpty() && !stopping) {
                changed.awaitUninterruptibly();
            }
            long bytes = 0;
            while (!waiting.isEmpty() && group.size() < MAX_GROUP && bytes < MAX_GROUP_BYTES) {
                Work<?> work = waiting.remove();
                bytes += work.bytes();
                group.add(work);
            }
            return group;
        } finally {
            lock.unlock();
        }
    }

    private void end(List<Work<?>> group) {
        try {
            commit(group);
        } catch (SQLException e) {
            abandon(group, e);
        } catch (JournalException e) {
            group.forEach(work -> work.fail(e));
            close();
        } catch (Throwable e) {
            // A bug, or no memory: this group is told so, and the thread lives on for the next.
            LOG.error("The journal's writer failed", e);
            abandon(group, new SQLException(e.toString(), e));
        }
    }

    private void commit(List<Work<?>> group) throws SQLException, JournalException {
        Database open = database;
        if (open == null) {
            open = opening.open();
            database = open;
        }
        long began = System.nanoTime();
        Tally tally = new Tally();
        open.beginWrite();
        for (Work<?> work : group) {
            work.run(open, tally);
        }
        events.beforeCommit(open, tally);
        if (mutant == Mutant.ANSWER_BEFORE_COMMIT) {
            // Only appends carry a body.
            group.stream().filter(work -> work.bytes() > 0).forEach(Work::complete);
        }
        open.commit();
        events.committed(open, tally, (System.nanoTime() - began) / 1e9);
        group.forEach(Work::complete);
        events.between(open);
    }

    private void abandon(List<Work<?>> group, SQLException why) {
        Database open = database;
        if (open != null) {
            open.rollback();
        }
        close();
        events.failed(why);
        JournalException told = new JournalException("the journal cannot write: " + why.getMessage(), why);
        group.forEach(work -> work.fail(told));
    }

    private void close() {
        Database open = database;
        if (open != null) {
            open.close();
        }
        database = null;
    }
}
