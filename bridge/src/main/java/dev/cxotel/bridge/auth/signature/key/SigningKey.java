package dev.cxotel.bridge.auth.signature.key;

import dev.cxotel.bridge.config.scheme.Algorithm;
import dev.cxotel.bridge.config.scheme.Algorithm.KeyKind;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.Optional;

/** A key that makes signatures: a private key or a shared secret. Its text form shows nothing of it. */
public final class SigningKey {

    private final KeyKind kind;
    private final Maker maker;

    private SigningKey(KeyKind kind, Maker maker) {
        this.kind = kind;
        this.maker = maker;
    }

    /** A private key of RSA, P-256, P-384 or Ed25519. */
    public static SigningKey of(PrivateKey key) throws InvalidKeyException {
        KeyKind kind = KeyKinds.of(key);
        PrivateKey own = Providers.translate(key, kind);
        return new SigningKey(kind, (algorithm, message) -> {
            Signature signature = Providers.signature(algorithm);
            signature.initSign(own);
            signature.update(message);
            return signature.sign();
        });
    }

    public static SigningKey of(SecretMaterial secret) {
        return new SigningKey(KeyKind.SECRET, secret::mac);
    }

    /** The private key of a PEM file, encrypted or not; a file that is not PEM holds a shared secret. */
    public static SigningKey read(Path file, Optional<String> passphrase) throws InvalidKeyException {
        String text = KeyFiles.text(file);
        return text.contains("-----BEGIN ") ? of(PemFile.privateKey(text, passphrase)) : of(RawSecret.of(text.strip()));
    }

    public KeyKind kind() {
        return kind;
    }

    /** The signature of {@code message}; the algorithm must be one of the key's kind. */
    public byte[] sign(Algorithm algorithm, byte[] message) {
        if (algorithm.keyKind() != kind) {
            throw new IllegalArgumentException(algorithm + " does not work with " + kind.words());
        }
        try {
            return maker.sign(algorithm, message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return "SigningKey[" + kind + "]";
    }

    /** Makes a signature. */
    @FunctionalInterface
    private interface Maker {
        byte[] sign(Algorithm algorithm, byte[] message) throws GeneralSecurityException;
    }
}
