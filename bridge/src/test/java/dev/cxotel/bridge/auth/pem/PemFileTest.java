package dev.cxotel.bridge.auth.pem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PemFileTest {

    /** Made by openssl; each file says how. */
    private static final Path KEYS = Path.of("src/test/resources/pem");

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "sec1, EC",
        "sec1-encrypted, EC",
        "pkcs1, RSA",
        "pkcs8-p384, EC",
        "pkcs8-encrypted, RSA",
        "ed25519, EdDSA"
    })
    void keyOfOpenssl_isRead(String name, String algorithm) throws Exception {
        PrivateKey key = PemFile.read(KEYS.resolve(name + ".key")).privateKey(Optional.of("secret"));
        assertThat(key.getAlgorithm()).isEqualTo(algorithm);
        assertThat(PemFile.belongTogether(publicKey(name, algorithm), key)).isTrue();
        assertThat(PemFile.belongTogether(publicKey("pkcs1", "RSA"), key)).isEqualTo(name.equals("pkcs1"));
    }

    @Test
    void whatCannotBeUsed_saysWhy() throws Exception {
        Path encrypted = KEYS.resolve("pkcs8-encrypted.key");
        assertThatThrownBy(() -> PemFile.read(encrypted).privateKey(Optional.empty()))
                .isInstanceOf(PemException.class)
                .hasMessageContaining("encrypted");
        assertThatThrownBy(() -> PemFile.read(encrypted).privateKey(Optional.of("wrong")))
                .isInstanceOf(PemException.class)
                .hasMessageContaining("passphrase");
        Path nothing = Files.writeString(folder.resolve("nothing.pem"), "hello");
        assertThatThrownBy(() -> PemFile.read(nothing).certificates()).hasMessageContaining("no certificate");
        assertThatThrownBy(() -> PemFile.read(nothing).privateKey(Optional.empty()))
                .hasMessageContaining("no private key");
        Path broken = Files.writeString(
                folder.resolve("broken.key"), "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
        assertThatThrownBy(() -> PemFile.read(broken).privateKey(Optional.empty()))
                .isInstanceOf(PemException.class);
        assertThatThrownBy(() -> PemFile.read(folder.resolve("absent"))).isInstanceOf(PemException.class);
    }

    private static PublicKey publicKey(String name, String algorithm) throws Exception {
        String base64 = Files.readString(KEYS.resolve(name + ".pub")).replaceAll("-----[A-Z ]+-----|\\s", "");
        return KeyFactory.getInstance(algorithm)
                .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(base64)));
    }
}
