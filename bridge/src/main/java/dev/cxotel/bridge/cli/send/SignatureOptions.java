package dev.cxotel.bridge.cli.send;

import dev.cxotel.bridge.auth.HeaderField;
import dev.cxotel.bridge.auth.signature.Signer;
import dev.cxotel.bridge.auth.signature.key.SigningKey;
import dev.cxotel.bridge.config.ConfigException;
import dev.cxotel.bridge.config.scheme.Scheme;
import dev.cxotel.bridge.config.scheme.yaml.SchemePresets;
import dev.cxotel.bridge.simulator.WebhookClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.InvalidKeyException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The options that make a sender sign. */
final class SignatureOptions {

    @Option(
            names = "--scheme",
            paramLabel = "NAME|FILE",
            description =
                    "Signs each request: walmart_io, walmart_marketplace, nice_expert, standard_webhooks, rfc9421,"
                            + " or a YAML file with what the configuration has under `custom`.")
    private @Nullable String scheme;

    @Option(names = "--consumer-id", paramLabel = "ID", description = "Who signs, where the scheme carries it.")
    private @Nullable String consumerId;

    @Option(
            names = "--key",
            paramLabel = "FILE",
            description = "The private key in PEM, or a file whose text is the shared secret.")
    private @Nullable Path key;

    @Option(
            names = "--key-passphrase",
            paramLabel = "TEXT",
            arity = "0..1",
            interactive = true,
            description = "Of an encrypted private key; without TEXT it is asked for.")
    private @Nullable String passphrase;

    @Option(
            names = "--key-version",
            paramLabel = "VERSION",
            description = "Which key signs, where the scheme carries it.")
    private @Nullable String keyVersion;

    @Option(
            names = "--signature-url",
            paramLabel = "URL",
            description = "What is signed as the URL (default: where the request goes).")
    private @Nullable String signatureUrl;

    /**
     * What signs; empty without {@code --scheme}.
     *
     * @param headers that every request has
     * @param usage makes the exception of a problem with the options
     */
    Optional<WebhookClient.Signature> signature(List<HeaderField> headers, Function<String, ParameterException> usage) {
        if (scheme == null) {
            if (key != null) {
                throw usage.apply("--key wants the --scheme to sign by");
            }
            return Optional.empty();
        }
        if (key == null) {
            throw usage.apply("--scheme wants the --key to sign with");
        }
        try {
            Signer.Identity identity = new Signer.Identity(
                    Optional.ofNullable(consumerId),
                    Optional.ofNullable(keyVersion),
                    SigningKey.read(key, Optional.ofNullable(passphrase)),
                    Optional.ofNullable(signatureUrl),
                    InstantSource.system());
            return Optional.of(new RequestSignature(Signer.of(scheme(scheme, usage), identity), headers));
        } catch (InvalidKeyException e) {
            throw usage.apply("--key: " + e.getMessage());
        } catch (IllegalArgumentException e) {
            throw usage.apply("--scheme: " + e.getMessage());
        }
    }

    private static Scheme scheme(String name, Function<String, ParameterException> usage) {
        Optional<Scheme> preset = SchemePresets.named(name);
        if (preset.isPresent()) {
            return preset.get();
        }
        if (!Files.isReadable(Path.of(name))) {
            throw usage.apply("--scheme is one of " + String.join(", ", SchemePresets.names())
                    + ", or a file that can be read, not " + name);
        }
        try {
            return SchemePresets.file(Path.of(name));
        } catch (ConfigException e) {
            throw usage.apply("--scheme: " + e.getMessage());
        }
    }
}
