package dev.cxotel.bridge.auth.issue;

import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;

/** A kind of key pair that certificates are made for. */
public enum KeyKind {
    /** ECDSA on P-256. */
    EC("EC", new ECGenParameterSpec("secp256r1"), "SHA256withECDSA"),
    /** RSA with 2048 bits. */
    RSA("RSA", new RSAKeyGenParameterSpec(2048, RSAKeyGenParameterSpec.F4), "SHA256withRSA");

    private final String algorithm;

    @SuppressWarnings("ImmutableEnumChecker") // of these two specifications both are immutable
    private final AlgorithmParameterSpec parameters;

    private final String signature;

    KeyKind(String algorithm, AlgorithmParameterSpec parameters, String signature) {
        this.algorithm = algorithm;
        this.parameters = parameters;
        this.signature = signature;
    }

    KeyPair generate(SecureRandom random) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(parameters, random);
            return generator.generateKeyPair();
        } catch (InvalidAlgorithmParameterException e) {
            throw new IllegalStateException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The name of the signature algorithm of such a key. */
    static String signatureOf(String keyAlgorithm) {
        for (KeyKind kind : values()) {
            if (kind.algorithm.equals(keyAlgorithm)) {
                return kind.signature;
            }
        }
        throw new IllegalArgumentException("no certificates are signed with " + keyAlgorithm);
    }
}
