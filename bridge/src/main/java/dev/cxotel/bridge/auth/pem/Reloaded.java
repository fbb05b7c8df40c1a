package dev.cxotel.bridge.auth.pem;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * What some files mean, read again when their content changes. Files that cannot be used leave the last good meaning in
 * force. Content is compared, not times: a mounted secret is swapped by a link, and two writes may share a second.
 */
public final class Reloaded<T> {

    private final List<Path> files;
    private final Reader<T> reader;
    private volatile T current;
    private String seen;

    private Reloaded(List<Path> files, Reader<T> reader, T current, String seen) {
        this.files = List.copyOf(files);
        this.reader = reader;
        this.current = current;
        this.seen = seen;
    }

    /** Makes the meaning of the files. */
    @FunctionalInterface
    public interface Reader<T> {
        T read() throws PemException;
    }

    /** What a look at the files found. */
    public sealed interface Look {

        /** The files are as they were at the last look. */
        record Unchanged() implements Look {}

        /** The files changed, and their new meaning is in force. */
        record Changed() implements Look {}

        /**
         * The files changed and cannot be used; what was in force is so still.
         *
         * @param again whether the same content was found bad before
         */
        record Bad(String problem, boolean again) implements Look {}
    }

    /** Reads the files for the first time. */
    public static <T> Reloaded<T> open(List<Path> files, Reader<T> reader) throws PemException {
        String digest = digest(files);
        return new Reloaded<>(files, reader, reader.read(), digest);
    }

    public T current() {
        return current;
    }

    public List<Path> files() {
        return files;
    }

    /** Looks at the files; for one thread at a time. */
    public synchronized Look look() {
        String digest = digest(files);
        if (digest.equals(seen)) {
            return new Look.Unchanged();
        }
        try {
            current = reader.read();
            seen = digest;
            return new Look.Changed();
        } catch (PemException e) {
            boolean again = seen.equals("bad " + digest);
            seen = "bad " + digest;
            return new Look.Bad(String.valueOf(e.getMessage()), again);
        }
    }

    private static String digest(List<Path> files) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Path file : files) {
                try {
                    digest.update(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
                } catch (IOException e) {
                    digest.update((byte) 0);
                }
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
