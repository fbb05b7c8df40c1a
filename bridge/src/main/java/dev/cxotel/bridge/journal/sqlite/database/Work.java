package dev.cxotel.bridge.journal.sqlite.database;

import dev.cxotel.bridge.journal.JournalException;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/**
 * One request to the writer: a step of a transaction that it shares with others, and the thread that waits until that
 * is synced. A step that fails by its own fault is undone alone.
 */
public final class Work<T> {

    /** Runs inside the writer's transaction; may run only once and must not keep the database. */
    public interface Step<T> {
        T run(Database database, Tally tally) throws SQLException;
    }

    private final Step<T> step;
    private final long bytes;
    private final CompletableFuture<T> end = new CompletableFuture<>();
    private Runnable completion = () -> {};

    /** @param bytes that the step will write, roughly */
    public Work(long bytes, Step<T> step) {
        this.bytes = bytes;
        this.step = step;
    }

    /** Bytes that the step will write, roughly. */
    long bytes() {
        return bytes;
    }

    /** Runs the step; its counts go to {@code tally} only when it succeeds. */
    void run(Database database, Tally tally) throws SQLException {
        Tally own = new Tally();
        database.update("savepoint work");
        try {
            T result = step.run(database, own);
            database.update("release work");
            tally.add(own);
            completion = () -> end.complete(result);
        } catch (RuntimeException e) {
            undo(database, e);
        } catch (SQLException e) {
            if (!Database.isBug(e)) {
                throw e;
            }
            undo(database, new IllegalStateException("a statement of the journal is wrong: " + e.getMessage(), e));
        }
    }

    private void undo(Database database, RuntimeException bug) throws SQLException {
        database.update("rollback to work");
        database.update("release work");
        completion = () -> end.completeExceptionally(bug);
    }

    /** Tells the waiting thread how the step ended. */
    void complete() {
        completion.run();
    }

    /** Tells the waiting thread that the transaction failed. */
    void fail(JournalException why) {
        end.completeExceptionally(why);
    }

    /**
     * Waits for the end, through interrupts, which are kept for later: what was handed over is done or not done, never
     * abandoned.
     */
    T await() throws JournalException {
        return await(end);
    }

    static <T> T await(Future<T> end) throws JournalException {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return end.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    throw failure(end);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static JournalException failure(Future<?> failed) {
        Throwable cause = failed.exceptionNow();
        if (cause instanceof JournalException expected) {
            return new JournalException(String.valueOf(expected.getMessage()), expected);
        }
        throw new IllegalStateException(String.valueOf(cause.getMessage()), cause);
    }
}
