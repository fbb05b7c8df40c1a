package dev.cxotel.bridge.testing.torture;

import dev.cxotel.bridge.journal.Ledger;
import dev.cxotel.bridge.journal.Outcome;
import dev.cxotel.bridge.signal.Signal;
import dev.cxotel.bridge.testing.books.JournalRows;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** The count after a run: what was acknowledged, what the backends have, what the books say, and what the rows say. */
final class Recount {

    /** What a sender may see while its bridge is tortured: success, no room, or no answer at all. */
    private static final Set<String> FAIR_ANSWERS = Set.of("200", "503");

    private static final Report.Row NO_ROOTS =
            new Report.Row("", "", 0, 0, 0, 0, Map.of(), OptionalLong.empty(), Duration.ZERO);

    private final Plan plan;
    private final CarefulSender sender;
    private final List<RememberingSink> sinks;
    private final Machine machine;
    private final Map<Disturbance, Integer> done;
    private final Duration length;
    private final List<String> failures = new ArrayList<>();
    private final List<Report.Row> rows = new ArrayList<>();
    private final ContactCount contacts;

    Recount(
            Plan plan,
            CarefulSender sender,
            List<RememberingSink> sinks,
            Machine machine,
            Map<Disturbance, Integer> done,
            Duration length) {
        this.plan = plan;
        this.sender = sender;
        this.sinks = sinks;
        this.machine = machine;
        this.done = done;
        this.length = length;
        this.contacts = new ContactCount(sender, machine);
    }

    /**
     * No bridge may run.
     *
     * @param unrest what did not come to rest before
     */
    Report report(Optional<String> unrest) throws Exception {
        unrest.ifPresent(failures::add);
        Ledger ledger = machine.journal(journal -> journal.ledger());
        long rowsGiven = JournalRows.positions(machine.data());
        contacts.compare(ledger);
        for (RememberingSink sink : sinks) {
            Report.Row roots = contacts.row(sink);
            count(sink, Signal.TRACES, ledger, roots);
            rows.add(roots);
            count(sink, Signal.LOGS, ledger, NO_ROOTS);
            measure(sink, NumberedEvents.CALL_DURATION, calls());
            measure(sink, NumberedEvents.MOS, NumberedEvents.count(NumberedEvents.Kind.RECORD, sender.last()));
        }
        long appended = ledger.subscriptions().stream()
                .mapToLong(Ledger.SubscriptionLine::appended)
                .sum();
        check(ledger.difference() == 0, "the ledger does not close, by " + ledger.difference() + ": " + ledger);
        check(appended == sender.last(), "the ledger has " + appended + " events appended, not " + sender.last());
        check(
                rowsGiven == appended + contacts.contacts(),
                "the journal gave " + rowsGiven + " positions, the ledger has " + appended + " and there were "
                        + contacts.contacts() + " contacts");
        check(sender.acknowledged() == sender.last(), "not everything was acknowledged");
        sender.answers().keySet().stream()
                .filter(answer -> Character.isDigit(answer.charAt(0)) && !FAIR_ANSWERS.contains(answer))
                .forEach(answer -> failures.add("the sender was answered " + answer));
        failures.addAll(contacts.failures());
        return new Report(
                plan,
                length,
                sender.last(),
                sender.repeated(),
                sender.answers(),
                done,
                machine.hasShims(),
                rows,
                contacts.summary(),
                ledger.difference(),
                failures);
    }

    /** @param roots the contacts' root spans, which are spans too */
    private void count(RememberingSink sink, Signal signal, Ledger ledger, Report.Row roots) {
        Memory memory = sink.memory(signal);
        BitSet stored = memory.stored();
        BitSet refused = memory.refused();
        long expected = 0;
        long delivered = 0;
        long refusals = 0;
        long lost = 0;
        long longest = 0;
        for (int number = 1; number <= sender.last(); number++) {
            if (signal == Signal.LOGS && NumberedEvents.kind(number) == NumberedEvents.Kind.CALL) {
                continue;
            }
            expected++;
            if (stored.get(number)) {
                delivered++;
                longest = Math.max(longest, memory.first(number) - sender.acknowledgedAt(number));
            } else if (refused.get(number)) {
                refusals++;
            } else {
                lost++;
            }
            check(!(sink.isPoison(number) && stored.get(number)), "poison was stored");
        }
        String where = sink.name() + "/" + signal.configName();
        Map<Memory.Repeat, Long> repeats = memory.repeats();
        check(lost == 0, where + " lost " + lost);
        check(!repeats.containsKey(Memory.Repeat.UNEXPLAINED), where + " got repeats without a cause: " + repeats);
        check(memory.otherIds() == 0, where + " got repeats with other ids: " + memory.otherIds());
        compare(ledger, sink, signal, delivered + roots.delivered(), refusals + roots.refused(), roots);
        rows.add(new Report.Row(
                sink.name(),
                signal.configName(),
                expected,
                delivered,
                refusals,
                lost,
                repeats,
                OptionalLong.empty(),
                Duration.ofNanos(longest)));
    }

