package dev.cxotel.bridge.cli.look;

import dev.cxotel.bridge.cli.terminal.ConfigOption;
import dev.cxotel.bridge.cli.terminal.Exit;
import dev.cxotel.bridge.cli.terminal.Printable;
import dev.cxotel.bridge.cli.terminal.VersionCommand;
import dev.cxotel.bridge.config.BridgeConfig;
import dev.cxotel.bridge.config.DestinationConfig;
import dev.cxotel.bridge.event.Ids;
import dev.cxotel.bridge.mapping.ContactKey;
import dev.cxotel.bridge.mapping.Traces;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code cxotel trace-id}: from a contact, as a supervisor knows it, to its trace. */
@Command(
        name = "trace-id",
        description =
                "Prints the trace id of a contact, and the links to it in the destinations that have a user interface. The"
                        + " contact is the master contact: the first one of the conversation.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionCommand.class)
public final class TraceIdCommand implements Callable<Integer> {

    private static final String PLACEHOLDER = "{trace_id}";

    private final Map<String, String> environment;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    private ConfigOption config = new ConfigOption();

    @Option(
            names = {"-b", "--business-unit"},
            paramLabel = "B",
            required = true,
            description = "The business unit as CXone numbers it; mapping.business_units holds.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String businessUnit;

    @Option(
            names = {"-C", "--contact"},
            paramLabel = "C",
            required = true,
            description = "The master contact id, else the contact id.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String contact;

    @Option(
            names = {"-d", "--destination"},
            paramLabel = "D",
            description = "Only the link of this destination.")
    private @Nullable String destination;

    /** @param environment the process's variables */
    public TraceIdCommand(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    @Override
    public Integer call() throws Exception {
        BridgeConfig loaded = config.load(environment).config();
        ContactKey key = new Traces(loaded.mapping())
                .contact(businessUnit.strip(), contact.strip(), null)
                .orElseThrow(
                        () -> wrong("\"" + contact + "\" names no contact: such events have a trace of their own"));
        String traceId = Ids.traceOfContact(key.businessUnit(), key.contact());
        PrintWriter out = spec.commandLine().getOut();
        out.println(traceId);
        for (DestinationConfig each : wanted(loaded)) {
            each.style()
                    .traceLink()
                    .ifPresent(
                            link -> out.println(Printable.of(each.name() + ": " + link.replace(PLACEHOLDER, traceId))));
        }
        out.flush();
        return Exit.OK;
    }

    private List<DestinationConfig> wanted(BridgeConfig loaded) {
        List<DestinationConfig> wanted = loaded.destinations().stream()
                .filter(each -> destination == null || each.name().equals(destination))
                .toList();
        if (destination != null && wanted.isEmpty()) {
            throw wrong("there is no destination \"" + destination + "\" in the configuration");
        }
        if (destination != null && wanted.getFirst().style().traceLink().isEmpty()) {
            throw wrong("the preset of " + destination + " knows no link to a trace");
        }
        return wanted;
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), Printable.of(message));
    }
}
