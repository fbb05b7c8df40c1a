package dev.cxotel.bridge.cli.keys;

import dev.cxotel.bridge.auth.keys.IssuedKey;
import dev.cxotel.bridge.auth.keys.KeyAlgorithm;
import dev.cxotel.bridge.auth.keys.KeyFolder;
import dev.cxotel.bridge.cli.terminal.Exit;
import dev.cxotel.bridge.cli.terminal.VersionCommand;
import dev.cxotel.bridge.config.scheme.Algorithm.KeyKind;
import dev.cxotel.bridge.config.scheme.Scheme;
import dev.cxotel.bridge.config.scheme.yaml.SchemePresets;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code cxotel keys signature}: both halves of a signature key, and what to paste where. */
@Command(
        name = "signature",
        description =
                "Makes a signature key, and prints what goes into which field of CXone's form and the configuration"
                        + " that matches.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionCommand.class)
final class KeysSignatureCommand implements Callable<Integer> {

    /** Of the schemes, the one that fits CXone's form best. */
    static final String BEST_GUESS = "walmart_io";

    /** How long the old key counts beside the new one. */
    private static final Duration OVERLAP = Duration.ofDays(30);

    private final InstantSource clock;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "Where the files go; made when absent.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path out;

    @Option(
            names = "--consumer-id",
            paramLabel = "ID",
            defaultValue = "cxotel",
            description = "What CXone calls itself: letters, digits, . _ - (default: ${DEFAULT-VALUE}).")
    private String consumerId = "";

    @Option(
            names = "--algorithm",
            paramLabel = "A",
            description = "rsa, ecdsa, ed25519 or hmac (default: the scheme's first).")
    private @Nullable String algorithm;

    @Option(
            names = "--scheme",
            paramLabel = "S",
            defaultValue = BEST_GUESS,
            description = "A preset (default: ${DEFAULT-VALUE}, a guess: NICE does not publish its own).")
    private String scheme = "";

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "The bridge's public address, such as https://hooks.example.com.")
    private @Nullable URI url;

    @Option(
            names = "--days",
            paramLabel = "N",
            defaultValue = "730",
            description = "How long the key counts (default: ${DEFAULT-VALUE}).")
    private int days;

    @Option(names = "--next", description = "Makes the next version beside the newest, which counts for 30 days more.")
    private boolean next;

    KeysSignatureCommand(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Integer call() throws IOException {
        if (!consumerId.matches("[A-Za-z0-9_][A-Za-z0-9._-]{0,63}")) {
            throw usage("--consumer-id has 1 to 64 letters, digits, . _ -, and does not begin with . or -");
        }
        if (days < 1 || days > 3650) {
            throw usage("--days is between 1 and 3650");
        }
        if (out.toString().matches("(?s).*[}$\\p{Cntrl}].*")) {
            throw usage("--out holds none of } $ and control characters");
        }
        Scheme chosen = SchemePresets.named(scheme)
                .orElseThrow(() ->
                        usage("--scheme is one of " + String.join(", ", SchemePresets.names()) + ", not " + scheme));
        Optional<String> address = Optional.ofNullable(url).map(this::address);
        KeyFolder folder = new KeyFolder(out, consumerId);
        Optional<IssuedKey> old = folder.newest();
        if (next && old.isEmpty()) {
            throw usage("--next: " + out + " has no key of " + consumerId + " yet");
        }
        if (!next && old.isPresent()) {
            throw usage(out + " has a key of " + consumerId + " already, version "
                    + old.get().version() + "; --next makes the next one beside it");
        }
        KeyAlgorithm kind = algorithm(chosen, old);
        Instant now = clock.instant();
        IssuedKey made = folder.create(
                kind,
                old.map(key -> key.version() + 1).orElse(1),
                chosen.name().equals("standard_webhooks"),
                new SecureRandom());
        List<SignatureForm.Lasting> keys = new ArrayList<>();
        old.ifPresent(key -> keys.add(new SignatureForm.Lasting(key, now.plus(OVERLAP))));
        keys.add(new SignatureForm.Lasting(made, now.plus(Duration.ofDays(days))));
        PrintWriter printer = spec.commandLine().getOut();
        printer.print(new SignatureForm(chosen, consumerId, address, keys).text());
        printer.flush();
        return Exit.OK;
    }

    private KeyAlgorithm algorithm(Scheme chosen, Optional<IssuedKey> old) {
        List<KeyAlgorithm> allowed = chosen.algorithms().stream()
                .map(one -> of(one.algorithm().keyKind()))
                .distinct()
                .toList();
        String text = algorithm;
        KeyAlgorithm wanted = text == null
                ? old.map(IssuedKey::algorithm).orElse(allowed.getFirst())
                : Arrays.stream(KeyAlgorithm.values())
                        .filter(one -> one.name().equalsIgnoreCase(text))
                        .findFirst()
                        .orElseThrow(() -> usage("--algorithm is rsa, ecdsa, ed25519 or hmac, not " + text));
        if (!allowed.contains(wanted)) {
            throw usage("the scheme " + chosen.name() + " works with "
                    + String.join(
                            " or ",
                            allowed.stream()
                                    .map(one -> one.name().toLowerCase(Locale.ROOT))
                                    .toList())
                    + ", not with " + wanted.name().toLowerCase(Locale.ROOT));
        }
        return wanted;
    }

    private static KeyAlgorithm of(KeyKind kind) {
        return switch (kind) {
            case RSA -> KeyAlgorithm.RSA;
            case P256, P384 -> KeyAlgorithm.ECDSA;
            case ED25519 -> KeyAlgorithm.ED25519;
            case SECRET -> KeyAlgorithm.HMAC;
        };
    }

    /** Scheme, host and port; paths are the subscriptions'. */
    private String address(URI given) {
        boolean http = "https".equalsIgnoreCase(given.getScheme()) || "http".equalsIgnoreCase(given.getScheme());
        String path = given.getRawPath() == null ? "" : given.getRawPath();
        if (!http
                || given.getHost() == null
                || given.getRawUserInfo() != null
                || given.getRawQuery() != null
                || given.getRawFragment() != null
                || !(path.isEmpty() || path.equals("/"))) {
            throw usage("--url wants a scheme and a host, such as https://hooks.example.com, and no path");
        }
        return given.getScheme() + "://" + given.getRawAuthority();
    }

    private ParameterException usage(String problem) {
        return new ParameterException(spec.commandLine(), problem);
    }
}
