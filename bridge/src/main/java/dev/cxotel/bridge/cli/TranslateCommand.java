package dev.cxotel.bridge.cli;

import dev.cxotel.bridge.config.BridgeConfig;
import dev.cxotel.bridge.event.Bytes;
import dev.cxotel.bridge.event.EventType;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code cxotel translate}: a webhook's body in, OTLP/JSON out, and nothing sent. */
@Command(
        name = "translate",
        description = {
            "Shows what a webhook's body becomes; nothing is sent.",
            "Standard output gets one OTLP/JSON request a line (spans, logs, metrics), standard error what was"
                    + " repaired, unknown, missing or looks wrong. Exit code 1 when a part could not be understood."
        },
        mixinStandardHelpOptions = true,
        versionProvider = VersionCommand.class)
final class TranslateCommand implements Callable<Integer> {

    private final Seams seams;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            required = true,
            description = "The body as CXone posted it; - reads standard input.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String file;

    @Option(
            names = {"-t", "--type"},
            paramLabel = "TYPE",
            description =
                    "voice_quality or script_api: the subscription that it came to. Without it the content decides.")
    private @Nullable String type;

    @Mixin
    private ConfigOption config = new ConfigOption();

    TranslateCommand(Seams seams) {
        this.seams = seams;
    }

    @Override
    public Integer call() throws Exception {
        Optional<EventType> subscribed = Optional.ofNullable(type).map(this::type);
        BridgeConfig mapping = config.load(seams.environment()).config();
        Bytes body = Bytes.wrap(read());
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        BodyTranslation translation = BodyTranslation.of(
                body,
                subscribed,
                mapping,
                seams.slices().apply(mapping),
                seams.clock().instant());
        translation.requests().forEach(out::println);
        translation.notes().forEach(note -> err.println(Printable.of(note)));
        out.flush();
        err.flush();
        return translation.understood() ? Cxotel.OK : Cxotel.FAILED;
    }

    private EventType type(String name) {
        return EventType.fromConfigName(name)
                .filter(found -> found == EventType.VOICE_QUALITY || found == EventType.SCRIPT_API)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(), "--type is voice_quality or script_api, not '" + Printable.of(name) + "'"));
    }

    private byte[] read() throws IOException {
        if (file.equals("-")) {
            return System.in.readAllBytes();
        }
        try {
            return Files.readAllBytes(Path.of(file));
        } catch (NoSuchFileException e) {
            throw new IOException("there is no file " + file, e);
        }
    }
}
