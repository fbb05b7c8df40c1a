package dev.cxotel.bridge.scriptapi;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The {@code dateTime} of a script event, as it was written: with an offset, or without one. Understood are {@code
 * M/d/yyyy h:mm:ss a} with any white space or none before AM or PM, the same with 24 hours, and ISO 8601 with {@code T}
 * or a blank between; each with or without fraction and offset. Month and day are never guessed.
 */
public sealed interface CallTime {

    /** A moment. */
    record Zoned(Instant instant) implements CallTime {}

    /** What a clock on a wall shows; the zone is a matter of configuration. */
    record Local(LocalDateTime time) implements CallTime {}

    /**
     * The moment. A local time that the zone skips in spring is moved forward by the gap; of the two moments that a
     * local time names in autumn the earlier one is meant.
     */
    default Instant in(ZoneId zone) {
        return switch (this) {
            case Zoned zoned -> zoned.instant();
            case Local local -> local.time().atZone(zone).toInstant();
        };
    }

    /** Empty when {@code text} is in none of the forms, or names a day or hour that does not exist. */
    static Optional<CallTime> parse(String text) {
        if (text.length() > Form.LONGEST) {
            return Optional.empty();
        }
        String blanks = Form.ANY_SPACES.matcher(text).replaceAll(" ").strip();
        Matcher form = Form.US.matcher(blanks);
        if (!form.matches()) {
            form = Form.ISO.matcher(blanks);
            if (!form.matches()) {
                return Optional.empty();
            }
        }
        try {
            return Optional.of(Form.read(form));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** The written forms. */
    final class Form {

        private static final int LONGEST = 100;
        private static final int NOON = 12;
        private static final int NANO_DIGITS = 9;

        /** Newer Java and .NET put U+202F before AM and PM. */
        private static final Pattern ANY_SPACES = Pattern.compile("[\\s\\p{Z}\\u200B]+");

        private static final String TIME =
                "(?<hour>\\d{1,2}):(?<minute>\\d{2})(?::(?<second>\\d{2})(?:[.,](?<fraction>\\d{1,20}))?)?";
        private static final String OFFSET = "(?: ?(?<offset>Z|UTC|GMT|[+-]\\d{1,2}(?::?\\d{2})?))?";
        private static final Pattern US = Pattern.compile(
                "(?<month>\\d{1,2})/(?<day>\\d{1,2})/(?<year>\\d{4}),? " + TIME + "(?: ?(?<half>[AP])\\.?M\\.?)?"
                        + OFFSET,
                Pattern.CASE_INSENSITIVE);
        private static final Pattern ISO = Pattern.compile(
                "(?<year>\\d{4})-(?<month>\\d{1,2})-(?<day>\\d{1,2})(?:T| ?)" + TIME + "(?<half>)" + OFFSET,
                Pattern.CASE_INSENSITIVE);

        private Form() {}

        private static CallTime read(Matcher form) {
            LocalDateTime time = LocalDateTime.of(
                    Integer.parseInt(form.group("year")),
                    Integer.parseInt(form.group("month")),
                    Integer.parseInt(form.group("day")),
                    hour(Integer.parseInt(form.group("hour")), form.group("half")),
                    Integer.parseInt(form.group("minute")),
                    form.group("second") == null ? 0 : Integer.parseInt(form.group("second")),
                    nanos(form.group("fraction")));
            String offset = form.group("offset");
            return offset == null
                    ? new Local(time)
                    : new Zoned(time.atOffset(offset(offset)).toInstant());
        }

        /** An hour above noon with PM is taken as it is, since it cannot mean anything else. */
        private static int hour(int hour, @Nullable String half) {
            if (half == null || half.isEmpty()) {
                return hour;
            }
            boolean afternoon = half.equalsIgnoreCase("P");
            if (hour > NOON) {
                if (!afternoon) {
                    throw new DateTimeException("an hour after noon with AM");
                }
                return hour;
            }
            int ofHalf = hour == NOON ? 0 : hour;
            return afternoon ? ofHalf + NOON : ofHalf;
        }

        private static int nanos(@Nullable String fraction) {
            if (fraction == null) {
                return 0;
            }
            String digits = (fraction + "0".repeat(NANO_DIGITS)).substring(0, NANO_DIGITS);
            return Integer.parseInt(digits);
        }

        private static ZoneOffset offset(String text) {
            if (Character.isLetter(text.charAt(0))) {
                return ZoneOffset.UTC;
            }
            String digits = text.substring(1).replace(":", "");
            boolean hoursOnly = digits.length() <= 2;
            int hours = Integer.parseInt(hoursOnly ? digits : digits.substring(0, digits.length() - 2));
            int minutes = hoursOnly ? 0 : Integer.parseInt(digits.substring(digits.length() - 2));
            int sign = text.charAt(0) == '-' ? -1 : 1;
            return ZoneOffset.ofHoursMinutes(sign * hours, sign * minutes);
        }
    }
}
