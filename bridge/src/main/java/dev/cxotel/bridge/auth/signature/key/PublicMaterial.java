package dev.cxotel.bridge.auth.signature.key;

import dev.cxotel.bridge.config.scheme.Algorithm;
import dev.cxotel.bridge.config.scheme.Algorithm.KeyKind;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;

/** A public key, of which only the owner of the private half can make signatures. */
public final class PublicMaterial implements KeyMaterial {

    private final PublicKey key;
    private final KeyKind kind;

    /**
     * Any provider's key.
     *
     * @throws InvalidKeyException when the key is too weak or of a kind that no scheme knows; says why
     */
    public PublicMaterial(PublicKey key) throws InvalidKeyException {
        this.kind = KeyKinds.of(key);
        this.key = Providers.translate(key, kind);
    }

    @Override
    public KeyKind kind() {
        return kind;
    }

    @Override
    public boolean verifies(Algorithm algorithm, byte[] message, byte[] signature) {
        try {
            Signature verifier = Providers.signature(algorithm);
            verifier.initVerify(key);
            verifier.update(message);
            return verifier.verify(signature);
        } catch (SignatureException e) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return "PublicMaterial[" + kind + "]";
    }
}
