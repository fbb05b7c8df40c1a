package dev.cxotel.bridge.cli.look;

import dev.cxotel.bridge.auth.HeaderField;
import dev.cxotel.bridge.auth.WebhookRequest;
import dev.cxotel.bridge.event.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * A request as it was captured: the raw text of HTTP/1.1, its lines ending with CR LF or LF, then an empty line and the body
 * to the end of the file, in chunks when the head says so.
 */
final class CapturedRequest {

    private static final long LONGEST_BODY = 64L << 20;

    private final byte[] bytes;
    private int at;

    private CapturedRequest(byte[] bytes) {
        this.bytes = bytes;
    }

    /** @throws IOException when it is not of that form; says what is wrong */
    static WebhookRequest parse(byte[] bytes, Instant receivedAt) throws IOException {
        return new CapturedRequest(bytes).parse(receivedAt);
    }

    private WebhookRequest parse(Instant receivedAt) throws IOException {
        String[] start = line().split(" ", -1);
        if (start.length != 3 || !start[2].startsWith("HTTP/")) {
            throw new IOException("the first line is not like POST /v1/voice-quality HTTP/1.1");
        }
        String target = start[1].replaceFirst("^https?://[^/]*", "");
        List<HeaderField> headers = new ArrayList<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            if (colon < 1) {
                throw new IOException("a header has no colon; an empty line must stand before the body");
            }
            headers.add(new HeaderField(
                    line.substring(0, colon), line.substring(colon + 1).strip()));
        }
        Bytes wire = Bytes.wrap(
                has(headers, "Transfer-Encoding", "chunked") ? chunks() : Arrays.copyOfRange(bytes, at, end(headers)));
        int mark = target.indexOf('?');
        return new WebhookRequest(
                start[0],
                mark < 0 ? target : target.substring(0, mark),
                mark < 0 ? "" : target.substring(mark + 1),
                headers,
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                true,
                List.of(),
                receivedAt,
                Optional.of(new WebhookRequest.Body(wire, decoded(headers, wire))));
    }

    /** An editor adds a line feed at the end of a file: the length that the head names counts. */
    private int end(List<HeaderField> headers) throws IOException {
        Optional<String> length = headers.stream()
                .filter(field -> field.name().equalsIgnoreCase("Content-Length"))
                .map(HeaderField::value)
                .findFirst();
        if (length.isEmpty()) {
            return bytes.length;
        }
        if (!length.get().matches("\\d{1,9}") || Integer.parseInt(length.get()) > bytes.length - at) {
            throw new IOException(
                    "the body has " + (bytes.length - at) + " bytes, Content-Length says " + length.get());
        }
        return at + Integer.parseInt(length.get());
    }

    private byte[] chunks() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            String size = line().replaceFirst(";.*", "").strip();
            if (!size.matches("[0-9A-Fa-f]{1,7}") || Integer.parseInt(size, 16) > bytes.length - at) {
                throw new IOException("the chunks of the body cannot be read");
            }
            int length = Integer.parseInt(size, 16);
            if (length == 0) {
                return body.toByteArray();
            }
            body.write(bytes, at, length);
            at += length;
            line();
        }
    }

    private static Bytes decoded(List<HeaderField> headers, Bytes wire) throws IOException {
        if (!has(headers, "Content-Encoding", "gzip")) {
            return wire;
        }
        try (GZIPInputStream in = new GZIPInputStream(wire.openStream())) {
            return Bytes.wrap(in.readNBytes((int) LONGEST_BODY));
        }
    }

    private static boolean has(List<HeaderField> headers, String name, String value) {
        return headers.stream()
                .anyMatch(field ->
                        field.name().equalsIgnoreCase(name) && field.value().equalsIgnoreCase(value));
    }

    private String line() throws IOException {
        int start = at;
        while (at < bytes.length && bytes[at] != '\n') {
            at++;
        }
        if (at == bytes.length) {
            throw new IOException("it ends within its head or its chunks");
        }
        int length = at - start - (at > start && bytes[at - 1] == '\r' ? 1 : 0);
        at++;
        return new String(bytes, start, length, StandardCharsets.ISO_8859_1);
    }
}
