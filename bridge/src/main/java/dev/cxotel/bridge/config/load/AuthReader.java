package dev.cxotel.bridge.config.load;

import dev.cxotel.bridge.config.AuthConfig;
import dev.cxotel.bridge.config.SignatureConfig;
import dev.cxotel.bridge.config.SignatureKeyConfig;
import dev.cxotel.bridge.config.scheme.Scheme;
import dev.cxotel.bridge.config.scheme.yaml.SchemePresets;
import dev.cxotel.bridge.config.scheme.yaml.SchemeReader;
import dev.cxotel.bridge.config.yaml.Section;
import dev.cxotel.bridge.config.yaml.Suggestion;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The key {@code auth} of a subscription. */
final class AuthReader {

    private final KeyCheck keyCheck;
    private final List<String> warnings;

    /** @param warnings takes what is allowed and still dangerous */
    AuthReader(KeyCheck keyCheck, List<String> warnings) {
        this.keyCheck = keyCheck;
        this.warnings = warnings;
    }

    AuthConfig read(Section subscription) {
        if (!subscription.has("auth")) {
            return AuthConfig.UNSET;
        }
        if (subscription.text("auth").isPresent()) {
            return AuthConfig.NONE;
        }
        Section auth = subscription.section("auth");
        Optional<SignatureConfig> signature = auth.has("signature")
                ? signature(auth.section("signature"), subscription.text("name").orElse(""))
                : Optional.empty();
        return new AuthConfig(false, signature, TlsReader.mtls(auth));
    }

    private Optional<SignatureConfig> signature(Section section, String subscription) {
        Optional<Scheme> scheme = scheme(section);
        if (scheme.isEmpty()) {
            return Optional.empty();
        }
        List<Section> written = section.sections("keys");
        List<SignatureKeyConfig> keys = written.stream().map(AuthReader::key).toList();
        SignatureConfig signature = new SignatureConfig(
                scheme.get(),
                section.text("consumer_id"),
                keys,
                ReceiverReader.positive(section, "refresh", SignatureConfig.DEFAULT_REFRESH));
        checkConsumer(section, signature, subscription);
        checkKeys(written, signature);
        warn(scheme.get(), subscription);
        return Optional.of(signature);
    }

    private static Optional<Scheme> scheme(Section section) {
        String name = section.text("scheme").orElse("");
        if (name.equals(Scheme.CUSTOM)) {
            if (!section.has("custom")) {
                section.problem("scheme", "custom needs the key `custom` with the scheme itself");
                return Optional.empty();
            }
            return SchemeReader.read(name, section.section("custom"));
        }
        if (section.has("custom")) {
            section.keyProblem("custom", "counts only with `scheme: custom`");
        }
        Optional<Scheme> preset = SchemePresets.named(name);
        if (preset.isEmpty() && !name.isEmpty()) {
            List<String> known = new ArrayList<>(SchemePresets.names());
            known.add(Scheme.CUSTOM);
            section.problem("scheme", "there is no scheme \"" + name + "\"" + Suggestion.hint(name, known));
        }
        return preset;
    }

    private static SignatureKeyConfig key(Section key) {
        List<String> sources = List.of("public_key", "secret", "jwks").stream()
                .filter(key::has)
                .toList();
        if (sources.size() != 1) {
            key.problem("a key has one of `public_key`, `secret` and `jwks`"
                    + (sources.isEmpty() ? "" : ", this one has " + String.join(" and ", sources)));
        }
        if (key.has("passphrase") && !key.has("public_key")) {
            key.keyProblem("passphrase", "belongs to a `public_key` that is an encrypted private key");
        }
        if (key.has("jwks") && key.has("version")) {
            key.keyProblem("version", "each key of a JWKS file brings its own, its `kid`");
        } else if (!key.has("jwks") && !key.has("version")) {
            key.problem("the key `version` is missing");
        }
        Optional<Instant> notBefore = instant(key, "not_before");
        Optional<Instant> notAfter = instant(key, "not_after");
        if (notBefore.isPresent() && notAfter.isPresent() && notAfter.get().isBefore(notBefore.get())) {
            key.problem("not_after", "is before `not_before`: the key would never count");
        }
        return new SignatureKeyConfig(
                key.text("version").orElse(""), material(key), key.text("consumer_id"), notBefore, notAfter);
    }

    private static SignatureKeyConfig.Material material(Section key) {
        Optional<Path> publicKey = key.parsed("public_key", ConfigLoader::path, "a path");
        Optional<Path> set = key.parsed("jwks", ConfigLoader::path, "a path");
        if (publicKey.isPresent()) {
            return new SignatureKeyConfig.PublicKeyFile(publicKey.get(), key.text("passphrase"));
        }
        return set.isPresent()
                ? new SignatureKeyConfig.KeySetFile(set.get())
                : new SignatureKeyConfig.Secret(key.text("secret").orElse(""));
    }

    private static Optional<Instant> instant(Section key, String name) {
        return key.parsed(
                name,
                text -> {
                    try {
                        return Optional.of(Instant.parse(text));
                    } catch (DateTimeParseException e) {
                        return Optional.empty();
                    }
                },
                "a moment such as 2026-11-22T00:00:00Z");
    }

    private void checkConsumer(Section section, SignatureConfig signature, String subscription) {
        boolean everyKey =
                signature.keys().stream().allMatch(key -> key.consumerId().isPresent());
        if (signature.scheme().carriesConsumerId() && signature.consumerId().isEmpty() && !everyKey) {
            section.problem(
                    "consumer_id",
                    "the scheme " + signature.scheme().name()
                            + " carries a consumer id: write the one that CXone's form has");
        }
        if (!signature.scheme().carriesConsumerId() && signature.consumerId().isPresent()) {
            warnings.add(subscription + ": consumer_id is not looked at, because the scheme "
                    + signature.scheme().name() + " carries none");
        }
    }

    private void checkKeys(List<Section> written, SignatureConfig signature) {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < written.size(); i++) {
            Section section = written.get(i);
            SignatureKeyConfig key = signature.keys().get(i);
            String owner = key.consumerId().or(signature::consumerId).orElse("");
            if (!key.version().isEmpty() && !seen.add(owner + "\n" + key.version())) {
                section.problem("version", "another key of this consumer has the version \"" + key.version() + "\"");
            }
            String source = List.of("public_key", "jwks", "secret").stream()
                    .filter(section::has)
                    .findFirst()
                    .orElse("");
            if (!source.isEmpty()) {
                keyCheck.problem(signature, key).ifPresent(problem -> section.problem(source, problem));
            }
        }
    }

    private void warn(Scheme scheme, String subscription) {
        if (!scheme.coversBody()) {
            warnings.add(subscription + ": the scheme " + scheme.name() + " does not sign the body: whoever sees one"
                    + " request can post any body for " + minutes(scheme)
                    + "; add mutual TLS, or `allow_from` with CXone's addresses");
        }
        if (!scheme.carriesTime()) {
            warnings.add(subscription + ": the scheme " + scheme.name()
                    + " signs no time: a request that was seen once can be sent again for ever");
        }
    }

    private static String minutes(Scheme scheme) {
        return scheme.carriesTime() ? scheme.tolerance().past().toMinutes() + " minutes" : "ever";
    }
}
