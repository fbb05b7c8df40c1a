package dev.cxotel.bridge.auth.keys;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/** A kind of key that {@code cxotel keys signature} makes. */
public enum KeyAlgorithm {
    /** 2048 bits: what every form and library takes. */
    RSA,
    /** On the curve P-256. */
    ECDSA,
    ED25519,
    /** 256 random bits that both sides know. */
    HMAC;

    /** Both halves of a new key; a shared secret has none. */
    KeyPair generate(SecureRandom random) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(
                    switch (this) {
                        case RSA -> "RSA";
                        case ECDSA -> "EC";
                        case ED25519 -> "Ed25519";
                        case HMAC -> throw new IllegalStateException("a secret has no halves");
                    },
                    new BouncyCastleProvider());
            switch (this) {
                case RSA -> generator.initialize(2048, random);
                case ECDSA -> generator.initialize(new ECGenParameterSpec("secp256r1"), random);
                case ED25519 -> generator.initialize(255, random);
                case HMAC -> {}
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
