package dev.cxotel.bridge.cli.demo;

import dev.cxotel.bridge.auth.signature.Signer;
import dev.cxotel.bridge.auth.signature.key.SigningKey;
import dev.cxotel.bridge.config.AuthConfig;
import dev.cxotel.bridge.config.SignatureConfig;
import dev.cxotel.bridge.config.SignatureKeyConfig;
import dev.cxotel.bridge.config.scheme.Scheme;
import dev.cxotel.bridge.config.scheme.yaml.SchemePresets;
import dev.cxotel.bridge.simulator.WebhookClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * The keys of one demo: the simulated contact centre signs with the private one, which never leaves memory; the bridge
 * verifies with the public one, which it reads from a file as it would any other.
 */
record DemoKeys(AuthConfig auth, WebhookClient.Signature signature) {

    static final String SCHEME = "walmart_io";

    private static final String CONSUMER = "demo";
    private static final String VERSION = "1";

    static DemoKeys make(Path directory, InstantSource clock) throws IOException, GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        KeyPair pair = generator.generateKeyPair();
        Path publicKey = Files.writeString(
                directory.resolve("demo-1.pub.pem"),
                "-----BEGIN PUBLIC KEY-----\n"
                        + Base64.getMimeEncoder(64, new byte[] {'\n'})
                                .encodeToString(pair.getPublic().getEncoded())
                        + "\n-----END PUBLIC KEY-----\n");
        Scheme scheme = SchemePresets.named(SCHEME).orElseThrow();
        SignatureConfig verifying = new SignatureConfig(
                scheme,
                Optional.of(CONSUMER),
                List.of(new SignatureKeyConfig(
                        VERSION,
                        new SignatureKeyConfig.PublicKeyFile(publicKey, Optional.empty()),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty())),
                SignatureConfig.DEFAULT_REFRESH);
        Signer signer = Signer.of(
                scheme,
                new Signer.Identity(
                        Optional.of(CONSUMER),
                        Optional.of(VERSION),
                        SigningKey.of(pair.getPrivate()),
                        Optional.empty(),
                        clock));
        return new DemoKeys(
                new AuthConfig(false, Optional.of(verifying), Optional.empty()), new ReusedSignature(signer, clock));
    }
}
