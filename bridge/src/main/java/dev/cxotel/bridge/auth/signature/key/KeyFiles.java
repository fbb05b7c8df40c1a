package dev.cxotel.bridge.auth.signature.key;

import dev.cxotel.bridge.config.SignatureConfig;
import dev.cxotel.bridge.config.SignatureKeyConfig;
import dev.cxotel.bridge.config.scheme.Scheme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads the keys that a configuration names. */
public final class KeyFiles {

    private static final String RAW_ED25519 = "whpk_";
    private static final long LONGEST = 1 << 20;

    private KeyFiles() {}

    /**
     * The keys of one entry, of a JWKS file all that fit the scheme.
     *
     * @throws InvalidKeyException when there is none that can be used with the scheme; says why, never shows a secret
     */
    public static List<VerificationKey> read(SignatureConfig signature, SignatureKeyConfig key)
            throws InvalidKeyException {
        Optional<String> owner =
                signature.scheme().carriesConsumerId() ? key.consumerId().or(signature::consumerId) : Optional.empty();
        List<VerificationKey> keys = new ArrayList<>();
        Map<String, KeyMaterial> found = materials(key);
        found.forEach((version, material) ->
                keys.add(new VerificationKey(owner, version, material, key.notBefore(), key.notAfter())));
        keys.removeIf(each -> !fits(signature.scheme(), each));
        if (keys.isEmpty()) {
            KeyMaterial first = found.values().iterator().next();
            throw new InvalidKeyException("this is " + first.kind().words() + ", but the scheme "
                    + signature.scheme().name() + " wants " + wanted(signature.scheme()));
        }
        return keys;
    }

    /** Why {@link #read} would not read it; empty when it would. */
    public static Optional<String> problem(SignatureConfig signature, SignatureKeyConfig key) {
        try {
            read(signature, key);
            return Optional.empty();
        } catch (InvalidKeyException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private static boolean fits(Scheme scheme, VerificationKey key) {
        return scheme.algorithms().stream().anyMatch(allowed -> key.fits(allowed.algorithm()));
    }

    private static String wanted(Scheme scheme) {
        return scheme.algorithms().stream()
                .map(allowed -> allowed.algorithm().keyKind().words())
                .distinct()
                .collect(Collectors.joining(" or "));
    }

    private static Map<String, KeyMaterial> materials(SignatureKeyConfig key) throws InvalidKeyException {
        return switch (key.material()) {
            case SignatureKeyConfig.Secret secret -> Map.of(key.version(), RawSecret.of(secret.text()));
            case SignatureKeyConfig.KeySetFile set -> KeySet.parse(text(set.file()));
            case SignatureKeyConfig.PublicKeyFile pem ->
                Map.of(key.version(), publicKey(text(pem.file()), pem.passphrase()));
        };
    }

    private static KeyMaterial publicKey(String text, Optional<String> passphrase) throws InvalidKeyException {
        if (!text.startsWith(RAW_ED25519)) {
            return new PublicMaterial(PemFile.publicKey(text, passphrase));
        }
        try {
            return new PublicMaterial(Providers.ed25519(Base64.getDecoder()
                    .decode(text.substring(RAW_ED25519.length()).strip())));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new InvalidKeyException("what follows whpk_ is not Base64 of an Ed25519 key", e);
        }
    }

    static String text(Path file) throws InvalidKeyException {
        try {
            if (Files.isRegularFile(file) && Files.size(file) > LONGEST) {
                throw new InvalidKeyException(file + " is longer than 1 MiB and cannot be a key");
            }
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new InvalidKeyException("there is no file " + file, e);
        } catch (IOException e) {
            throw new InvalidKeyException(file + " cannot be read: " + e, e);
        }
    }
}
