package dev.cxotel.bridge.auth.signature.key;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.RSAPublicKeySpec;
import org.bouncycastle.jcajce.interfaces.EdDSAPrivateKey;
import org.bouncycastle.jce.interfaces.ECPrivateKey;
import org.bouncycastle.jce.spec.ECParameterSpec;
import org.bouncycastle.jce.spec.ECPublicKeySpec;

/** The public key that belongs to a private one. */
final class PublicHalf {

    private PublicHalf() {}

    /** The private key is one of Bouncy Castle's. */
    static PublicKey of(PrivateKey key) throws InvalidKeyException {
        try {
            if (key instanceof RSAPrivateCrtKey rsa) {
                return KeyFactory.getInstance("RSA")
                        .generatePublic(new RSAPublicKeySpec(rsa.getModulus(), rsa.getPublicExponent()));
            }
            if (key instanceof ECPrivateKey curve) {
                ECParameterSpec domain = curve.getParameters();
                return KeyFactory.getInstance("EC", Providers.BOUNCY_CASTLE)
                        .generatePublic(new ECPublicKeySpec(domain.getG().multiply(curve.getD()), domain));
            }
            if (key instanceof EdDSAPrivateKey edwards) {
                return edwards.getPublicKey();
            }
        } catch (GeneralSecurityException e) {
            throw new InvalidKeyException("the private key is broken: " + e.getMessage(), e);
        }
        throw new InvalidKeyException("no scheme knows keys of the kind " + key.getAlgorithm());
    }
}
