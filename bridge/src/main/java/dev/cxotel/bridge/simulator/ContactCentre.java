package dev.cxotel.bridge.simulator;

import dev.cxotel.bridge.event.EventType;
import dev.cxotel.bridge.simulator.Body.CallForm;
import dev.cxotel.bridge.simulator.Body.LegForm;
import dev.cxotel.bridge.simulator.World.Action;
import dev.cxotel.bridge.simulator.World.Script;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * A contact centre that never closes: calls come in, scripts call APIs, agents and customers talk, and CXone tells. The
 * same seed and the same times give the same bytes. Safe for any thread.
 */
public final class ContactCentre {

    /** Webhooks of several contacts wait here at once, so that they come as mixed as in life. */
    private static final int MIXED = 24;

    private static final int REMEMBERED = 100;

    private final RandomGenerator random;
    private final InstantSource clock;
    private final Habits habits;
    private final World world;
    private final Instant opened;
    private final List<Webhook> records = new ArrayList<>();
    private final List<Webhook> events = new ArrayList<>();
    private final List<Webhook> sent = new ArrayList<>();
    private long nextContact;
    private long nextNumber;

    public ContactCentre(long seed, InstantSource clock, Habits habits) {
        this.random = new SplittableRandom(seed);
        this.clock = clock;
        this.habits = habits;
        this.world = World.of(random);
        this.opened = clock.instant();
        this.nextContact = 460_000_000_000L + random.nextLong(1_000_000_000L);
    }

    /**
     * How often something unusual happens; each share is from 0 to 1.
     *
     * @param redelivered share of webhooks that are an earlier one again
     * @param late share of contacts that are told of hours later
     * @param awkward share of bodies in an unusual form
     * @param announced share of API calls that are told of twice: when asked and when answered
     * @param badMoment length of each bad moment, and of the quiet after it
     * @param zone of the zone-less dates of script events
     */
    public record Habits(
            double redelivered, double late, double awkward, double announced, Duration badMoment, ZoneId zone) {

        public static final Habits USUAL = new Habits(0.02, 0.015, 0.06, 0.04, Duration.ofMinutes(5), ZoneId.of("UTC"));

        public Habits withBadMoment(Duration length) {
            return new Habits(redelivered, late, awkward, announced, length, zone);
        }
    }

    /** The next webhook of either type. */
    public synchronized Webhook next() {
        while (records.size() + events.size() < MIXED) {
            takeCall();
        }
        boolean record = random.nextInt(records.size() + events.size()) < records.size();
        return takeOut(record ? records : events);
    }

    /** The next webhook of one type; the other type's are not sent. */
    public synchronized Webhook next(EventType type) {
        List<Webhook> wanted = type == EventType.VOICE_QUALITY ? records : events;
        while (wanted.size() < MIXED) {
            takeCall();
        }
        (type == EventType.VOICE_QUALITY ? events : records).clear();
        return takeOut(wanted);
    }

    private Webhook takeOut(List<Webhook> waiting) {
        EventType type = waiting.getFirst().type();
        if (random.nextDouble() < habits.redelivered()) {
            List<Webhook> candidates =
                    sent.stream().filter(webhook -> webhook.type() == type).toList();
            if (!candidates.isEmpty()) {
                return World.pick(candidates, random).again();
            }
        }
        int at = random.nextInt(waiting.size());
        Webhook webhook = waiting.set(at, waiting.getLast());
        waiting.removeLast();
        sent.add(webhook);
        if (sent.size() > REMEMBERED) {
            sent.removeFirst();
        }
        return webhook;
    }

    private void takeCall() {
        Instant now = clock.instant();
        Duration late = random.nextDouble() < habits.late()
                ? Duration.ofMinutes(90 + random.nextInt(270))
                : Duration.ofMillis(300 + random.nextInt(1700));
        Instant end = now.minus(late);
        long seconds = (long) Math.clamp(240 * Math.exp(0.7 * random.nextGaussian()), 8, 3600);
        Instant start = end.minusSeconds(seconds).minusMillis(random.nextInt(1000));
        long id = nextContact++;
        Contact contact = new Contact(
                id,
                id,
                World.pickByRank(world.skills(), random),
                World.pick(world.agents(), random),
                start,
                end,
                BadMoment.at(Duration.between(opened, now), habits.badMoment()));
        addCalls(contact);
        addLegs(contact);
        if (random.nextInt(10) == 0) {
            addLegs(new Contact(
                    nextContact++,
                    id,
                    contact.skill(),
                    World.pick(world.agents(), random),
                    start.plusSeconds(seconds / 2),
                    end,
                    contact.moment()));
        }
    }

    private void addLegs(Contact contact) {
        LegRecord customer = LegRecord.customer(contact, world, random);
        LegRecord agent = LegRecord.agent(contact, world, random);
        LegForm form = awkward() ? World.pick(List.of(LegForm.values()), random) : LegForm.PLAIN;
        if (form == LegForm.ARRAY) {
            addRecords(List.of(customer, agent), form);
        } else {
            addRecords(List.of(customer), LegForm.PLAIN);
            addRecords(List.of(agent), form);
        }
    }

    private void addRecords(List<LegRecord> legs, LegForm form) {
        List<Fact> facts = legs.stream().<Fact>map(LegRecord::fact).toList();
        records.add(new Webhook(nextNumber++, EventType.VOICE_QUALITY, Body.legs(legs, form), facts, false));
    }

    private void addCalls(Contact contact) {
        Script script = random.nextInt(5) == 0
                ? World.pick(world.scripts(), random)
                : contact.skill().script();
        int calls = 1 + random.nextInt(6);
        List<CallEntry> together = new ArrayList<>();
        for (int i = 0; i < calls; i++) {
            Action action = World.pickByRank(script.actions(), random);
            String messageId = new UUID(random.nextLong(), random.nextLong()).toString();
            Instant at = between(contact);
            if (random.nextDouble() < habits.announced()) {
                addEvents(List.of(CallEntry.requested(contact, world, script, action, messageId, at, habits.zone())));
            }
            together.add(CallEntry.answered(contact, world, script, action, messageId, at, habits.zone(), random));
            if (random.nextInt(7) != 0) {
                addEvents(together);
                together.clear();
            }
        }
        if (!together.isEmpty() || random.nextInt(200) == 0) {
            addEvents(together);
        }
    }

    /** No entry, one or several: all are legal. */
    private void addEvents(List<CallEntry> entries) {
        CallForm form = awkward() ? World.pick(List.of(CallForm.values()), random) : CallForm.STRING;
        String timestamp = CallEntry.envelopeTime(clock.instant(), habits.zone());
        List<Fact> facts = entries.stream().<Fact>map(CallEntry::fact).toList();
        events.add(new Webhook(nextNumber++, EventType.SCRIPT_API, Body.calls(entries, timestamp, form), facts, false));
    }

    private Instant between(Contact contact) {
        long length = Duration.between(contact.start(), contact.end()).toMillis();
        return contact.start().plusMillis(random.nextLong(length));
    }

    private boolean awkward() {
        return random.nextDouble() < habits.awkward();
    }
}
