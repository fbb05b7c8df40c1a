package dev.cxotel.bridge.auth.signature.key;

import java.io.IOException;
import java.io.StringReader;
import java.security.InvalidKeyException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.Optional;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8DecryptorProviderBuilder;
import org.bouncycastle.openssl.jcajce.JcePEMDecryptorProviderBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.pkcs.PKCSException;

/**
 * The first key of a PEM text: SPKI ({@code PUBLIC KEY}), PKCS#1 ({@code RSA PUBLIC KEY}, {@code RSA PRIVATE KEY}), SEC1
 * ({@code EC PRIVATE KEY}), PKCS#8 ({@code PRIVATE KEY}, {@code ENCRYPTED PRIVATE KEY}) or a certificate. Other sections
 * before it, such as curve parameters, are passed over.
 */
final class PemFile {

    private static final JcaPEMKeyConverter CONVERTER = new JcaPEMKeyConverter().setProvider(Providers.BOUNCY_CASTLE);

    private PemFile() {}

    /** The public key, of a private one its public half. */
    static PublicKey publicKey(String pem, Optional<String> passphrase) throws InvalidKeyException {
        return switch (parse(pem, passphrase)) {
            case PublicOnly only -> only.key();
            case Pair pair -> pair.publicKey();
        };
    }

    /** The private key. */
    static PrivateKey privateKey(String pem, Optional<String> passphrase) throws InvalidKeyException {
        return switch (parse(pem, passphrase)) {
            case PublicOnly only -> throw new InvalidKeyException("this is a public key, not a private one");
            case Pair pair -> pair.privateKey();
        };
    }

    private static Content parse(String pem, Optional<String> passphrase) throws InvalidKeyException {
        try (PEMParser parser = new PEMParser(new StringReader(pem))) {
            for (Object object = parser.readObject(); object != null; object = parser.readObject()) {
                Optional<Content> content = content(object, passphrase);
                if (content.isPresent()) {
                    return content.get();
                }
            }
        } catch (PKCSException | OperatorCreationException e) {
            throw new InvalidKeyException("the key cannot be decrypted: is the passphrase right?", e);
        } catch (IOException | RuntimeException e) {
            throw new InvalidKeyException("this is no key in PEM: " + e.getMessage(), e);
        }
        throw new InvalidKeyException("there is no key in it; it would begin with -----BEGIN PUBLIC KEY-----");
    }

    private static Optional<Content> content(Object object, Optional<String> passphrase)
            throws IOException, InvalidKeyException, PKCSException, OperatorCreationException {
        if (object instanceof SubjectPublicKeyInfo info) {
            return Optional.of(new PublicOnly(CONVERTER.getPublicKey(info)));
        }
        if (object instanceof X509CertificateHolder certificate) {
            return Optional.of(new PublicOnly(CONVERTER.getPublicKey(certificate.getSubjectPublicKeyInfo())));
        }
        if (object instanceof PEMKeyPair pair) {
            return Optional.of(pair(pair));
        }
        if (object instanceof PEMEncryptedKeyPair encrypted) {
            return Optional.of(pair(encrypted.decryptKeyPair(new JcePEMDecryptorProviderBuilder()
                    .setProvider(Providers.BOUNCY_CASTLE)
                    .build(needed(passphrase)))));
        }
        if (object instanceof PrivateKeyInfo info) {
            return Optional.of(pair(info));
        }
        if (object instanceof PKCS8EncryptedPrivateKeyInfo encrypted) {
            return Optional.of(pair(encrypted.decryptPrivateKeyInfo(new JceOpenSSLPKCS8DecryptorProviderBuilder()
                    .setProvider(Providers.BOUNCY_CASTLE)
                    .build(needed(passphrase)))));
        }
        return Optional.empty();
    }

    private static char[] needed(Optional<String> passphrase) throws InvalidKeyException {
        return passphrase
                .orElseThrow(() -> new InvalidKeyException("the key is encrypted and needs a `passphrase`"))
                .toCharArray();
    }

    private static Content pair(PEMKeyPair pem) throws IOException, InvalidKeyException {
        if (pem.getPublicKeyInfo() == null) {
            return pair(pem.getPrivateKeyInfo());
        }
        KeyPair pair = CONVERTER.getKeyPair(pem);
        return new Pair(pair.getPublic(), pair.getPrivate());
    }

    private static Content pair(PrivateKeyInfo info) throws IOException, InvalidKeyException {
        PrivateKey privateKey = CONVERTER.getPrivateKey(info);
        return new Pair(PublicHalf.of(privateKey), privateKey);
    }

    /** What a PEM text holds. */
    private sealed interface Content {}

    private record PublicOnly(PublicKey key) implements Content {}

    private record Pair(PublicKey publicKey, PrivateKey privateKey) implements Content {}
}
