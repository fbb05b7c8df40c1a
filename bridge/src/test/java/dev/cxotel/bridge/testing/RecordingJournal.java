package dev.cxotel.bridge.testing;

import dev.cxotel.bridge.event.Bytes;
import dev.cxotel.bridge.event.Delivery;
import dev.cxotel.bridge.event.Event;
import dev.cxotel.bridge.event.Hash;
import dev.cxotel.bridge.event.Unreadable;
import dev.cxotel.bridge.journal.AppendResult;
import dev.cxotel.bridge.journal.Contacts;
import dev.cxotel.bridge.journal.Cursor;
import dev.cxotel.bridge.journal.Journal;
import dev.cxotel.bridge.journal.JournalException;
import dev.cxotel.bridge.journal.JournalStatus;
import dev.cxotel.bridge.journal.Ledger;
import dev.cxotel.bridge.journal.Operations;
import dev.cxotel.bridge.journal.PipelineId;
import dev.cxotel.bridge.journal.Quarantine;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;

/** A journal that remembers in memory what it was given, forgets nothing and can be told to be unavailable or slow. */
public final class RecordingJournal implements Journal {

    private final List<Append> appends = new ArrayList<>();
    private final Map<String, Map<String, Long>> counts = new TreeMap<>();
    private final List<Refused> refused = new ArrayList<>();
    private final List<Held> held = new ArrayList<>();
    private final Set<Hash> known = new HashSet<>();
    private final List<Quarantine.Content> quarantine = new ArrayList<>();
    private Ledger ledger = new Ledger(List.of(), List.of());
    private Optional<AppendResult.Unavailable> unavailable = Optional.empty();
    private volatile Optional<CountDownLatch> hold = Optional.empty();
    private volatile boolean bug;

    /** One call of {@link #append}. */
    public record Append(Delivery delivery, List<Event> events, List<Unreadable> unreadable) {}

    /** One call of {@link #keepRefused}. */
    public record Refused(Delivery delivery, String reason, String detail) {}

    /** One call of {@link #hold(Delivery, Bytes, String)} that was granted. */
    public record Held(Delivery delivery, Bytes request, String reason) {}

    /** From now on refuses every append. */
    public synchronized void unavailable(String reason) {
        unavailable = Optional.of(new AppendResult.Unavailable(reason, "told so by the test"));
    }

    /** From now on lets appends wait until {@code latch} is open. */
    public void hold(CountDownLatch latch) {
        hold = Optional.of(latch);
    }

    /** From now on throws from append, as a bug would. */
    public void breakDown() {
        bug = true;
    }

    public synchronized void ledger(Ledger next) {
        ledger = next;
    }

    public synchronized void quarantine(Quarantine.Content content) {
        quarantine.add(content);
    }

    public synchronized List<Append> appends() {
        return List.copyOf(appends);
    }

    public synchronized List<Refused> refused() {
        return List.copyOf(refused);
    }

    public synchronized List<Held> held() {
        return List.copyOf(held);
    }

    /** How often {@code reason} was counted for {@code subscription}. */
    public synchronized long counted(String subscription, String reason) {
        return counts.getOrDefault(subscription, Map.of()).getOrDefault(reason, 0L);
    }

    /** All counts of {@code subscription}. */
    public synchronized Map<String, Long> counts(String subscription) {
        return Map.copyOf(counts.getOrDefault(subscription, Map.of()));
    }

    @Override
    public AppendResult append(Delivery delivery, List<Event> events, List<Unreadable> unreadable) {
        if (bug) {
            throw new IllegalStateException("a bug of the journal, with a secret payload value in it");
        }
        hold.ifPresent(RecordingJournal::await);
        return store(delivery, events, unreadable);
    }

    private synchronized AppendResult store(Delivery delivery, List<Event> events, List<Unreadable> unreadable) {
        if (unavailable.isPresent()) {
            return unavailable.get();
        }
        appends.add(new Append(delivery, List.copyOf(events), List.copyOf(unreadable)));
        int appended = 0;
        for (Event event : events) {
            if (known.add(event.identity().content())) {
                appended++;
            }
        }
        return new AppendResult.Appended(appended, events.size() - appended, 0, 0, unreadable.size());
    }

    @Override
    public synchronized void count(String subscription, String refusal) {
        counts.computeIfAbsent(subscription, name -> new TreeMap<>()).merge(refusal, 1L, Long::sum);
    }

    @Override
    public synchronized void keepRefused(Delivery delivery, String reason, String detail) {
        refused.add(new Refused(delivery, reason, detail));
    }

    @Override
    public synchronized boolean hold(Delivery delivery, Bytes request, String reason) {
        return unavailable.isEmpty() && held.size() < HELD_DELIVERIES && held.add(new Held(delivery, request, reason));
    }

    @Override
    public Cursor cursor(PipelineId pipeline, Start start) {
        throw new UnsupportedOperationException("this journal has no readers");
    }

    @Override
    public Cursor tail(PipelineId pipeline) {
        throw new UnsupportedOperationException("this journal has no readers");
    }

    @Override
    public List<String> retainPipelines(Set<PipelineId> pipelines) {
        return List.of();
    }

    @Override
    public synchronized Ledger ledger() {
        return ledger;
    }

    @Override
    public Quarantine quarantine() {
        return new Quarantine() {
            @Override
            public List<Entry> list(int limit) {
                synchronized (RecordingJournal.this) {
                    return quarantine.stream().limit(limit).map(Content::entry).toList();
                }
            }

            @Override
            public Optional<Content> show(long id) throws JournalException {
                synchronized (RecordingJournal.this) {
                    return quarantine.stream()
                            .filter(content -> content.entry().id() == id)
                            .findFirst();
                }
            }
        };
    }

    @Override
    public Contacts contacts() {
        throw new UnsupportedOperationException("this journal has no readers");
    }

    @Override
    public synchronized JournalStatus status() {
        return new JournalStatus(
                unavailable.map(AppendResult.Unavailable::reason),
                4096,
                512,
                1 << 20,
                appends.size(),
                quarantine.size(),
                List.of(new JournalStatus.PipelineStatus(new PipelineId("local", "traces"), 3, 5, 1.5)));
    }

    @Override
    public Operations operations() {
        throw new UnsupportedOperationException("this journal has no operator");
    }

    @Override
    public String instanceId() {
        return "recording-journal";
    }

    @Override
    public void close() {}

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
