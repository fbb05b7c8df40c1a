package dev.cxotel.bridge.pipeline.work;

import dev.cxotel.bridge.journal.Commit;
import dev.cxotel.bridge.journal.DerivedEvent;
import dev.cxotel.bridge.journal.Outcome;
import dev.cxotel.bridge.journal.Outcomes;
import dev.cxotel.bridge.journal.Page;
import dev.cxotel.bridge.journal.QuarantinedEvent;
import dev.cxotel.bridge.journal.StoredEvent;
import dev.cxotel.bridge.journal.Window;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** How the events of a page ended, one by one. */
public final class Ends {

    private static final int LONGEST_DETAIL = 1000;

    private record End(Outcome outcome, String reason, String detail, Optional<DerivedEvent> instead) {}

    private final Map<Long, End> ends = new HashMap<>();

    /** An event ended; an end said before is forgotten. */
    public void end(StoredEvent event, Outcome outcome, String reason) {
        ends.put(event.seq(), new End(outcome, reason, "", Optional.empty()));
    }

    /** Events ended, all in the same way. */
    public void end(List<StoredEvent> events, Outcome outcome, String reason) {
        events.forEach(event -> end(event, outcome, reason));
    }

    /**
     * An event is set aside.
     *
     * @param detail kept for the operator, its first 1000 characters
     */
    public void quarantine(StoredEvent event, String reason, String detail) {
        String bounded = detail.length() <= LONGEST_DETAIL ? detail : detail.substring(0, LONGEST_DETAIL);
        ends.put(event.seq(), new End(Outcome.QUARANTINED, reason, bounded, Optional.empty()));
    }

    /**
     * An event is not sent, and that is in order.
     *
     * @param instead the event that stands for it from now on
     */
    public void skip(StoredEvent event, String reason, Optional<DerivedEvent> instead) {
        ends.put(event.seq(), new End(Outcome.SKIPPED, reason, "", instead));
    }

    /** Whether the event has ended. */
    public boolean has(StoredEvent event) {
        return ends.containsKey(event.seq());
    }

    /** Forgets the events up to a position. */
    public void clear() {
        ends.clear();
    }

    /** The step over the whole page, every event of which has ended. */
    public Commit commit(Page page, Optional<Window> window) {
        Map<Outcomes.Key, Long> counts = new TreeMap<>();
        List<QuarantinedEvent> quarantined = new ArrayList<>();
        List<DerivedEvent> derived = new ArrayList<>();
        for (StoredEvent event : page.events()) {
            End end = ends.get(event.seq());
            if (end == null) {
                throw new IllegalStateException("event " + event.seq() + " has not ended");
            }
            counts.merge(new Outcomes.Key(end.outcome(), end.reason()), 1L, Long::sum);
            end.instead().ifPresent(derived::add);
            if (end.outcome() == Outcome.QUARANTINED) {
                quarantined.add(new QuarantinedEvent(event.seq(), end.reason(), end.detail()));
            }
        }
        return new Commit(page, new Outcomes(counts), quarantined, derived, window);
    }

    /** The first events of the page, up to the first that has not ended. */
    public Page ended(Page page) {
        List<StoredEvent> done = page.events().stream().takeWhile(this::has).toList();
        if (done.size() == page.events().size()) {
            return page;
        }
        return new Page(
                page.from(), done.isEmpty() ? page.from() : done.getLast().seq(), done);
    }
}
