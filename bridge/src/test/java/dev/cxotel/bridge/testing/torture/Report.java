package dev.cxotel.bridge.testing.torture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a run showed.
 *
 * @param contacts what the count of the contacts showed, in words
 * @param failures what must not be; empty when the run proves what it is to prove
 */
public record Report(
        Plan plan,
        Duration length,
        int acknowledged,
        int repeated,
        Map<String, Integer> answers,
        Map<Disturbance, Integer> done,
        boolean shims,
        List<Row> rows,
        String contacts,
        long ledgerDifference,
        List<String> failures) {

    /**
     * One signal at one backend.
     *
     * @param refused what the backend said that it will not take
     * @param repeats how often something came again, by cause
     * @param doubled measurements that are shown twice; absent where repeats are counted
     */
    record Row(
            String destination,
            String what,
            long acknowledged,
            long delivered,
            long refused,
            long lost,
            Map<Memory.Repeat, Long> repeats,
            OptionalLong doubled,
            Duration longest) {}

    /** Whether nothing was lost, nothing came twice without a cause, and the books close. */
    public boolean holds() {
        return failures.isEmpty();
    }

    /** The report as Markdown. */
    public String text() {
        List<String> lines = new ArrayList<>();
        lines.add("Seed %d, %s, %s, %s new events a second%s."
                .formatted(
                        plan.seed(),
                        spoken(length),
                        machine(),
                        number(Math.round(plan.rate())),
                        plan.mutant().equals(Plan.NO_MUTANT) ? "" : ", with the mutant " + plan.mutant()));
        lines.add("");
        lines.add("Done to it: "
                + done.entrySet().stream()
                        .map(entry -> word(entry.getKey().name()) + " " + number(entry.getValue()))
                        .collect(Collectors.joining(", "))
                + "; redeliveries " + number(repeated) + ".");
        lines.add("The sender saw: "
                + answers.entrySet().stream()
                        .map(entry -> entry.getKey() + " " + number(entry.getValue()))
                        .collect(Collectors.joining(", "))
                + ".");
        List<String> leftOut = leftOut();
        if (!leftOut.isEmpty()) {
            lines.add("Left out, for want of a C compiler (cc): " + String.join(", ", leftOut) + ".");
        }
        lines.add("");
        lines.add(
                "| backend | what | acknowledged | delivered | refused by it | lost | came twice, by cause | longest delay |");
        lines.add("|---|---|---:|---:|---:|---:|---|---:|");
        rows.forEach(row -> lines.add(line(row)));
        lines.add("");
        lines.add("Acknowledged %s, lost %s, ledger difference %s."
                .formatted(
                        number(acknowledged),
                        number(rows.stream().mapToLong(Row::lost).sum()),
                        number(ledgerDifference)));
        lines.add(contacts);
        lines.add("");
        if (holds()) {
            lines.add("PASS");
        } else {
            failures.forEach(failure -> lines.add("* " + failure));
            lines.add("FAIL");
        }
        return String.join("\n", lines);
    }

    private List<String> leftOut() {
        return shims
                ? List.of()
                : EnumSet.allOf(Disturbance.class).stream()
                        .filter(Disturbance::needsShims)
                        .map(each -> word(each.name()))
                        .toList();
    }

    private static String line(Row row) {
        String twice = row.doubled().isPresent()
                ? number(row.doubled().getAsLong())
                : row.repeats().isEmpty()
                        ? "0"
                        : Stream.of(Memory.Repeat.values())
                                .filter(row.repeats()::containsKey)
                                .map(cause -> word(cause.name()) + " "
                                        + number(row.repeats().getOrDefault(cause, 0L)))
                                .collect(Collectors.joining(", "));
        return "| %s | %s | %s | %s | %s | %s | %s | %s |"
                .formatted(
                        row.destination(),
                        row.what(),
                        number(row.acknowledged()),
                        number(row.delivered()),
                        number(row.refused()),
                        number(row.lost()),
                        twice,
                        row.longest().isZero()
                                ? ""
                                : String.format(
                                        Locale.ROOT, "%.1f s", row.longest().toMillis() / 1000.0));
    }

    /** The machine that this runs on, in a few words. */
    static String machine() {
        String model = System.getProperty("os.arch");
        try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            model = lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(model);
        } catch (IOException e) {
            // Another system than Linux says less.
        }
        return "%d x %s, %s %s, Java %s"
                .formatted(
                        Runtime.getRuntime().availableProcessors(),
                        model,
                        System.getProperty("os.name"),
                        System.getProperty("os.version"),
                        Runtime.version());
    }

    private static String spoken(Duration length) {
        return length.toMinutes() > 0
                ? length.toMinutes() + " min " + length.toSecondsPart() + " s"
                : length.toSeconds() + " s";
    }

    private static String word(String constant) {
        return constant.toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number).replace(',', ' ');
    }
}
