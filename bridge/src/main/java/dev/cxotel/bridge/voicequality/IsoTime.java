package dev.cxotel.bridge.voicequality;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.TemporalAccessor;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * ISO 8601 times as programs write them: {@code T} or a space between date and time, any number of fraction digits (cut
 * to nanoseconds), any offset with or without colon and minutes, or none.
 */
final class IsoTime {

    private static final Pattern FORM = Pattern.compile(
            "(\\d{4}-\\d{2}-\\d{2})[Tt ]" // 1 date
                    + "(\\d{2}:\\d{2}(?::\\d{2})?)" // 2 time
                    + "(?:[.,](\\d{1,9})\\d{0,31})?" // 3 fraction
                    + " ?([Zz]|[+-]\\d{2}(?::?\\d{2})?)?"); // 4 offset

    private static final DateTimeFormatter PARSER = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .appendLiteral('T')
            .append(DateTimeFormatter.ISO_LOCAL_TIME)
            .optionalStart()
            .appendOffset("+HH:mm", "Z")
            .toFormatter(java.util.Locale.ROOT)
            .withResolverStyle(java.time.format.ResolverStyle.STRICT);

    private IsoTime() {}

    /** @param zone of a time without offset */
    static Optional<Instant> parse(String text, ZoneId zone) {
        Matcher form = FORM.matcher(text.strip());
        if (!form.matches()) {
            return Optional.empty();
        }
        String fraction = form.group(3) == null ? "" : "." + form.group(3);
        String normal = form.group(1) + "T" + form.group(2) + fraction + offset(form.group(4));
        try {
            TemporalAccessor time = PARSER.parseBest(normal, OffsetDateTime::from, LocalDateTime::from);
            return Optional.of(
                    time instanceof OffsetDateTime withOffset
                            ? withOffset.toInstant()
                            : LocalDateTime.from(time).atZone(zone).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static String offset(@org.jspecify.annotations.Nullable String written) {
        if (written == null) {
            return "";
        }
        if (written.equalsIgnoreCase("Z")) {
            return "Z";
        }
        return written.length() == 5 ? written.substring(0, 3) + ":" + written.substring(3) : written;
    }
}
