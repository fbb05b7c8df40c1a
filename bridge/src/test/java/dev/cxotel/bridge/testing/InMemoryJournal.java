package dev.cxotel.bridge.testing;

import dev.cxotel.bridge.event.Arrival;
import dev.cxotel.bridge.event.Bytes;
import dev.cxotel.bridge.event.Delivery;
import dev.cxotel.bridge.event.Event;
import dev.cxotel.bridge.event.Unreadable;
import dev.cxotel.bridge.journal.AppendResult;
import dev.cxotel.bridge.journal.Commit;
import dev.cxotel.bridge.journal.Contacts;
import dev.cxotel.bridge.journal.Cursor;
import dev.cxotel.bridge.journal.Journal;
import dev.cxotel.bridge.journal.JournalException;
import dev.cxotel.bridge.journal.JournalStatus;
import dev.cxotel.bridge.journal.Ledger;
import dev.cxotel.bridge.journal.Operations;
import dev.cxotel.bridge.journal.Outcomes;
import dev.cxotel.bridge.journal.Page;
import dev.cxotel.bridge.journal.PipelineId;
import dev.cxotel.bridge.journal.Quarantine;
import dev.cxotel.bridge.journal.QuarantinedEvent;
import dev.cxotel.bridge.journal.StoredEvent;
import dev.cxotel.bridge.journal.Window;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A journal without a disk, for tests of what stands behind it. It outlives a "restart" of the pipelines. */
public final class InMemoryJournal implements Journal {

    private final List<StoredEvent> events = new ArrayList<>();
    private final Map<PipelineId, MemoryCursor> cursors = new LinkedHashMap<>();
    private int failingCommits;

    @Override
    public synchronized AppendResult append(Delivery delivery, List<Event> decoded, List<Unreadable> unreadable) {
        Arrival arrival = new Arrival(
                delivery.subscription(), delivery.receivedAt(), delivery.body().sha256(), 0);
        for (Event event : decoded) {
            events.add(new StoredEvent(
                    events.size() + 1L,
                    event.type(),
                    event.index(),
                    event.identity().content(),
                    arrival,
                    delivery.body(),
                    false));
        }
        notifyAll();
        return new AppendResult.Appended(decoded.size(), 0, 0, 0, unreadable.size());
    }

    /** Replaces a stored event, to damage it. */
    public synchronized void replace(StoredEvent event) {
        events.set((int) event.seq() - 1, event);
    }

    public synchronized StoredEvent event(long seq) {
        return events.get((int) seq - 1);
    }

    /** Makes the next commits fail. */
    public synchronized void failCommits(int count) {
        failingCommits = count;
    }

    /** How the pipeline's events ended. */
    public synchronized Outcomes outcomes(PipelineId pipeline) {
        return known(pipeline).outcomes;
    }

    public synchronized long position(PipelineId pipeline) {
        return known(pipeline).position;
    }

    public synchronized List<QuarantinedEvent> quarantined(PipelineId pipeline) {
        return List.copyOf(known(pipeline).quarantined);
    }

    /** The windows that were reserved, in order. */
    public synchronized List<Window> reserved(PipelineId pipeline) {
        return List.copyOf(known(pipeline).reserved);
    }

    @Override
    public synchronized Cursor cursor(PipelineId pipeline, Start start) {
        return cursors.computeIfAbsent(pipeline, id -> new MemoryCursor(id, start == Start.NOW ? events.size() : 0));
    }

    @Override
    public synchronized Cursor tail(PipelineId pipeline) {
        return new MemoryCursor(pipeline, events.size());
    }

    @Override
    public synchronized List<String> retainPipelines(Set<PipelineId> pipelines) {
        List<String> removed = cursors.keySet().stream()
                .filter(id -> !pipelines.contains(id))
                .map(PipelineId::toString)
                .toList();
        cursors.keySet().retainAll(pipelines);
        return removed;
    }

