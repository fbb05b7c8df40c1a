package dev.cxotel.bridge.cli.look;

import dev.cxotel.bridge.DryRun;
import dev.cxotel.bridge.cli.terminal.ConfigOption;
import dev.cxotel.bridge.cli.terminal.Exit;
import dev.cxotel.bridge.cli.terminal.Printable;
import dev.cxotel.bridge.cli.terminal.VersionCommand;
import dev.cxotel.bridge.event.Bytes;
import dev.cxotel.bridge.event.EventType;
import dev.cxotel.bridge.otlp.OtlpJson;
import dev.cxotel.bridge.signal.Signal;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code cxotel translate}: a webhook's body in, the OTLP requests it would become out; nothing is sent. */
@Command(
        name = "translate",
        description =
                "Prints what a webhook's body becomes: one OTLP/JSON request a line for traces, metrics and logs, as"
                        + " a backend takes it; metrics as a cumulative destination gets them. Nothing is stored or sent. What"
                        + " was repaired, unknown, missing or suspect is said on standard error. Exit code 1 when nothing was"
                        + " understood.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionCommand.class)
public final class TranslateCommand implements Callable<Integer> {

    private static final Path STANDARD_INPUT = Path.of("-");

    private final Map<String, String> environment;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    private ConfigOption config = new ConfigOption();

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            required = true,
            description = "The body as CXone posted it; - is standard input.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path file;

    @Option(
            names = {"-t", "--type"},
            paramLabel = "TYPE",
            converter = TypeName.class,
            description =
                    "Takes the body as posted to the first subscription of this type: voice_quality or script_api."
                            + " Its time zone and resource hold. Without it each event's own type decides.")
    private @Nullable EventType type;

    @Option(
            names = {"-s", "--signals"},
            paramLabel = "SIGNAL",
            split = ",",
            converter = SignalName.class,
            description = "Prints only these: traces, metrics, logs.")
    private List<Signal> signals = List.of(Signal.values());

    @Option(
            names = "--received-at",
            paramLabel = "TIME",
            description = "When it was received, such as 2024-04-20T06:13:37Z; without it, now.")
    private @Nullable Instant receivedAt;

    /** @param environment the process's variables */
    public TranslateCommand(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    @Override
    public Integer call() throws Exception {
        DryRun dryRun = new DryRun(config.load(environment).config());
        DryRun.Result result =
                dryRun.translate(read(), Optional.ofNullable(type), receivedAt == null ? Instant.now() : receivedAt);
        PrintWriter err = spec.commandLine().getErr();
        result.notes().forEach(note -> err.println(Printable.of(note)));
        err.flush();
        PrintWriter out = spec.commandLine().getOut();
        requests(result).forEach(request -> out.println(Printable.of(request)));
        out.flush();
        return result.understood() ? Exit.OK : Exit.FAILED;
    }

    private Bytes read() throws IOException {
        if (file.equals(STANDARD_INPUT)) {
            try (InputStream in = System.in) {
                return Bytes.wrap(in.readAllBytes());
            }
        }
        try {
            return Bytes.wrap(Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            throw new IOException("there is no file " + file, e);
        }
    }

    /** A request without content is not printed. */
    private List<String> requests(DryRun.Result result) {
        List<String> requests = new ArrayList<>();
        for (Signal signal : signals) {
            switch (signal) {
                case TRACES -> {
                    if (!result.spans().isEmpty()) {
                        requests.add(OtlpJson.spans(result.spans()));
                    }
                }
                case METRICS -> {
                    if (!result.metrics().isEmpty()) {
                        requests.add(OtlpJson.metrics(result.metrics()));
                    }
                }
                case LOGS -> {
                    if (!result.logs().isEmpty()) {
                        requests.add(OtlpJson.logs(result.logs()));
                    }
                }
            }
        }
        return requests;
    }

    /** Reads the type as configuration writes it. */
    static final class TypeName implements ITypeConverter<EventType> {
        @Override
        public EventType convert(String value) {
            return EventType.fromConfigName(value)
                    .filter(type -> type == EventType.VOICE_QUALITY || type == EventType.SCRIPT_API)
                    .orElseThrow(() -> new TypeConversionException(
                            "\"" + Printable.of(value) + "\" is neither voice_quality nor script_api"));
        }
    }

    /** Reads a signal as configuration writes it. */
    static final class SignalName implements ITypeConverter<Signal> {
        @Override
        public Signal convert(String value) {
            for (Signal signal : Signal.values()) {
                if (signal.configName().equals(value)) {
                    return signal;
                }
            }
            throw new TypeConversionException("\"" + Printable.of(value) + "\" is none of traces, metrics and logs");
        }
    }
}
