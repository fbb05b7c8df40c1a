package dev.cxotel.bridge.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cxotel.bridge.cli.terminal.ConfigOption;
import dev.cxotel.bridge.cli.terminal.Exit;
import dev.cxotel.bridge.cli.terminal.OutputOption;
import dev.cxotel.bridge.cli.terminal.Printable;
import dev.cxotel.bridge.cli.terminal.Table;
import dev.cxotel.bridge.cli.terminal.VersionCommand;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code cxotel quarantine}: what could not be understood, delivered or verified, and what becomes of it. */
@Command(
        name = "quarantine",
        description = "Lists, shows, replays or drops what could not be understood, delivered or verified.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionCommand.class,
        synopsisSubcommandLabel = "COMMAND")
final class QuarantineCommand implements Runnable {

    private static final int LISTED = 100;

    private final Seams seams;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    QuarantineCommand(Seams seams) {
        this.seams = seams;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing: list, show, replay or drop");
    }

    @Command(name = "list", description = "The newest entries first.", mixinStandardHelpOptions = true)
    int list(
            @Mixin ConfigOption config,
            @Option(names = "--limit", defaultValue = "" + LISTED, description = "At most so many (${DEFAULT-VALUE}).")
                    int limit,
            @Mixin OutputOption output)
            throws Exception {
        JsonNode answer = calls(config).get("quarantine", Map.of("limit", String.valueOf(limit)));
        if (output.isJson()) {
            output.print(answer.toPrettyString());
            return Exit.OK;
        }
        Table table = new Table();
        table.row("ID", "KIND", "SINCE", "SUBSCRIPTION", "PIPELINE", "REASON", "DETAIL");
        for (JsonNode entry : answer.path("entries")) {
            String destination = entry.path("destination").asText("");
            table.row(
                    entry.path("id").asText(),
                    entry.path("kind").asText(),
                    entry.path("at").asText(),
                    entry.path("subscription").asText(),
                    destination.isEmpty()
                            ? "-"
                            : destination + "/" + entry.path("signal").asText(),
                    entry.path("reason").asText(),
                    entry.path("detail").asText());
        }
        output.print(
                answer.path("entries").isEmpty()
                        ? "Quarantine is empty."
                        : table.toText(0).stripTrailing());
        return Exit.OK;
    }

    @Command(
            name = "show",
            description = "An entry and its body as mapping.privacy lets them be seen, control characters escaped.",
            mixinStandardHelpOptions = true)
    int show(
            @Mixin ConfigOption config,
            @Parameters(paramLabel = "ID", description = "The entry's number.") long id,
            @Option(names = "--raw", description = "Shows the body as it was received, personal data included.")
                    boolean raw,
            @Mixin OutputOption output)
            throws Exception {
        JsonNode entry = calls(config).get("quarantine/" + id, raw ? Map.of("raw", "true") : Map.of());
        if (output.isJson()) {
            output.print(entry.toPrettyString());
            return Exit.OK;
        }
        Table table = new Table();
        entry.properties().stream()
                .filter(field -> !field.getKey().equals("body"))
                .forEach(field -> table.row(field.getKey(), field.getValue().asText()));
        output.print(table.toText(0));
        entry.path("body").asText().lines().forEach(line -> output.print(Printable.of(line)));
        return Exit.OK;
    }

    @Command(
            name = "replay",
            description = "Decodes, delivers or verifies entries again; what succeeds leaves quarantine.",
            mixinStandardHelpOptions = true)
    int replay(@Mixin ConfigOption config, @Mixin Chosen chosen, @Mixin OutputOption output) throws Exception {
        JsonNode answer = calls(config).post("quarantine/replay", chosen.parameters(spec));
        if (output.isJson()) {
            output.print(answer.toPrettyString());
        } else {
            Table table = new Table();
            table.row("ID", "KIND", "RESULT", "DETAIL");
            answer.path("entries")
                    .forEach(one -> table.row(
                            one.path("id").asText(),
                            one.path("kind").asText("-"),
                            one.path("result").asText(),
                            one.path("detail").asText()));
            output.print(table.toText(0));
            output.print(answer.path("replayed").asText() + " of "
                    + answer.path("entries").size() + " entries have left quarantine.");
        }
        for (JsonNode one : answer.path("entries")) {
            if (!one.path("left").asBoolean()) {
                return Exit.FAILED;
            }
        }
        return Exit.OK;
    }

    @Command(name = "drop", description = "Removes entries for good.", mixinStandardHelpOptions = true)
    int drop(@Mixin ConfigOption config, @Mixin Chosen chosen, @Mixin OutputOption output) throws Exception {
        JsonNode answer = calls(config).post("quarantine/drop", chosen.parameters(spec));
        output.print(
                output.isJson()
                        ? answer.toPrettyString()
                        : answer.path("dropped").asText() + " entries were dropped.");
        return Exit.OK;
    }

    private Calls calls(ConfigOption config) throws Exception {
        return new Calls(seams.calls(), config.load(seams.environment()).config());
    }

    /** The entries that a change is about. */
    static final class Chosen {

        @Parameters(paramLabel = "ID", arity = "0..*", description = "The entries' numbers.")
        private List<Long> ids = List.of();

        @Option(names = "--all", description = "All entries.")
        private boolean all;

        private Map<String, String> parameters(CommandSpec spec) {
            if (ids.isEmpty() != all) {
                throw new ParameterException(spec.commandLine(), "name entries, or say --all");
            }
            Map<String, String> parameters = new HashMap<>();
            if (all) {
                parameters.put("all", "true");
            } else {
                parameters.put("ids", ids.stream().map(String::valueOf).collect(Collectors.joining(",")));
            }
            return parameters;
        }
    }
}
