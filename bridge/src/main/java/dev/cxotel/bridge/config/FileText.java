package dev.cxotel.bridge.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

/** A text of which parts stand in files, to be read anew when a secret is rotated. Parts may be secrets. */
public record FileText(List<Part> parts) {

    private static final long LONGEST_FILE = 1 << 20;

    /** A piece of the text. */
    public sealed interface Part {}

    /** What was known when the configuration was read. */
    public record Known(String text) implements Part {

        /** The text is not shown. */
        @Override
        public String toString() {
            return "Known[***]";
        }
    }

    /** A file's text without the line end at its end. */
    public record Content(Path file) implements Part {}

    /** Base64 of the bytes of {@code text} in UTF-8. */
    public record Base64Of(FileText text) implements Part {}

    public FileText {
        parts = List.copyOf(parts);
    }

    /** A text without files. */
    public static FileText of(String text) {
        return new FileText(List.of(new Known(text)));
    }

    /** This text and then {@code more}. */
    public FileText and(FileText more) {
        return new FileText(Stream.concat(parts.stream(), more.parts.stream()).toList());
    }

    /** Whether any part stands in a file. */
    public boolean hasFiles() {
        return parts.stream().anyMatch(part -> switch (part) {
            case Known known -> false;
            case Content content -> true;
            case Base64Of encoded -> encoded.text().hasFiles();
        });
    }

    /** The present text. */
    public String read() throws IOException {
        return read(true);
    }

    /**
     * The present text of a secret that is being rotated.
     *
     * @throws IOException when a file is empty too, as it is for a moment while it is written
     */
    public String readFilled() throws IOException {
        return read(false);
    }

    private String read(boolean empty) throws IOException {
        StringBuilder text = new StringBuilder();
        for (Part part : parts) {
            switch (part) {
                case Known known -> text.append(known.text());
                case Content content -> {
                    String read = content(content.file());
                    if (read.isBlank() && !empty) {
                        throw new IOException(content.file() + " is empty");
                    }
                    text.append(read);
                }
                case Base64Of encoded ->
                    text.append(Base64.getEncoder()
                            .encodeToString(encoded.text().read(empty).getBytes(StandardCharsets.UTF_8)));
            }
        }
        return text.toString();
    }

    /**
     * A file's text without the line end at its end.
     *
     * @throws IOException when it cannot be read, is longer than 1 MiB or is not UTF-8
     */
    public static String content(Path file) throws IOException {
        if (Files.isRegularFile(file) && Files.size(file) > LONGEST_FILE) {
            throw new IOException("longer than 1 MiB");
        }
        String content = Files.readString(file);
        return content.endsWith("\r\n")
                ? content.substring(0, content.length() - 2)
                : content.endsWith("\n") ? content.substring(0, content.length() - 1) : content;
    }
}
