package dev.cxotel.bridge.pipeline;

import dev.cxotel.bridge.contact.Contact;
import dev.cxotel.bridge.contact.ContactFold;
import dev.cxotel.bridge.event.Activity;
import dev.cxotel.bridge.event.EventType;
import dev.cxotel.bridge.journal.Commit;
import dev.cxotel.bridge.journal.Contacts;
import dev.cxotel.bridge.journal.Cursor;
import dev.cxotel.bridge.journal.DerivedEvent;
import dev.cxotel.bridge.journal.JournalException;
import dev.cxotel.bridge.journal.Outcome;
import dev.cxotel.bridge.journal.Outcomes;
import dev.cxotel.bridge.journal.Page;
import dev.cxotel.bridge.journal.StoredEvent;
import dev.cxotel.bridge.pipeline.patience.Patience;
import dev.cxotel.bridge.pipeline.work.Committer;
import dev.cxotel.bridge.pipeline.work.PipelineReports;
import dev.cxotel.bridge.pipeline.work.Translation;
import dev.cxotel.bridge.pipeline.work.Translator;
import dev.cxotel.bridge.pipeline.work.Work;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The work of the reader that makes the contacts' root spans. A page of events changes the rows of their contacts, and a
 * contact that is due becomes a derived event, in the transaction that moves the cursor; nothing is kept in memory. The
 * clock only decides when it is noticed that a contact was due.
 */
final class ContactWork implements Work {

    static final int MOST_EVENTS = 5000;

    private static final Outcomes.Key COUNTED = new Outcomes.Key(Outcome.EXPORTED, "");
    private static final Outcomes.Key LATE = new Outcomes.Key(Outcome.SKIPPED, "late");
    private static final long MOST_BYTES = 8 << 20;
    private static final int MOST_DUE = 1000;
    private static final Duration LONGEST_DELAY = Duration.ofSeconds(1);
    private static final Duration LONGEST_GRACE = Duration.ofMinutes(1);

    /** An event that tells of a contact. */
    private record Heard(StoredEvent event, String contact, Activity activity) {
        String key() {
            return Contact.key(activity.businessUnit(), contact);
        }
    }

    private final Cursor cursor;
    private final Translator<Optional<Activity>> translator;
    private final Contacts contacts;
    private final ContactRoots roots;
    private final Patience patience;
    private final Committer committer;
    private final ContactReports reports;
    private final InstantSource clock;
    private final Duration delay;
    private final Duration grace;
    private Instant next;

    ContactWork(
            Cursor cursor,
            Translator<Optional<Activity>> translator,
            Contacts contacts,
            ContactRoots roots,
            Patience patience,
            PipelineReports reports,
            ContactReports contactReports,
            InstantSource clock) {
        this.cursor = cursor;
        this.translator = translator;
        this.contacts = contacts;
        this.roots = roots;
        this.patience = patience;
        this.committer = new Committer(cursor, patience, reports);
        this.reports = contactReports;
        this.clock = clock;
        Duration idle = roots.rules().idleTimeout();
        this.delay = shorter(idle.dividedBy(4), LONGEST_DELAY);
        this.grace = shorter(idle.dividedBy(10), LONGEST_GRACE);
        this.next = clock.instant();
    }

    @Override
    public boolean round() throws InterruptedException, JournalException {
        boolean stopping = patience.stop().isRequested();
        Instant asked = clock.instant();
        Page page = page();
        if (page.to() != page.from() && !fold(page)) {
            return false;
        }
        // What was received before this has been read: an append lags its receive time by less than the grace. The last
        // one
        // counts, not the latest: where the clock was set back on the page, those after it are still on their way.
        Instant seen =
                page.isEmpty() ? asked : page.events().getLast().arrival().receivedAt();
        return close(page.to(), seen.minus(grace)) && !(stopping && page.isEmpty());
    }

    /** One page a delay, so that a trickle of events does not become a commit each. */
    private Page page() throws InterruptedException, JournalException {
        Page page = cursor.poll(MOST_EVENTS, MOST_BYTES, Work.IDLE);
        Duration wait = clock.instant().until(next);
        if (!page.isEmpty() && page.events().size() < MOST_EVENTS && wait.isPositive()) {
            patience.stop().await(shorter(wait, delay));
            page = cursor.poll(MOST_EVENTS, MOST_BYTES, Duration.ZERO);
        }
        if (!page.isEmpty()) {
            next = clock.instant().plus(delay);
        }
        return page;
    }

    /** Whether the page was committed. */
    private boolean fold(Page page) throws InterruptedException, JournalException {
        Map<Outcomes.Key, Long> ends = new LinkedHashMap<>();
        List<Heard> heard = new ArrayList<>();
        for (StoredEvent event : page.events()) {
            skipped(event, heard).ifPresent(end -> ends.merge(end, 1L, Long::sum));
        }
        Set<String> keys = new LinkedHashSet<>();
        heard.forEach(each -> keys.add(each.key()));
        ContactFold fold = new ContactFold(roots.rules(), contacts.find(keys));
        for (Heard each : heard) {
            boolean counts = fold.add(
                    each.contact(),
                    each.activity(),
                    each.event().arrival(),
                    each.event().seq());
            ends.merge(counts ? COUNTED : LATE, 1L, Long::sum);
        }
        return commit(page, new Outcomes(ends), fold);
    }

    /** How the event ends that tells of no contact; one that does is added to {@code heard}. */
    private Optional<Outcomes.Key> skipped(StoredEvent event, List<Heard> heard) {
        if (event.type() == EventType.CONTACT || event.type() == EventType.LATE_SPAN) {
            return Optional.of(new Outcomes.Key(Outcome.SKIPPED, "derived"));
        }
        return switch (translator.translate(event)) {
            case Translation.Broken<Optional<Activity>> broken ->
                Optional.of(new Outcomes.Key(Outcome.DROPPED, broken.reason()));
            case Translation.Skipped<Optional<Activity>> skipped ->
                Optional.of(new Outcomes.Key(Outcome.SKIPPED, skipped.reason()));
            case Translation.Ready<Optional<Activity>> ready -> {
                Optional<String> contact = ready.item().flatMap(Activity::contact);
                if (contact.isEmpty()) {
                    yield Optional.of(new Outcomes.Key(Outcome.SKIPPED, "no_contact"));
                }
                heard.add(new Heard(event, contact.get(), ready.item().orElseThrow()));
                yield Optional.empty();
            }
        };
    }

    /** Closes what was due before {@code time}; whether all commits were taken. */
    private boolean close(long position, Instant time) throws InterruptedException, JournalException {
        List<Contact> due = contacts.due(time, MOST_DUE);
        while (!due.isEmpty()) {
            ContactFold fold = new ContactFold(roots.rules(), Map.of());
            due.forEach(fold::close);
            if (!commit(new Page(position, position, List.of()), Outcomes.NONE, fold)) {
                return false;
            }
            due = due.size() < MOST_DUE ? List.of() : contacts.due(time, MOST_DUE);
        }
        return true;
    }

    private boolean commit(Page page, Outcomes outcomes, ContactFold fold) throws InterruptedException {
        List<DerivedEvent> derived = fold.closed().stream().map(this::root).toList();
        boolean committed =
                committer.commit(new Commit(page, outcomes, List.of(), derived, fold.changed(), Optional.empty()));
        if (committed) {
            reports.committed(fold);
        }
        return committed;
    }

    private DerivedEvent root(Contact contact) {
        return new DerivedEvent(
                EventType.CONTACT,
                contact.rootIdentity(),
                contact.subscription(),
                roots.body().apply(contact),
                Optional.empty());
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
