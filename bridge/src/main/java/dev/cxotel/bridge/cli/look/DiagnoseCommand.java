package dev.cxotel.bridge.cli.look;

import dev.cxotel.bridge.auth.RequestedUrl;
import dev.cxotel.bridge.auth.WebhookRequest;
import dev.cxotel.bridge.auth.diagnose.Diagnosis;
import dev.cxotel.bridge.auth.diagnose.Diagnostician;
import dev.cxotel.bridge.auth.signature.SignedUrls;
import dev.cxotel.bridge.auth.signature.key.KeyStore;
import dev.cxotel.bridge.cli.terminal.Exit;
import dev.cxotel.bridge.cli.terminal.VersionCommand;
import dev.cxotel.bridge.config.SignatureConfig;
import dev.cxotel.bridge.config.SubscriptionConfig;
import dev.cxotel.bridge.config.load.ConfigLoader;
import dev.cxotel.bridge.telemetry.Telemetry;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.InvalidKeyException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code cxotel diagnose}: which scheme would have verified a captured request. Exit code 1 when none would. */
@Command(
        name = "diagnose",
        description =
                "Says which signature scheme would have verified a captured request with the configured keys; exit"
                        + " code 1 when none would.",
        footer = {
            "",
            "The file holds the request as it came: POST /path HTTP/1.1, the headers, an empty line, the body. To capture"
                    + " one, let CXone post to a bare TCP listener behind your TLS proxy (nc -l 8081 > request.txt), or save a"
                    + " raw request of mitmproxy. A file holds secrets as long as its signature is good."
        },
        mixinStandardHelpOptions = true,
        versionProvider = VersionCommand.class)
public final class DiagnoseCommand implements Callable<Integer> {

    private final Map<String, String> environment;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(names = "--request", paramLabel = "FILE", required = true, description = "The captured request.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path file;

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            required = true,
            description = "The configuration with the keys, YAML or JSON.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path config;

    @Option(
            names = "--subscription",
            paramLabel = "NAME",
            description =
                    "Whose keys are tried (default: the one with the request's path, else the only one with keys).")
    private @Nullable String name;

    @Option(
            names = "--at",
            paramLabel = "TIME",
            description = "When it arrived, such as 2026-11-22T12:00:00Z (default: when the file was written).")
    private @Nullable String at;

    /** @param environment the process's variables */
    public DiagnoseCommand(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    @Override
    public Integer call() throws Exception {
        if (!Files.isRegularFile(file)) {
            throw usage("--request: there is no file " + file);
        }
        WebhookRequest request;
        try {
            request = CapturedRequest.parse(Files.readAllBytes(file), arrived());
        } catch (IOException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
        List<SubscriptionConfig> subscriptions = new ConfigLoader(environment)
                .load(config).config().receiver().subscriptions().stream()
                        .filter(one -> one.auth().signature().isPresent())
                        .toList();
        Diagnosis diagnosis =
                diagnostician(subscription(subscriptions, request)).examine(request);
        PrintWriter out = spec.commandLine().getOut();
        out.print(diagnosis.toText());
        out.flush();
        return diagnosis.matches().isEmpty() ? Exit.FAILED : Exit.OK;
    }

    private static Diagnostician diagnostician(SubscriptionConfig subscription) throws IOException {
        SignatureConfig signature = subscription.auth().signature().orElseThrow();
        try {
            KeyStore keys = KeyStore.open(subscription.name(), signature, Telemetry.NONE);
            return new Diagnostician(
                    subscription, keys, SignedUrls.of(subscription, new RequestedUrl()), Diagnostician.BY_HAND);
        } catch (InvalidKeyException e) {
            throw new IOException(subscription.name() + ": " + e.getMessage(), e);
        }
    }

    private SubscriptionConfig subscription(List<SubscriptionConfig> subscriptions, WebhookRequest request) {
        String wanted = name;
        if (wanted != null) {
            return subscriptions.stream()
                    .filter(one -> one.name().equals(wanted))
                    .findFirst()
                    .orElseThrow(() -> usage("--subscription: none of the name " + wanted + " has auth.signature"));
        }
        return subscriptions.stream()
                .filter(one -> subscriptions.size() == 1 || one.path().equals(request.path()))
                .findFirst()
                .orElseThrow(() -> usage(
                        subscriptions.isEmpty()
                                ? "no subscription of " + config + " has auth.signature with keys to try"
                                : "no subscription has the path of the request; name one with --subscription"));
    }

    private Instant arrived() throws IOException {
        String text = at;
        try {
            return text == null ? Files.getLastModifiedTime(file).toInstant() : Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw usage("--at wants a moment such as 2026-11-22T12:00:00Z");
        }
    }

    private ParameterException usage(String problem) {
        return new ParameterException(spec.commandLine(), problem);
    }
}
