package dev.cxotel.bridge.event;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** An immutable sequence of bytes with value equality; its text form never shows the content. */
public final class Bytes {

    public static final Bytes EMPTY = new Bytes(new byte[0]);

    private final byte[] content;

    /** Computed when first asked for, since a delivery's is asked for at each step; a race computes the same twice. */
    private @Nullable Hash sha256;

    private Bytes(byte[] content) {
        this.content = content;
    }

    /** Copies {@code content}. */
    public static Bytes copyOf(byte[] content) {
        return content.length == 0 ? EMPTY : new Bytes(content.clone());
    }

    /** Takes {@code content} over without a copy; the caller must not change it afterwards. */
    public static Bytes wrap(byte[] content) {
        return content.length == 0 ? EMPTY : new Bytes(content);
    }

    public static Bytes utf8(String text) {
        return wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The number of bytes. */
    public int size() {
        return content.length;
    }

    public boolean isEmpty() {
        return content.length == 0;
    }

    public byte[] toArray() {
        return content.clone();
    }

    public InputStream openStream() {
        return new ByteArrayInputStream(content);
    }

    /** The SHA-256 of the bytes. */
    public Hash sha256() {
        Hash known = sha256;
        if (known == null) {
            known = Hash.of(content);
            sha256 = known;
        }
        return known;
    }

    /** The bytes read as UTF-8; malformed sequences become U+FFFD. */
    public String toUtf8() {
        return new String(content, StandardCharsets.UTF_8);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes that && Arrays.equals(content, that.content);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(content);
    }

    @Override
    public String toString() {
        return "Bytes[" + content.length + "]";
    }
}
