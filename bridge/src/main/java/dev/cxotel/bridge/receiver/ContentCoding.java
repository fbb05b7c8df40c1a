package dev.cxotel.bridge.receiver;

import java.util.List;
import java.util.Locale;

/** How a body is compressed on the wire. */
enum ContentCoding {
    IDENTITY,
    GZIP;

    /** What is understood, as {@code Accept-Encoding} of a 415 says it. */
    static final String UNDERSTOOD = "gzip, identity";

    /** The coding that the values of {@code Content-Encoding} name; anything unknown, and a second gzip, is refused. */
    static ContentCoding of(List<String> values) {
        ContentCoding coding = IDENTITY;
        for (String value : values) {
            for (String name : value.split(",", -1)) {
                coding = coding.and(name.trim().toLowerCase(Locale.ROOT));
            }
        }
        return coding;
    }

    private ContentCoding and(String name) {
        if (name.equals("identity") || name.isEmpty()) {
            return this;
        }
        if (this == IDENTITY && (name.equals("gzip") || name.equals("x-gzip"))) {
            return GZIP;
        }
        throw new RefusedException(Refusal.CONTENT_ENCODING, "Content-Encoding may be " + UNDERSTOOD + ".");
    }
}
