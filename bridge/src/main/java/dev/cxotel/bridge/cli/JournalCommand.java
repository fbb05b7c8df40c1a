package dev.cxotel.bridge.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cxotel.bridge.cli.terminal.ConfigOption;
import dev.cxotel.bridge.cli.terminal.Exit;
import dev.cxotel.bridge.cli.terminal.OutputOption;
import dev.cxotel.bridge.cli.terminal.Printable;
import dev.cxotel.bridge.cli.terminal.Table;
import dev.cxotel.bridge.cli.terminal.VersionCommand;
import dev.cxotel.bridge.config.BridgeConfig;
import dev.cxotel.bridge.journal.sqlite.file.Salvage;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code cxotel journal}: looks after the journal's file. */
@Command(
        name = "journal",
        description = "Checks, copies or rescues the journal.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionCommand.class,
        synopsisSubcommandLabel = "COMMAND")
final class JournalCommand implements Runnable {

    private final Seams seams;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    JournalCommand(Seams seams) {
        this.seams = seams;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing: check, backup or salvage");
    }

    @Command(
            name = "check",
            description = "Reads everything and compares it with its hashes and sums; a finding is exit code 1.",
            mixinStandardHelpOptions = true)
    int check(@Mixin ConfigOption config, @Mixin OutputOption output) throws Exception {
        JsonNode answer = new Calls(seams.calls(), load(config)).get("journal/check", Map.of());
        boolean sound = answer.path("sound").asBoolean();
        if (output.isJson()) {
            output.print(answer.toPrettyString());
            return sound ? Exit.OK : Exit.FAILED;
        }
        Table table = new Table();
        answer.properties().stream()
                .filter(field -> field.getValue().isIntegralNumber())
                .forEach(field -> table.row(
                        field.getKey().replace('_', ' '), field.getValue().longValue()));
        output.print(table.toText(0));
        answer.path("problems").forEach(problem -> output.print(Printable.of(problem.asText())));
        output.print(
                sound ? "The journal is sound." : "The journal is damaged: stop the bridge and run 'journal salvage'.");
        return sound ? Exit.OK : Exit.FAILED;
    }

    @Command(
            name = "backup",
            description = "Writes a copy of the journal, of a running bridge too.",
            mixinStandardHelpOptions = true)
    int backup(
            @Mixin ConfigOption config,
            @Option(names = "--to", required = true, paramLabel = "FILE", description = "The copy; must not exist yet.")
                    Path to)
            throws Exception {
        JsonNode answer = new Calls(seams.calls(), load(config))
                .post("journal/backup", Map.of("to", to.toAbsolutePath().toString()));
        print(Printable.of(answer.path("file").asText()) + ": "
                + answer.path("bytes").asText() + " bytes");
        return Exit.OK;
    }

    @Command(
            name = "salvage",
            description = "Copies every event that can be verified into a new journal; the bridge must be stopped.",
            mixinStandardHelpOptions = true)
    int salvage(
            @Mixin ConfigOption config,
            @Option(
                            names = "--to",
                            paramLabel = "DIR",
                            description =
                                    "Where the new journal goes; without it, in the place of the damaged one, which"
                                            + " is kept beside it.")
                    @Nullable
                    Path to)
            throws Exception {
        BridgeConfig loaded = load(config);
        Salvage.Report report = Salvage.run(loaded.journal(), Optional.ofNullable(to), Instant.now());
        Table table = new Table();
        table.row("new journal", report.journal());
        table.row("damaged file", report.damaged());
        table.row("deliveries saved", report.deliveries());
        table.row("events saved", report.events());
        table.row("rows unreadable, at most", report.unreadable());
        table.row("deliveries with a damaged body", report.damagedBodies());
        table.row("events of theirs", report.lostEvents());
        table.row("waiting events given up", report.givenUp());
        print(table.toText(0));
        return Exit.OK;
    }

    private BridgeConfig load(ConfigOption config) throws Exception {
        return config.load(seams.environment()).config();
    }

    private void print(String text) {
        OutputOption.print(spec, text);
    }
}
