package dev.cxotel.bridge.auth.signature.key;

import dev.cxotel.bridge.config.scheme.Algorithm;
import dev.cxotel.bridge.config.scheme.Algorithm.KeyKind;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A shared secret. Signatures are compared in constant time. */
public final class SecretMaterial implements KeyMaterial {

    /** Shorter ones can be guessed. */
    public static final int SHORTEST = 16;

    private final byte[] secret;

    /**
     * A copy of the bytes.
     *
     * @throws InvalidKeyException when it is too short to be one
     */
    public SecretMaterial(byte[] secret) throws InvalidKeyException {
        if (secret.length < SHORTEST) {
            throw new InvalidKeyException(
                    "a secret of " + secret.length + " bytes can be guessed; at least " + SHORTEST + " are needed");
        }
        this.secret = secret.clone();
    }

    @Override
    public KeyKind kind() {
        return KeyKind.SECRET;
    }

    @Override
    public boolean verifies(Algorithm algorithm, byte[] message, byte[] signature) {
        return MessageDigest.isEqual(mac(algorithm, message), signature);
    }

    /** The HMAC of {@code message}. */
    byte[] mac(Algorithm algorithm, byte[] message) {
        String name =
                switch (algorithm) {
                    case HMAC_SHA256 -> "HmacSHA256";
                    case HMAC_SHA512 -> "HmacSHA512";
                    case RSA_SHA256,
                            RSA_SHA512,
                            RSA_PSS_SHA256,
                            RSA_PSS_SHA512,
                            ECDSA_P256,
                            ECDSA_P256_RAW,
                            ECDSA_P384,
                            ECDSA_P384_RAW,
                            ED25519 -> throw new IllegalArgumentException(algorithm + " needs no secret");
                };
        try {
            Mac mac = Mac.getInstance(name);
            mac.init(new SecretKeySpec(secret, name));
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return "SecretMaterial[***]";
    }
}
