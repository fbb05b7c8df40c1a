package dev.cxotel.bridge.config.scheme;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The string to sign: literal text and placeholders such as <code>{timestamp}</code>. A brace that is meant is written
 * twice.
 */
public record Template(List<Piece> pieces) {

    public Template {
        pieces = List.copyOf(pieces);
    }

    /**
     * The template that a text is.
     *
     * @throws IllegalArgumentException when a placeholder is unknown or not closed; the message says which
     */
    public static Template parse(String text) {
        List<Piece> pieces = new ArrayList<>();
        StringBuilder literal = new StringBuilder();
        for (int at = 0; at < text.length(); at++) {
            char next = text.charAt(at);
            boolean twice = at + 1 < text.length() && text.charAt(at + 1) == next;
            if ((next == '{' || next == '}') && twice) {
                literal.append(next);
                at++;
            } else if (next == '{') {
                int end = text.indexOf('}', at);
                if (end < 0) {
                    throw new IllegalArgumentException("a placeholder is not closed: " + text.substring(at));
                }
                flush(literal, pieces);
                pieces.add(placeholder(text.substring(at + 1, end)));
                at = end;
            } else if (next == '}') {
                throw new IllegalArgumentException(
                        "a closing brace without an opening one; write it twice if it is meant");
            } else {
                literal.append(next);
            }
        }
        flush(literal, pieces);
        return new Template(pieces);
    }

    /** The text that {@link #parse(String)} reads back. */
    public String toText() {
        return pieces.stream()
                .map(piece -> switch (piece) {
                    case Literal literal -> literal.text().replace("{", "{{").replace("}", "}}");
                    case HeaderValue header -> "{header:" + header.name() + "}";
                    case QueryValue query -> "{query:" + query.name() + "}";
                    case Value value -> "{" + value.placeholder() + "}";
                })
                .collect(Collectors.joining());
    }

    public boolean uses(Value value) {
        return pieces.contains(value);
    }

    private static void flush(StringBuilder literal, List<Piece> pieces) {
        if (!literal.isEmpty()) {
            pieces.add(new Literal(literal.toString()));
            literal.setLength(0);
        }
    }

    private static Piece placeholder(String name) {
        if (name.startsWith("header:") && name.length() > "header:".length()) {
            return new HeaderValue(name.substring("header:".length()));
        }
        if (name.startsWith("query:") && name.length() > "query:".length()) {
            return new QueryValue(name.substring("query:".length()));
        }
        return Arrays.stream(Value.values())
                .filter(value -> value.placeholder().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no placeholder {" + name + "}; known are "
                        + Arrays.stream(Value.values())
                                .map(value -> "{" + value.placeholder() + "}")
                                .collect(Collectors.joining(" "))
                        + " {header:NAME} {query:NAME}"));
    }

    /** A part of the string to sign. */
    public sealed interface Piece permits Literal, HeaderValue, QueryValue, Value {}

    /** Text as it stands. */
    public record Literal(String text) implements Piece {}

    /** The value of the one header of that name, without surrounding white space. */
    public record HeaderValue(String name) implements Piece {}

    /** The value of the one query parameter of that name, as on the wire: nothing decoded. */
    public record QueryValue(String name) implements Piece {}

    /** A value that every request has, or that the scheme's carriers carry. */
    public enum Value implements Piece {
        CONSUMER_ID,
        /** As the sender wrote it. */
        TIMESTAMP,
        KEY_VERSION,
        METHOD,
        /** What the sender asked for, without the query parameters that carry the signature and its companions. */
        URL,
        /** What CXone's form calls SIGNATURE URL; {@link #URL} where none is configured. */
        SIGNATURE_URL,
        /** Without query, percent-encoding kept. */
        PATH,
        /** The bytes on the wire, still compressed. */
        RAW_BODY,
        /** Decompressed. */
        BODY,
        /** Lower-case hexadecimal. */
        SHA256_RAW_BODY,
        /** Lower-case hexadecimal. */
        SHA256_BODY;

        /** Its name within the braces. */
        public String placeholder() {
            return switch (this) {
                case SHA256_RAW_BODY -> "sha256:raw_body";
                case SHA256_BODY -> "sha256:body";
                case CONSUMER_ID, TIMESTAMP, KEY_VERSION, METHOD, URL, SIGNATURE_URL, PATH, RAW_BODY, BODY ->
                    name().toLowerCase(Locale.ROOT);
            };
        }

        boolean isBody() {
            return switch (this) {
                case RAW_BODY, BODY, SHA256_RAW_BODY, SHA256_BODY -> true;
                case CONSUMER_ID, TIMESTAMP, KEY_VERSION, METHOD, URL, SIGNATURE_URL, PATH -> false;
            };
        }
    }
}
