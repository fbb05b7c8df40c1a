package dev.cxotel.bridge.event;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A SHA-256 value, kept as 64 lower-case hexadecimal digits. */
public record Hash(String hex) {

    /** The number of bytes of a hash. */
    public static final int SIZE = 32;

    /** Never fed, only cloned: a look at the list of providers for each hash costs more than a short hash. */
    private static final MessageDigest NEW = sha256();

    public Hash {
        if (hex.length() != 2 * SIZE) {
            throw new IllegalArgumentException("a SHA-256 has 64 hexadecimal digits, not " + hex.length());
        }
    }

    /** The SHA-256 of {@code content}. */
    public static Hash of(byte[] content) {
        return new Hash(HexFormat.of().formatHex(digest(content)));
    }

    /** The SHA-256 of the UTF-8 form of {@code text}. */
    public static Hash of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The hash whose 32 bytes are {@code value}. */
    public static Hash fromBytes(byte[] value) {
        return new Hash(HexFormat.of().formatHex(value));
    }

    public byte[] toBytes() {
        return HexFormat.of().parseHex(hex);
    }

    /** The first {@code bytes} bytes as lower-case hexadecimal digits. */
    public String prefix(int bytes) {
        return hex.substring(0, 2 * bytes);
    }

    private static byte[] digest(byte[] content) {
        try {
            return ((MessageDigest) NEW.clone()).digest(content);
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the digests of every Java platform can be cloned", e);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
