package dev.cxotel.bridge.cli;

import dev.cxotel.bridge.cli.demo.DemoCommand;
import dev.cxotel.bridge.cli.keys.KeysCommand;
import dev.cxotel.bridge.cli.look.DiagnoseCommand;
import dev.cxotel.bridge.cli.look.DoctorCommand;
import dev.cxotel.bridge.cli.look.TraceIdCommand;
import dev.cxotel.bridge.cli.look.TranslateCommand;
import dev.cxotel.bridge.cli.look.ValidateCommand;
import dev.cxotel.bridge.cli.send.SendCommand;
import dev.cxotel.bridge.cli.terminal.Exit;
import dev.cxotel.bridge.cli.terminal.Printable;
import dev.cxotel.bridge.cli.terminal.VersionCommand;
import dev.cxotel.bridge.config.ConfigException;
import dev.cxotel.bridge.journal.JournalException;
import dev.cxotel.bridge.pipeline.patience.Sleeper;
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
                .addSubcommand(new ValidateCommand(seams.environment()))
                .addSubcommand(KeysCommand.create())
                .addSubcommand(new DiagnoseCommand(seams.environment()))
                .addSubcommand(new SendCommand())
                .addSubcommand(new TranslateCommand(seams.environment()))
                .addSubcommand(new DoctorCommand(seams.environment()))
                .addSubcommand(new LedgerCommand(seams))
                .addSubcommand(new QuarantineCommand(seams))
                .addSubcommand(new ReplayCommand(seams, Sleeper.REAL))
                .addSubcommand(new JournalCommand(seams))
                .addSubcommand(new TraceIdCommand(seams.environment()))
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
                yield Exit.BAD_CONFIGURATION;
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
        return Exit.FAILED;
    }
}
