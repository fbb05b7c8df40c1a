package dev.cxotel.bridge.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cxotel.bridge.cli.terminal.ConfigOption;
import dev.cxotel.bridge.cli.terminal.Exit;
import dev.cxotel.bridge.cli.terminal.OutputOption;
import dev.cxotel.bridge.cli.terminal.Printable;
import dev.cxotel.bridge.cli.terminal.Progress;
import dev.cxotel.bridge.cli.terminal.VersionCommand;
import dev.cxotel.bridge.pipeline.patience.Sleeper;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import me.tongfei.progressbar.ProgressBar;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code cxotel replay}: what was received in a range of time goes to a destination once more. */
@Command(
        name = "replay",
        description = "Sends what was received in a range of time to a destination once more, with the same ids.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionCommand.class)
final class ReplayCommand implements Callable<Integer> {

    private static final Duration LOOK = Duration.ofMillis(500);

    private final Seams seams;
    private final Sleeper sleeper;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    private ConfigOption config = new ConfigOption();

    @Option(names = "--from", required = true, paramLabel = "TIME", description = "Such as 2026-01-31T13:00:00Z.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Instant from;

    @Option(names = "--to", required = true, paramLabel = "TIME", description = "The end, not included.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Instant to;

    @ArgGroup(multiplicity = "1")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Where where;

    @Option(
            names = "--signals",
            split = ",",
            defaultValue = "traces,logs",
            description = "Of traces, logs, metrics (${DEFAULT-VALUE}).")
    private List<String> signals = List.of();

    @Option(names = "--no-wait", description = "Returns when the replay is queued.")
    private boolean queued;

    @Mixin
    private final OutputOption output = new OutputOption();

    static final class Where {
        @Option(names = "--destination", paramLabel = "NAME", description = "The destination.")
        private @Nullable String destination;

        @Option(names = "--all-destinations", description = "Every destination.")
        @SuppressWarnings("UnusedVariable") // that it is given and no destination is named says all
        private boolean all;
    }

    ReplayCommand(Seams seams, Sleeper sleeper) {
        this.seams = seams;
        this.sleeper = sleeper;
    }

    @Override
    public Integer call() throws Exception {
        Calls calls = new Calls(seams.calls(), config.load(seams.environment()).config());
        PrintWriter err = spec.commandLine().getErr();
        if (signals.contains("metrics")) {
            err.println("warning: counters and histograms of this range count twice in the destination");
            err.flush();
        }
        Map<String, String> parameters = new HashMap<>();
        parameters.put("from", from.toString());
        parameters.put("to", to.toString());
        parameters.put("signals", String.join(",", signals));
        String destination = where.destination;
        parameters.put(
                destination == null ? "all_destinations" : "destination", destination == null ? "true" : destination);
        JsonNode begun = calls.post("replay", parameters);
        boolean running = begun.path("running").asBoolean();
        if (output.isJson()) {
            output.print(begun.toPrettyString());
        } else {
            begun.path("replays").forEach(this::print);
            if (!running) {
                print("No bridge runs on this journal: the next 'cxotel run' sends them.");
            }
        }
        if (running && !queued && !output.isJson()) {
            follow(calls, ids(begun));
        }
        return Exit.OK;
    }

    private static Set<Long> ids(JsonNode replays) {
        Set<Long> ids = new HashSet<>();
        replays.path("replays").forEach(replay -> ids.add(replay.path("id").longValue()));
        return ids;
    }

    /** Draws the progress until everything was delivered or ended otherwise. An interrupt ends only the drawing. */
    private void follow(Calls calls, Set<Long> ids) throws Exception {
        try (ProgressBar bar = Progress.bar("replay", 1)) {
            while (true) {
                long total = 0;
                long done = 0;
                boolean complete = true;
                for (JsonNode replay : calls.get("replay", Map.of()).path("replays")) {
                    if (ids.contains(replay.path("id").longValue())) {
                        long offered = replay.path("offered").longValue();
                        long waiting = replay.path("waiting").longValue();
                        boolean all = replay.path("complete").asBoolean();
                        total += all
                                ? offered
                                : Math.max(offered, replay.path("total").longValue());
                        done += offered - waiting;
                        complete &= all && waiting == 0;
                    }
                }
                bar.maxHint(total);
                bar.stepTo(done);
                if (complete) {
                    break;
                }
                sleeper.sleep(LOOK, new CountDownLatch(1));
            }
        }
    }

    private void print(JsonNode replay) {
        print("replay " + replay.path("id").asText() + ": "
                + replay.path("destination").asText() + "/"
                + replay.path("signal").asText() + ", "
                + replay.path("total").asText() + " events");
    }

    private void print(String text) {
        output.print(Printable.of(text));
    }
}
