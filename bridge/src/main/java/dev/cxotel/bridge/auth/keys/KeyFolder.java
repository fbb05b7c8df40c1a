package dev.cxotel.bridge.auth.keys;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The keys of one consumer in a directory, which only its owner may read: {@code CONSUMER-VERSION.private.pem}, {@code
 * .private.b64} and {@code .pub.pem}, or {@code .secret}. Nothing is ever overwritten.
 */
public final class KeyFolder {

    private static final int SECRET_BYTES = 32;

    private final Path directory;
    private final String consumerId;
    private final boolean posix;

    /** @param consumerId fit for a file name */
    public KeyFolder(Path directory, String consumerId) {
        this.directory = directory.toAbsolutePath().normalize();
        this.consumerId = consumerId;
        this.posix =
                this.directory.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    /** The key of the highest version. */
    public Optional<IssuedKey> newest() throws IOException {
        if (!Files.isDirectory(directory)) {
            return Optional.empty();
        }
        Pattern name = Pattern.compile(Pattern.quote(consumerId) + "-(\\d{1,6})\\.(pub\\.pem|secret)");
        IssuedKey newest = null;
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Matcher matcher = name.matcher(String.valueOf(file.getFileName()));
                if (matcher.matches()) {
                    int version = Integer.parseInt(matcher.group(1));
                    if (newest == null || version > newest.version()) {
                        newest = existing(file, version);
                    }
                }
            }
        }
        return Optional.ofNullable(newest);
    }

    /**
     * Makes a key.
     *
     * @param prefixed whether a secret is random bytes in Base64 behind {@code whsec_}, as Standard Webhooks has it
     * @throws java.nio.file.FileAlreadyExistsException when a file of that version is there
     */
    public IssuedKey create(KeyAlgorithm algorithm, int version, boolean prefixed, SecureRandom random)
            throws IOException {
        createDirectory();
        if (algorithm == KeyAlgorithm.HMAC) {
            byte[] secret = new byte[SECRET_BYTES];
            random.nextBytes(secret);
            Path file = file(version, "secret");
            write(
                    file,
                    prefixed
                            ? "whsec_" + Base64.getEncoder().encodeToString(secret)
                            : Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
            return new IssuedKey(algorithm, version, file, Optional.empty(), file);
        }
        KeyPair pair = algorithm.generate(random);
        IssuedKey key = halves(algorithm, version);
        write(key.sender(), pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
        write(
                file(version, "private.b64"),
                Base64.getEncoder().encodeToString(pair.getPrivate().getEncoded()));
        write(key.bridge(), pem("PUBLIC KEY", pair.getPublic().getEncoded()));
        return key;
    }

    private IssuedKey existing(Path file, int version) throws IOException {
        if (file.toString().endsWith(".secret")) {
            return new IssuedKey(KeyAlgorithm.HMAC, version, file, Optional.empty(), file);
        }
        byte[] der = Base64.getMimeDecoder()
                .decode(Files.readString(file)
                        .lines()
                        .filter(line -> !line.startsWith("-"))
                        .reduce("", String::concat));
        return halves(algorithm(der), version);
    }

    private IssuedKey halves(KeyAlgorithm algorithm, int version) {
        return new IssuedKey(
                algorithm,
                version,
                file(version, "private.pem"),
                Optional.of(file(version, "private.b64")),
                file(version, "pub.pem"));
    }

    /** By the size of the public key, which no two of the kinds that are made here share. */
    private static KeyAlgorithm algorithm(byte[] publicKey) {
        return publicKey.length < 64
                ? KeyAlgorithm.ED25519
                : publicKey.length < 128 ? KeyAlgorithm.ECDSA : KeyAlgorithm.RSA;
    }

    private Path file(int version, String suffix) {
        return directory.resolve(consumerId + "-" + version + "." + suffix);
    }

    private void createDirectory() throws IOException {
        Path parent = directory.getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        if (!Files.isDirectory(directory)) {
            Files.createDirectory(directory, mode("rwx------"));
        }
    }

    private void write(Path file, String text) throws IOException {
        Files.createFile(file, mode("rw-------"));
        Files.writeString(file, text, StandardCharsets.US_ASCII);
    }

    private FileAttribute<?>[] mode(String permissions) {
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    private static String pem(String type, byte[] der) {
        return "-----BEGIN " + type + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END " + type + "-----\n";
    }
}
