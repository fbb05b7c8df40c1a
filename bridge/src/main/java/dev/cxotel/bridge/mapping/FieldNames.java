package dev.cxotel.bridge.mapping;

import java.util.regex.Pattern;

/**
 * The names of unknown fields, as far as they may be repeated in logs, metrics and notes. They are the sender's: an
 * e-mail address or a phone number may stand there as well as a name.
 */
public final class FieldNames {

    /** What stands for a name that looks like none. */
    public static final String OTHER = "_other";

    /** Letters, digits and a few separators, but no long number. */
    private static final Pattern NAME =
            Pattern.compile("(?!.{0,100}\\p{Nd}{5})[\\p{L}_][\\p{L}\\p{M}\\p{Nd}_$ ./:-]{0,99}");

    private FieldNames() {}

    public static String reportable(String name) {
        return NAME.matcher(name).matches() ? name : OTHER;
    }
}
