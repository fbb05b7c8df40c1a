package dev.cxotel.bridge.auth.keys;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A key of a folder.
 *
 * @param version 1 is the first
 * @param sender what the sender needs: a private key (PKCS#8, PEM) or the secret itself
 * @param oneLine the same private key as one line of Base64, for forms that take no line breaks; empty for a secret
 * @param bridge what the bridge needs: the public key (PEM) or the secret itself
 */
public record IssuedKey(KeyAlgorithm algorithm, int version, Path sender, Optional<Path> oneLine, Path bridge) {}
