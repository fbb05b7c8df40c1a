package dev.cxotel.bridge.auth.signature.key;

import dev.cxotel.bridge.config.scheme.Algorithm;
import dev.cxotel.bridge.config.scheme.Algorithm.KeyKind;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.PSSParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import org.bouncycastle.jcajce.spec.RawEncodedKeySpec;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/**
 * Which implementation computes which algorithm: the JDK's RSA, Bouncy Castle's elliptic curves, whose verification is
 * many times faster ({@code PERFORMANCE.md}). The provider is not registered: nothing else in the process sees it.
 */
final class Providers {

    static final Provider BOUNCY_CASTLE = new BouncyCastleProvider();

    private Providers() {}

    static Signature signature(Algorithm algorithm) throws GeneralSecurityException {
        return switch (algorithm) {
            case RSA_SHA256 -> Signature.getInstance("SHA256withRSA");
            case RSA_SHA512 -> Signature.getInstance("SHA512withRSA");
            case RSA_PSS_SHA256 -> pss("SHA-256", MGF1ParameterSpec.SHA256, 32);
            case RSA_PSS_SHA512 -> pss("SHA-512", MGF1ParameterSpec.SHA512, 64);
            case ECDSA_P256 -> Signature.getInstance("SHA256withECDSA", BOUNCY_CASTLE);
            case ECDSA_P256_RAW -> Signature.getInstance("SHA256withPLAIN-ECDSA", BOUNCY_CASTLE);
            case ECDSA_P384 -> Signature.getInstance("SHA384withECDSA", BOUNCY_CASTLE);
            case ECDSA_P384_RAW -> Signature.getInstance("SHA384withPLAIN-ECDSA", BOUNCY_CASTLE);
            case ED25519 -> Signature.getInstance("Ed25519", BOUNCY_CASTLE);
            case HMAC_SHA256, HMAC_SHA512 -> throw new IllegalArgumentException(algorithm + " needs a secret");
        };
    }

    /** The same key as an object of the implementation that computes with it. */
    static PublicKey translate(PublicKey key, KeyKind kind) throws InvalidKeyException {
        try {
            return factory(kind).generatePublic(new X509EncodedKeySpec(key.getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new InvalidKeyException("the key cannot be used: " + e.getMessage(), e);
        }
    }

    /** The same key as an object of the implementation that computes with it. */
    static PrivateKey translate(PrivateKey key, KeyKind kind) throws InvalidKeyException {
        try {
            return factory(kind).generatePrivate(new PKCS8EncodedKeySpec(key.getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new InvalidKeyException("the key cannot be used: " + e.getMessage(), e);
        }
    }

    /** A public key of 32 bytes. */
    static PublicKey ed25519(byte[] raw) throws GeneralSecurityException {
        return factory(KeyKind.ED25519).generatePublic(new RawEncodedKeySpec(raw));
    }

    private static KeyFactory factory(KeyKind kind) throws GeneralSecurityException {
        return switch (kind) {
            case RSA -> KeyFactory.getInstance("RSA");
            case P256, P384 -> KeyFactory.getInstance("EC", BOUNCY_CASTLE);
            case ED25519 -> KeyFactory.getInstance("Ed25519", BOUNCY_CASTLE);
            case SECRET -> throw new IllegalArgumentException("a secret is no key pair");
        };
    }

    private static Signature pss(String digest, MGF1ParameterSpec mask, int salt) throws GeneralSecurityException {
        Signature signature = Signature.getInstance("RSASSA-PSS");
        signature.setParameter(new PSSParameterSpec(digest, "MGF1", mask, salt, 1));
        return signature;
    }
}
