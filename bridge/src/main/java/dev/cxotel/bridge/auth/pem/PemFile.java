package dev.cxotel.bridge.auth.pem;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMException;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.bc.BcPEMDecryptorProvider;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8DecryptorProviderBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.pkcs.PKCSException;

/**
 * One PEM file as it was read: certificates, and a private key in PKCS#1, PKCS#8 or SEC1 form, which may be encrypted.
 * Other entries, such as EC parameters, and text between entries are passed over.
 */
public final class PemFile {

    private static final int LARGEST = 1 << 20;

    private final Path file;
    private final String text;

    private PemFile(Path file, String text) {
        this.file = file;
        this.text = text;
    }

    public static PemFile read(Path file) throws PemException {
        try {
            if (Files.size(file) > LARGEST) {
                throw new PemException(file + " is larger than 1 MiB and surely no PEM file");
            }
            return new PemFile(file, Files.readString(file, StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            throw new PemException(file + " cannot be read: " + e.getClass().getSimpleName());
        }
    }

    /** A PEM text that came from elsewhere; {@code name} stands for it in messages. */
    public static PemFile of(String name, String text) {
        return new PemFile(Path.of(name), text);
    }

    /** All certificates in their order; at least one. */
    public List<X509Certificate> certificates() throws PemException {
        List<X509Certificate> certificates = new ArrayList<>();
        try (PEMParser parser = new PEMParser(new StringReader(text))) {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            for (Object entry = parser.readObject(); entry != null; entry = parser.readObject()) {
                if (entry instanceof X509CertificateHolder holder) {
                    certificates.add((X509Certificate)
                            factory.generateCertificate(new ByteArrayInputStream(holder.getEncoded())));
                }
            }
        } catch (IOException | CertificateException | IllegalArgumentException e) {
            throw new PemException(file + " holds a certificate that cannot be read");
        }
        if (certificates.isEmpty()) {
            throw new PemException(file + " holds no certificate (\"-----BEGIN CERTIFICATE-----\")");
        }
        return List.copyOf(certificates);
    }

    /**
     * The file's first private key.
     *
     * @param passphrase of an encrypted key
     */
    public PrivateKey privateKey(Optional<String> passphrase) throws PemException {
        try (PEMParser parser = new PEMParser(new StringReader(text))) {
            for (Object entry = parser.readObject(); entry != null; entry = parser.readObject()) {
                Optional<PrivateKeyInfo> key = privateKey(entry, passphrase);
                if (key.isPresent()) {
                    return key(key.get());
                }
            }
        } catch (PEMException | PKCSException | OperatorCreationException e) {
            throw new PemException(file + " holds a private key that the passphrase does not open");
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            throw new PemException(file + " holds a private key that cannot be read");
        }
        throw new PemException(file + " holds no private key (\"-----BEGIN PRIVATE KEY-----\")");
    }

    /** Whether the one verifies what the other signs. */
    public static boolean belongTogether(PublicKey publicKey, PrivateKey privateKey) {
        String algorithm =
                switch (publicKey.getAlgorithm()) {
                    case "RSA" -> "SHA256withRSA";
                    case "EC" -> "SHA256withECDSA";
                    default -> publicKey.getAlgorithm();
                };
        byte[] text = "cxotel".getBytes(StandardCharsets.US_ASCII);
        try {
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(privateKey);
            signature.update(text);
            byte[] signed = signature.sign();
            signature.initVerify(publicKey);
            signature.update(text);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private Optional<PrivateKeyInfo> privateKey(Object entry, Optional<String> passphrase)
            throws PemException, IOException, PKCSException, OperatorCreationException {
        return switch (entry) {
            case PrivateKeyInfo plain -> Optional.of(plain);
            case PEMKeyPair pair -> Optional.of(pair.getPrivateKeyInfo());
            case PEMEncryptedKeyPair pair ->
                Optional.of(pair.decryptKeyPair(new BcPEMDecryptorProvider(secret(passphrase)))
                        .getPrivateKeyInfo());
            case PKCS8EncryptedPrivateKeyInfo encrypted ->
                Optional.of(encrypted.decryptPrivateKeyInfo(new JceOpenSSLPKCS8DecryptorProviderBuilder()
                        .setProvider(new BouncyCastleProvider())
                        .build(secret(passphrase))));
            default -> Optional.empty();
        };
    }

    private char[] secret(Optional<String> passphrase) throws PemException {
        return passphrase
                .orElseThrow(() -> new PemException(file + " holds an encrypted private key, and no passphrase is"
                        + " configured; decrypt it with: openssl pkey -in " + file + " -out FILE"))
                .toCharArray();
    }

    /** As a key of the JDK's own providers, which its TLS wants. */
    private static PrivateKey key(PrivateKeyInfo info) throws IOException, GeneralSecurityException {
        String oid = info.getPrivateKeyAlgorithm().getAlgorithm().getId();
        String algorithm =
                switch (oid) {
                    case "1.2.840.113549.1.1.1" -> "RSA";
                    case "1.2.840.113549.1.1.10" -> "RSASSA-PSS";
                    case "1.3.101.112", "1.3.101.113" -> "EdDSA";
                    default -> X9ObjectIdentifiers.id_ecPublicKey.getId().equals(oid) ? "EC" : oid;
                };
        PrivateKeyInfo plain = algorithm.equals("EC") ? bare(info) : info;
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(plain.getEncoded()));
    }

    /** Without the parts that may stand in an EC key and that the JDK does not read: the curve again, the public key. */
    private static PrivateKeyInfo bare(PrivateKeyInfo info) throws IOException {
        ASN1Sequence sequence = ASN1Sequence.getInstance(info.parsePrivateKey());
        int octets = ASN1OctetString.getInstance(sequence.getObjectAt(1)).getOctets().length;
        ECPrivateKey key = ECPrivateKey.getInstance(sequence);
        return new PrivateKeyInfo(info.getPrivateKeyAlgorithm(), new ECPrivateKey(octets * 8, key.getKey()));
    }
}
