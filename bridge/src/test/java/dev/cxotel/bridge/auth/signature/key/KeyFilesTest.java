package dev.cxotel.bridge.auth.signature.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cxotel.bridge.config.SignatureConfig;
import dev.cxotel.bridge.config.SignatureKeyConfig;
import dev.cxotel.bridge.config.scheme.Algorithm;
import dev.cxotel.bridge.config.scheme.yaml.SchemePresets;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.InvalidKeyException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every kind of key file that OpenSSL writes; each verifies what the private key of its family signed. */
class KeyFilesTest {

    private static final Path KEYS = Path.of("src/test/resources/keys");
    private static final byte[] MESSAGE = "message".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "rsa.spki, rsa.pkcs8, RSA_SHA256",
        "rsa.pkcs1.pub, rsa.pkcs8, RSA_PSS_SHA512",
        "rsa.certificate, rsa.pkcs1, RSA_SHA512",
        "rsa.pkcs1, rsa.encrypted, RSA_SHA256",
        "rsa.pkcs8, rsa.legacy, RSA_PSS_SHA256",
        "rsa.encrypted, rsa.pkcs8, RSA_SHA256",
        "rsa.legacy, rsa.pkcs8, RSA_SHA256",
        "p256.spki, p256.sec1, ECDSA_P256",
        "p256.sec1, p256.pkcs8, ECDSA_P256_RAW",
        "p256.pkcs8, p256.sec1, ECDSA_P256",
        "ed25519.spki, ed25519.scrypt, ED25519",
        "ed25519.pkcs8, ed25519.pkcs8, ED25519",
        "ed25519.scrypt, ed25519.pkcs8, ED25519",
    })
    void read_whatOpensslWrites_verifies(String publicFile, String privateFile, Algorithm algorithm) throws Exception {
        PublicMaterial material =
                new PublicMaterial(PemFile.publicKey(KeyFiles.text(pem(publicFile)), Optional.of("secret")));
        SigningKey signing = SigningKey.read(pem(privateFile), Optional.of("secret"));

        byte[] signature = signing.sign(algorithm, MESSAGE);

        assertThat(material.verifies(algorithm, MESSAGE, signature)).isTrue();
        signature[signature.length - 1] ^= 1;
        assertThat(material.verifies(algorithm, MESSAGE, signature)).isFalse();
        assertThat(material.toString() + signing).doesNotContainPattern("\\d{6}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "rsa.encrypted | wrong | the key cannot be decrypted: is the passphrase right?",
                "rsa.legacy | wrong | PEM",
                "rsa.encrypted | '' | the key is encrypted and needs a `passphrase`",
                "rsa.legacy | '' | the key is encrypted and needs a `passphrase`",
                "rsa1024 | '' | an RSA key of 1024 bits is too weak; at least 2048 are needed",
                "secp256k1 | '' | the elliptic curve is neither P-256 nor P-384",
                "ed448 | '' | ",
                "absent | '' | there is no file",
            })
    void read_keyThatCannotBeUsed_saysWhy(String file, String passphrase, String message) {
        assertThatThrownBy(() -> new PublicMaterial(PemFile.publicKey(
                        KeyFiles.text(pem(file)), Optional.of(passphrase).filter(text -> !text.isEmpty()))))
                .isInstanceOf(InvalidKeyException.class)
                .hasMessageContaining(message == null ? "" : message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no key",
                "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n",
                "-----BEGIN PUBLIC KEY-----\n",
                "-----BEGIN CERTIFICATE-----\n%%%\n-----END CERTIFICATE-----\n",
                "-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n",
                "whpk_AAAA",
            })
    void problem_textThatIsNoKey_isOne(String text) throws Exception {
        assertThat(KeyFiles.problem(signature("walmart_io"), key(Files.writeString(folder.resolve("k.pem"), text))))
                .isPresent();
    }

    @Test
    void problem_keyOfAnotherKind_saysWhatIsWanted() {
        assertThat(KeyFiles.problem(signature("walmart_io"), key(pem("ed25519.spki"))))
                .contains("this is an Ed25519 key, but the scheme walmart_io wants an RSA key");
        assertThat(KeyFiles.problem(signature("nice_expert"), key(pem("rsa.spki"))))
                .contains("this is an RSA key, but the scheme nice_expert wants a shared secret");
        assertThat(KeyFiles.problem(signature("rfc9421"), key(pem("p256.spki"))))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{\"keys\":[]}",
                "{\"keys\":[{\"kty\":\"oct\",\"kid\":\"1\",\"k\":\"AAAA\"}]}",
                "{\"keys\":[{\"kty\":\"oct\",\"k\":\"AAECAwQFBgcICQoLDA0ODxAREhM\"}]}",
                "{\"keys\":[{\"kty\":\"RSA\",\"kid\":\"1\",\"n\":\"AQAB\",\"e\":\"AQAB\"}]}",
                "{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\",\"kid\":\"1\",\"x\":\"AQ\",\"y\":\"AQ\"}]}",
                "{\"keys\":[{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"kid\":\"1\",\"x\":\"AQ\"}]}",
                "{\"keys\":[{\"kty\":\"none\",\"kid\":\"1\"}]}",
                "{\"keys\":[{\"use\":\"enc\",\"kty\":\"oct\",\"kid\":\"1\",\"k\":\"AAECAwQFBgcICQoLDA0ODxAREhM\"}]}",
            })
    void parse_keySetThatIsNone_isRefused(String text) {
        assertThatThrownBy(() -> KeySet.parse(text)).isInstanceOf(InvalidKeyException.class);
    }

    private static Path pem(String name) {
        return KEYS.resolve(name + ".pem");
    }

    private static SignatureKeyConfig key(Path file) {
        return new SignatureKeyConfig(
                "1",
                new SignatureKeyConfig.PublicKeyFile(file, Optional.empty()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static SignatureConfig signature(String scheme) {
        return new SignatureConfig(
                SchemePresets.named(scheme).orElseThrow(),
                Optional.of("acme"),
                List.of(),
                SignatureConfig.DEFAULT_REFRESH);
    }
}