    /**
     * Each event is in one committed request. What the books call exported is stored; what is stored beyond that was
     * stored by a request whose commit a crash prevented, and then refused.
     */
    private void compare(
            Ledger ledger, RememberingSink sink, Signal signal, long delivered, long refusals, Report.Row roots) {
        boolean withRoots = signal == Signal.TRACES;
        Memory memory = sink.memory(signal);
        Memory ofRoots = sink.roots().memory();
        long refused = memory.refusals() + (withRoots ? ofRoots.refusals() : 0);
        long again = sum(memory.repeats()) + sum(roots.repeats());
        int offered = sender.last() + contacts.contacts();
        String where = sink.name() + "/" + signal.configName();
        Ledger.PipelineLine line = ledger.pipelines().stream()
                .filter(each -> each.id().destination().equals(sink.name())
                        && each.id().signal().equals(signal.configName()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no line of " + where));
        long exported = outcome(line, Outcome.EXPORTED);
        long ended = outcome(line, Outcome.REJECTED) + outcome(line, Outcome.QUARANTINED);
        check(line.waiting() == 0, where + " has " + line.waiting() + " waiting");
        check(outcome(line, Outcome.EXPIRED) == 0, where + " let events expire");
        check(line.offered() == offered, where + " was offered " + line.offered() + " of " + offered + " events");
        check(
                exported <= delivered && delivered <= exported + refused + again,
                where + " exported " + exported + " by the ledger, and the backend has " + delivered);
        check(
                refusals <= ended && ended <= refused,
                where + " ended " + ended + " as refused by the ledger, the backend refused " + refusals + " of "
                        + refused);
    }

    private void measure(RememberingSink sink, String name, long expected) {
        MetricMemory metrics = sink.metrics();
        long shown = metrics.count(name);
        long deaths = done.entrySet().stream()
                .filter(entry -> isDeath(entry.getKey()))
                .mapToLong(Map.Entry::getValue)
                .sum();
        boolean cumulative = sink == sinks.getFirst();
        long bound = cumulative ? deaths * metrics.largest(name) : 0;
        check(shown >= expected, sink.name() + "/" + name + " shows " + shown + " of " + expected);
        check(
                shown <= expected + bound,
                sink.name() + "/" + name + " shows " + shown + " for " + expected + ", more than " + deaths
                        + " crashes can double");
        rows.add(new Report.Row(
                sink.name(),
                name,
                expected,
                shown,
                0,
                Math.max(0, expected - shown),
                Map.of(),
                OptionalLong.of(Math.max(0, shown - expected)),
                Duration.ZERO));
    }

    private static boolean isDeath(Disturbance disturbance) {
        return switch (disturbance) {
            case KILL, KILL_AT_EXPORT, KILL_IN_OUTAGE, KILL_AT_CONTACTS, POWER_CUT, RESTART -> true;
            case STANDSTILL, OUTAGE, ODD_ANSWERS, REFUSALS, WRONG_KEY, CLOCK_AHEAD, CLOCK_BACK, DISK_FULL, SYNC_FAILS ->
                false;
        };
    }

    private static long sum(Map<Memory.Repeat, Long> repeats) {
        return repeats.values().stream().mapToLong(Long::longValue).sum();
    }

    private long calls() {
        return NumberedEvents.count(NumberedEvents.Kind.CALL, sender.last())
                + NumberedEvents.count(NumberedEvents.Kind.FAILED_CALL, sender.last());
    }

    private static long outcome(Ledger.PipelineLine line, Outcome outcome) {
        return line.outcomes().counts().entrySet().stream()
                .filter(entry -> entry.getKey().outcome() == outcome)
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    private void check(boolean holds, String otherwise) {
        if (!holds && !failures.contains(otherwise)) {
            failures.add(otherwise);
        }
    }
}
