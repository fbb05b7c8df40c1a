package dev.cxotel.bridge.event;

import java.util.Locale;
import java.util.Optional;

/** The forms that are not plain JSON in UTF-8 and are understood all the same; each is counted when it was met. */
enum Repair {
    BYTE_ORDER_MARK,
    UTF_16,
    /** A document that is the value of a JSON string. */
    JSON_IN_STRING,
    /** A document without quotes around it, but with every quote inside escaped, as NICE's page prints a voice record. */
    ESCAPED_DOCUMENT,
    /** A quote inside a string that should have been escaped. */
    UNESCAPED_QUOTE,
    /** A quote that a word processor made. */
    TYPOGRAPHIC_QUOTE,
    /** A backslash that begins no escape. */
    INVALID_ESCAPE,
    /** A tab or line break inside a string. */
    CONTROL_CHARACTER,
    /** A key that stands twice in one object; the last one counts, as with most readers. */
    DUPLICATE_KEY;

    Finding finding() {
        return new Finding(Finding.Kind.REPAIRED, Optional.empty(), name().toLowerCase(Locale.ROOT), "");
    }
}
