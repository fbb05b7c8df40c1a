package dev.cxotel.bridge.journal.sqlite.database;

import dev.cxotel.bridge.journal.JournalException;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * A few platform threads that read. A call into SQLite holds its carrier, so virtual threads hand their reads over and
 * wait. After an error, or once the file was reopened, a connection is not used again.
 */
public final class Readers {

    /** Runs on a reader's thread and must not keep the database. */
    public interface Read<T> {
        T run(Database database) throws SQLException;
    }

    private record Idle(Database database, int generation) {}

    private final Writer.Opening opening;
    private final ExecutorService executor;
    private final Deque<Idle> idle = new ArrayDeque<>();
    private int generation;
    private boolean closed;

    /** @param opening opens a connection that reads */
    public Readers(int threads, Writer.Opening opening) {
        this.opening = opening;
        this.executor = Executors.newFixedThreadPool(
                threads,
                Thread.ofPlatform().name("cxotel-journal-reader-", 1).daemon().factory());
    }

    /** Hands the read over and waits for what it found. */
    public <T> T read(Read<T> read) throws JournalException {
        CompletableFuture<T> end = new CompletableFuture<>();
        try {
            executor.execute(() -> run(read, end));
        } catch (RejectedExecutionException e) {
            throw new JournalException("the journal is closed", e);
        }
        return Work.await(end);
    }

    private <T> void run(Read<T> read, CompletableFuture<T> end) {
        @Nullable Idle used = null;
        try {
            used = take();
            T result = read.run(used.database());
            giveBack(used);
            end.complete(result);
        } catch (SQLException e) {
            discard(used);
            end.completeExceptionally(
                    new JournalException("the journal cannot read: " + e.getMessage() + Database.advice(e), e));
        } catch (JournalException | RuntimeException | Error e) {
            discard(used);
            end.completeExceptionally(e);
        }
    }

    private Idle take() throws SQLException, JournalException {
        int now;
        synchronized (idle) {
            Idle free = idle.poll();
            if (free != null) {
                return free;
            }
            now = generation;
        }
        return new Idle(opening.open(), now);
    }

    private void giveBack(Idle used) {
        synchronized (idle) {
            if (!closed && used.generation() == generation) {
                idle.push(used);
                return;
            }
        }
        used.database().close();
    }

    private static void discard(@Nullable Idle used) {
        if (used != null) {
            used.database().close();
        }
    }

    /** Lets no connection that is open now be used again. */
    public void reopen() {
        synchronized (idle) {
            generation++;
            idle.forEach(each -> each.database().close());
            idle.clear();
        }
    }

    /** Lets the reads that were handed over end and closes all connections. */
    public void close() {
        executor.close();
        synchronized (idle) {
            closed = true;
        }
        reopen();
    }
}
