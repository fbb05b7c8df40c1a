package dev.cxotel.bridge.cli.demo;

import dev.cxotel.bridge.Bridge;
import dev.cxotel.bridge.cli.terminal.Exit;
import dev.cxotel.bridge.cli.terminal.VersionCommand;
import dev.cxotel.bridge.config.BridgeConfig;
import dev.cxotel.bridge.journal.JournalException;
import dev.cxotel.bridge.journal.Ledger;
import dev.cxotel.bridge.simulator.ContactCentre.Habits;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code cxotel demo}: the whole product on this machine, checked from end to end. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        versionProvider = VersionCommand.class,
        description = {
            "Runs the whole product on this machine with nothing else installed: a simulated contact centre posts"
                    + " webhooks to the bridge, which exports OTLP to a preview in memory.",
            "Ends with what was sent, received, exported and read back. Nothing is kept."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:what was decoded from OTLP is what the simulator sent",
            "1:it is not; the summary says what differs",
            "2:usage"
        })
public final class DemoCommand implements Callable<Integer> {

    /** A stop by Ctrl-C has this long for the drain and the summary. */
    private static final Duration LONGEST_STOP = Duration.ofSeconds(60);

    private static final Logger LOG = LoggerFactory.getLogger(DemoCommand.class);

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--seconds", paramLabel = "N", description = "Stops after so many seconds (default: at Ctrl-C).")
    private @Nullable Integer seconds;

    @Option(
            names = "--rate",
            defaultValue = "25",
            paramLabel = "R",
            description = "Webhooks a second (default: ${DEFAULT-VALUE}).")
    private double rate;

    @Option(
            names = "--diurnal",
            description =
                    "The rate is that of the busiest hour; others follow a day of a contact centre, by local time.")
    private boolean diurnal;

    @Option(
            names = "--seed",
            defaultValue = "1",
            paramLabel = "N",
            description = "Of the simulated contact centre (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Override
    public Integer call() throws Exception {
        CommandSpec command = Objects.requireNonNull(spec);
        if ((seconds != null && seconds < 1) || !(rate > 0)) {
            throw new ParameterException(command.commandLine(), "--seconds and --rate are more than 0");
        }
        PrintWriter out = command.commandLine().getOut();
        Demo demo = new Demo(DemoPlan.onFreePorts(), DemoCommand::start, out, InstantSource.system());
        Demo.Wish wish =
                new Demo.Wish(Optional.ofNullable(seconds).map(Duration::ofSeconds), rate, diurnal, Habits.USUAL, seed);
        AtomicBoolean stop = new AtomicBoolean();
        CompletableFuture<Integer> result = new CompletableFuture<>();
        Thread hook = new Thread(() -> endWithSummary(stop, result), "demo-stop");
        Runtime.getRuntime().addShutdownHook(hook);
        int code = Exit.FAILED;
        try {
            code = demo.run(wish, stop::get) ? Exit.OK : Exit.FAILED;
        } finally {
            result.complete(code);
        }
        remove(hook);
        return code;
    }

    private static void remove(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            LOG.debug("the process is already stopping, the hook has its result", e);
        }
    }

    /** Without the halt the exit code would be the signal's. */
    private static void endWithSummary(AtomicBoolean stop, CompletableFuture<Integer> result) {
        stop.set(true);
        int code = result.completeOnTimeout(Exit.FAILED, LONGEST_STOP.toSeconds(), TimeUnit.SECONDS)
                .join();
        Runtime.getRuntime().halt(code);
    }

    static DemoBridge start(BridgeConfig config) throws Exception {
        Bridge bridge = Bridge.start(config);
        return new DemoBridge() {
            @Override
            public Ledger ledger() throws JournalException {
                return bridge.journal().ledger();
            }

            @Override
            public long openContacts() throws JournalException {
                return bridge.journal().contacts().open();
            }

            @Override
            public void close() {
                bridge.close();
            }
        };
    }
}
