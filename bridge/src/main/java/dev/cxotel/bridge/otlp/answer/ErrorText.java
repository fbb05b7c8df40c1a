package dev.cxotel.bridge.otlp.answer;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** What a refusing backend says in the body of its answer, as one bounded line. */
final class ErrorText {

    private static final int LONGEST = 500;
    private static final int MESSAGE_FIELD = 2;

    private ErrorText() {}

    /**
     * The message of a {@code google.rpc.Status} when the body is protobuf, else the body itself. Loki 3.7 calls its
     * protobuf {@code application/octet-stream}, which may be anything.
     */
    static String of(String contentType, byte[] body) {
        if (contentType.startsWith("application/x-protobuf") || contentType.startsWith("application/protobuf")) {
            return bounded(statusMessage(body));
        }
        String message = contentType.startsWith("application/octet-stream") ? statusMessage(body) : "";
        if (!message.isEmpty()) {
            return bounded(message);
        }
        return bounded(new String(body, 0, Math.min(body.length, 4 * LONGEST), StandardCharsets.UTF_8));
    }

    /** One line of at most 500 characters without control characters. */
    static String bounded(String text) {
        String line = text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
    }

    private static String statusMessage(byte[] body) {
        CodedInputStream in = CodedInputStream.newInstance(body);
        try {
            for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
                if (WireFormat.getTagFieldNumber(tag) == MESSAGE_FIELD
                        && WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED) {
                    return in.readString();
                }
                if (!in.skipField(tag)) {
                    return "";
                }
            }
            return "";
        } catch (IOException e) {
            return "";
        }
    }
}