    @Override
    public synchronized JournalStatus status() {
        List<JournalStatus.PipelineStatus> pipelines = cursors.values().stream()
                .map(cursor -> new JournalStatus.PipelineStatus(
                        cursor.id, cursor.position, events.size() - cursor.position, 0))
                .toList();
        return new JournalStatus(Optional.empty(), 0, 0, 1, events.size(), 0, pipelines);
    }

    @Override
    public synchronized Ledger ledger() {
        List<Ledger.PipelineLine> lines = cursors.values().stream()
                .map(cursor -> new Ledger.PipelineLine(
                        cursor.id, events.size() - cursor.birth, cursor.outcomes, events.size() - cursor.position))
                .toList();
        return new Ledger(List.of(), lines);
    }

    @Override
    public void count(String subscription, String refusal) {}

    @Override
    public void keepRefused(Delivery delivery, String reason, String detail) {}

    @Override
    public synchronized boolean hold(Delivery delivery, Bytes request, String reason) {
        return true;
    }

    @Override
    public Quarantine quarantine() {
        throw new UnsupportedOperationException("see quarantined(PipelineId)");
    }

    @Override
    public Operations operations() {
        throw new UnsupportedOperationException("this journal has no operator");
    }

    @Override
    public Contacts contacts() {
        throw new UnsupportedOperationException("see the real journal");
    }

    @Override
    public String instanceId() {
        return "in-memory";
    }

    @Override
    public void close() {}

    private MemoryCursor known(PipelineId pipeline) {
        return Objects.requireNonNull(cursors.get(pipeline), pipeline.toString());
    }

    /** A cursor whose position is a field. */
    private final class MemoryCursor implements Cursor {

        private final PipelineId id;
        private final long birth;
        private final List<QuarantinedEvent> quarantined = new ArrayList<>();
        private final List<Window> reserved = new ArrayList<>();
        private long position;
        private Outcomes outcomes = Outcomes.NONE;
        private @Nullable Window pending;
        private @Nullable Window last;

        MemoryCursor(PipelineId id, long birth) {
            this.id = id;
            this.birth = birth;
            this.position = birth;
        }

        @Override
        public PipelineId id() {
            return id;
        }

        @Override
        public Page poll(int maxEvents, long maxBytes, Duration wait) throws InterruptedException {
            synchronized (InMemoryJournal.this) {
                if (events.size() == position && wait.isPositive()) {
                    TimeUnit.NANOSECONDS.timedWait(InMemoryJournal.this, wait.toNanos());
                }
                long to = Math.min(position + maxEvents, events.size());
                return page(to, to == position + maxEvents);
            }
        }

        @Override
        public Page pollTo(long to) {
            synchronized (InMemoryJournal.this) {
                return page(to, false);
            }
        }

        @Override
        public void commit(Commit commit) throws JournalException {
            synchronized (InMemoryJournal.this) {
                if (failingCommits > 0) {
                    failingCommits--;
                    throw new JournalException("the disk is full");
                }
                if (commit.page().from() != position
                        || commit.outcomes().total() != commit.page().events().size()) {
                    throw new IllegalArgumentException("not the page at the cursor: " + commit);
                }
                position = commit.page().to();
                commit.outcomes()
                        .counts()
                        .forEach((key, count) -> outcomes = outcomes.plus(key.outcome(), key.reason(), count));
                quarantined.addAll(commit.quarantined());
                commit.lastWindow().ifPresent(window -> {
                    last = window;
                    pending = null;
                });
                InMemoryJournal.this.notifyAll();
            }
        }

        @Override
        public void reserve(Window window) {
            synchronized (InMemoryJournal.this) {
                pending = window;
                reserved.add(window);
            }
        }

        @Override
        public Optional<Window> pendingWindow() {
            synchronized (InMemoryJournal.this) {
                return Optional.ofNullable(pending);
            }
        }

        @Override
        public Optional<Window> lastWindow() {
            synchronized (InMemoryJournal.this) {
                return Optional.ofNullable(last);
            }
        }

        private Page page(long to, boolean full) {
            return new Page(position, to, events.subList((int) position, (int) to), full);
        }
    }
}
