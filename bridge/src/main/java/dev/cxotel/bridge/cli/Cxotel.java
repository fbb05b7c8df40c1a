package dev.cxotel.bridge.cli;

import dev.cxotel.bridge.config.ConfigException;
import dev.cxotel.bridge.journal.JournalException;
import dev.cxotel.bridge.pipeline.Sleeper;
import java.io.IOException;
import java.io.PrintWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command line {@code cxotel}. Exit codes: 0 ok, 2 usage, 78 bad configuration, 1 anything else. */
@Command(
        name = "cxotel",
        description = "The bridge from NICE CXone's Monitoring Gateway webhooks to OpenTelemetry.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionCommand.class,
        synopsisSubcommandLabel = "COMMAND")
public final class Cxotel implements Runnable {

    static final int OK = 0;
    static final int FAILED = 1;
    static final int BAD_CONFIGURATION = 78;

    private static final Logger LOG = LoggerFactory.getLogger(Cxotel.class);

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    private Cxotel() {}

    /** Runs one command to its end and returns the exit code. */
    public static int execute(Seams seams, PrintWriter out, PrintWriter err, String... arguments) {
        return new CommandLine(new Cxotel())
                .addSubcommand(new DemoCommand())
                .addSubcommand(new RunCommand(seams))
                .addSubcommand(new ValidateCommand(seams))
                .addSubcommand(KeysCommand.create())
                .addSubcommand(new DiagnoseCommand(seams))
                .addSubcommand(new SendCommand())
                .addSubcommand(new TranslateCommand(seams))
                .addSubcommand(new DoctorCommand(seams))
                .addSubcommand(new LedgerCommand(seams))
                .addSubcommand(new QuarantineCommand(seams))
                .addSubcommand(new ReplayCommand(seams, Sleeper.REAL))
                .addSubcommand(new JournalCommand(seams))
                .addSubcommand(new TraceIdCommand(seams))
                .addSubcommand(new VersionCommand())
                .addSubcommand(new CommandLine.HelpCommand())
                .setOut(out)
                .setErr(err)
                .setExecutionExceptionHandler(Cxotel::failed)
                .execute(arguments);
    }

    /** Without a command: what there is. */
    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "a command is missing");
    }

    private static int failed(Exception exception, CommandLine command, CommandLine.ParseResult parsed) {
        PrintWriter err = command.getErr();
        return switch (exception) {
            case ConfigException configuration -> {
                configuration.problems().forEach(problem -> err.println(Printable.of(problem.toString())));
                err.flush();
                yield BAD_CONFIGURATION;
            }
            case JournalException expected -> failed(expected, err);
            case IOException expected -> failed(expected, err);
            default -> {
                LOG.error("cxotel failed", exception);
                yield failed(exception, err);
            }
        };
    }

    private static int failed(Exception exception, PrintWriter err) {
        String message = exception.getMessage() == null ? exception.toString() : exception.getMessage();
        err.println("cxotel: " + Printable.of(message));
        err.flush();
        return FAILED;
    }
}
