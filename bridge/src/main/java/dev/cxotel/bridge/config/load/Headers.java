package dev.cxotel.bridge.config.load;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The rules of request headers. */
final class Headers {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");
    private static final Pattern VALUE = Pattern.compile("[\\x20-\\x7e\\t\\x80-\\xff]*");
    private static final Set<String> OURS = Set.of(
            "connection",
            "content-encoding",
            "content-length",
            "content-type",
            "expect",
            "host",
            "keep-alive",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    private Headers() {}

    /** What is wrong with a header, without its value; empty when nothing is. */
    static Optional<String> fault(String name, String value) {
        if (!NAME.matcher(name).matches()) {
            return Optional.of("\"" + name + "\" is no header name");
        }
        if (OURS.contains(name.toLowerCase(Locale.ROOT))) {
            return Optional.of("the header " + name + " is the exporter's own");
        }
        if (value.isBlank()) {
            return Optional.of("the header's value is empty");
        }
        return VALUE.matcher(value).matches()
                ? Optional.empty()
                : Optional.of("the header's value holds a line break or another character that no header may hold");
    }
}
