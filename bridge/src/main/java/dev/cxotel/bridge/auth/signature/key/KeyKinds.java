package dev.cxotel.bridge.auth.signature.key;

import dev.cxotel.bridge.config.scheme.Algorithm.KeyKind;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.interfaces.ECKey;
import java.security.interfaces.RSAKey;

/** Tells what kind of key one is, and refuses the weak. */
final class KeyKinds {

    private static final int SHORTEST_RSA = 2048;
    private static final int LONGEST_RSA = 8192;
    private static final String P256_ORDER = "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551";
    private static final String P384_ORDER =
            "ffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973";

    private KeyKinds() {}

    static KeyKind of(Key key) throws InvalidKeyException {
        if (key instanceof RSAKey rsa) {
            int bits = rsa.getModulus().bitLength();
            if (bits < SHORTEST_RSA || bits > LONGEST_RSA) {
                throw new InvalidKeyException("an RSA key of " + bits + " bits is "
                        + (bits < SHORTEST_RSA
                                ? "too weak; at least " + SHORTEST_RSA + " are needed"
                                : "too costly; at most " + LONGEST_RSA + " are taken"));
            }
            return KeyKind.RSA;
        }
        if (key instanceof ECKey curve) {
            if (isOn(curve, P256_ORDER)) {
                return KeyKind.P256;
            }
            if (isOn(curve, P384_ORDER)) {
                return KeyKind.P384;
            }
            throw new InvalidKeyException("the elliptic curve is neither P-256 nor P-384");
        }
        if (key.getAlgorithm().equalsIgnoreCase("Ed25519") || key.getAlgorithm().equalsIgnoreCase("EdDSA")) {
            return KeyKind.ED25519;
        }
        throw new InvalidKeyException("no scheme knows keys of the kind " + key.getAlgorithm());
    }

    private static boolean isOn(ECKey key, String order) {
        return key.getParams().getOrder().toString(16).equals(order);
    }
}
