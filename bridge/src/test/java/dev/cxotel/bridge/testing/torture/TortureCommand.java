package dev.cxotel.bridge.testing.torture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The command behind {@code examples/torture/run}: one run, its report, and 0 when it proves what it is to prove. */
final class TortureCommand {

    private static final String USAGE = """
            run [--minutes N | --short] [--rate EVENTS_PER_SECOND] [--seed S] [--mutant NAME] [--report FILE]
              --minutes N   disturb for this long (default 5), then rest and count
              --short       each disturbance once, about 25 s
              --rate N      new events a second (default 200)
              --seed S      repeat the run that printed this seed
              --mutant NAME a guard broken on purpose: SYNCHRONOUS_OFF, SYNCHRONOUS_NORMAL, ANSWER_BEFORE_COMMIT,
                            CURSOR_BEFORE_ACCEPTANCE, CONTACTS_APART, IDENTITY_DROPPED; the run must FAIL
              --report FILE write the report there too
            run independence [--short]
              two living backends and a dead one, 1 000 events a second for 3 minutes""";

    private TortureCommand() {}

    public static void main(String[] arguments) throws Exception {
        Deque<String> rest = new ArrayDeque<>(List.of(arguments));
        double minutes = 5;
        double rate = 200;
        long seed = System.nanoTime() % 1_000_000_000;
        boolean brief = false;
        String mutant = Plan.NO_MUTANT;
        Path report = null;
        while (!rest.isEmpty()) {
            switch (rest.pop()) {
                case "--minutes" -> minutes = Double.parseDouble(rest.pop());
                case "--rate" -> rate = Double.parseDouble(rest.pop());
                case "--seed" -> seed = Long.parseLong(rest.pop());
                case "--short" -> brief = true;
                case "--mutant" -> mutant = rest.pop().toUpperCase(Locale.ROOT);
                case "--report" -> report = Path.of(rest.pop());
                case "independence" -> System.exit(independence(rest.contains("--short")));
                case "--help", "-h" -> {
                    System.out.println(USAGE);
                    return;
                }
                default -> {
                    System.err.println(USAGE);
                    System.exit(2);
                }
            }
        }
        Plan plan =
                brief ? Plan.shortRun(seed) : Plan.longRun(seed, Duration.ofMillis((long) (minutes * 60_000)), rate);
        System.exit(run(mutant.equals(Plan.NO_MUTANT) ? plan : Plan.ofMutant(mutant, seed), report));
    }

    private static int independence(boolean brief) throws Exception {
        Path directory = Files.createTempDirectory("cxotel-independence");
        System.out.println(Report.machine());
        boolean holds;
        try (Independence proof = new Independence(
                brief ? Independence.Size.SHORT : Independence.Size.LONG,
                directory,
                line -> System.out.println(line))) {
            holds = proof.run().isEmpty();
        }
        remove(directory);
        return holds ? 0 : 1;
    }

    private static int run(Plan plan, @org.jspecify.annotations.Nullable Path file) throws Exception {
        Path directory = Files.createTempDirectory("cxotel-torture");
        Report report;
        try (Torture torture = new Torture(plan, directory, line -> System.out.println(line))) {
            report = torture.run();
        } catch (Exception e) {
            System.err.println("The journal and the bridge's log are kept in " + directory);
            throw e;
        }
        System.out.println();
        System.out.println(report.text());
        if (file != null) {
            Files.writeString(file, report.text() + "\n");
        }
        if (report.holds()) {
            remove(directory);
        } else {
            System.out.println("The journal and the bridge's log are kept in " + directory);
        }
        return report.holds() ? 0 : 1;
    }

    private static void remove(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
