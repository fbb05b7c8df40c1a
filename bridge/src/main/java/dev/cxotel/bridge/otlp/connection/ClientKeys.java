package dev.cxotel.bridge.otlp.connection;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;

/** The certificate that the bridge presents to a destination, and its private key, from PEM files. */
final class ClientKeys {
    private static final Pattern PKCS8 =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

    private ClientKeys() {}

    /** @throws GeneralSecurityException when they are unusable or do not belong together; shows nothing of the key */
    static KeyManager[] of(Path certificateFile, Path keyFile) throws IOException, GeneralSecurityException {
        Certificate[] chain = Authorities.read(certificateFile).toArray(Certificate[]::new);
        PrivateKey key = key(keyFile, chain[0].getPublicKey());
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("client", key, new char[0], chain);
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, new char[0]);
        return factory.getKeyManagers();
    }

    private static PrivateKey key(Path file, PublicKey owner) throws IOException, GeneralSecurityException {
        Matcher pem = PKCS8.matcher(Files.readString(file));
        if (!pem.find()) {
            throw new GeneralSecurityException(file + " holds no private key in PKCS#8 form (BEGIN PRIVATE KEY);"
                    + " `openssl pkcs8 -topk8 -nocrypt -in KEY -out NEW` makes it");
        }
        try {
            byte[] encoded = Base64.getMimeDecoder().decode(pem.group(1));
            return KeyFactory.getInstance(algorithm(owner)).generatePrivate(new PKCS8EncodedKeySpec(encoded));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new GeneralSecurityException(
                    file + " holds no key of the kind that the certificate has, which is " + owner.getAlgorithm(), e);
        }
    }

    private static String algorithm(PublicKey owner) {
        return owner.getAlgorithm().equals("EdDSA") ? "Ed25519" : owner.getAlgorithm();
    }
}
