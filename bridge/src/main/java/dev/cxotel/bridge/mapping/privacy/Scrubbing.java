package dev.cxotel.bridge.mapping.privacy;

import dev.cxotel.bridge.mapping.Text;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The removal of what looks like a secret or a person from free text: credentials in URLs, JSON web tokens, bearer and
 * basic credentials, keys that some vendors mark as such, {@code key=value} secrets, e-mail addresses, and numbers of
 * seven and more digits, such as those of phones, cards and accounts. Every pattern
 * looks at a bounded number of characters from each place, so that the time is linear in the text's length.
 */
final class Scrubbing {

    /** Beyond this many characters a text is cut before it is read. */
    static final int LONGEST = 8192;

    private static final List<Rule> RULES = List.of(
            new Rule(Pattern.compile("://[^\\s/?#@]{1,256}@"), "://[redacted]@", "://"),
            new Rule(
                    Pattern.compile("\\b(?:[spr]k_(?:live|test)_\\w{8,256}+|gh[pousr]_\\w{16,256}+"
                            + "|xox[abeprs]-[\\w-]{8,256}+|AKIA[A-Z0-9]{12,128}+|AIza[\\w-]{20,128}+)"),
                    "[redacted]",
                    "k_live_",
                    "k_test_",
                    "gh",
                    "xox",
                    "akia",
                    "aiza"),
            new Rule(Pattern.compile("\\beyJ[\\w-]{4,4096}+(?:\\.[\\w-]{0,4096}+){0,4}+"), "[jwt]", "eyj"),
            new Rule(
                    Pattern.compile(
                            "(?i)\\b(bearer|basic)(\\s{1,8}|%20|\\+)(?:(?=[\\w.~+/-]{0,256}[\\d=])[\\w.~+/=-]{6,4096}+|[\\w.~+/=-]{20,4096}+)"),
                    "$1$2[redacted]",
                    "bearer",
                    "basic"),
            new Rule(
                    Pattern.compile("(?i)([\"']?\\b[\\w.-]{0,32}"
                            + "(?:key|token|secret|passw(?:or)?d|passphrase|pwd|pin|ssn|authorization|signature|sig|session|cookie|credential)"
                            + "[\\w-]{0,16}[\"']?\\s{0,4}[=:]\\s{0,4})"
                            + "(?!\\[redacted]|\\[jwt]|(?:bearer|basic)\\s)"
                            + "(?:\"[^\"]{0,4096}+\"?|'[^']{0,4096}+'?|[^\\s,;&}\"'\\]]{1,4096}+)"),
                    "$1[redacted]",
                    "=",
                    ":"),
            new Rule(
                    Pattern.compile(
                            "[\\p{L}\\p{N}._%+'-]{1,64}(?:@|%40|\\\\u0040|&#64;)[\\p{L}\\p{N}](?:[\\p{L}\\p{N}.-]{0,253})"),
                    "[email]",
                    "@",
                    "%40",
                    "\\u0040",
                    "&#64;"));

    /** What stands between the digits of a number, also where a URL or a form encoded it. */
    private static final String SEPARATOR = "(?:[ \\u00A0\\u202F().\\-\\u2010-\\u2015/]|%20|%28|%29|%2[Dd])";

    private static final Pattern NUMBER = Pattern.compile("\\+?(?:\\p{Nd}" + SEPARATOR + "{0,3}){6,64}+\\p{Nd}*+");

    private static final String OCTET = "(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)";

    /** Dates and addresses of networks are no numbers of persons; what follows them may be. */
    private static final Pattern DATE_OR_ADDRESS = Pattern.compile("(?:(?:19|20)\\d{2}-[01]\\d-[0-3]\\d"
            + "|[01]?\\d/[0-3]?\\d/(?:19|20)\\d{2}"
            + "|" + OCTET + "(?:\\." + OCTET + "){3}(?!\\.))(?!\\p{Nd})");

    private Scrubbing() {}

    static String scrub(String text) {
        String scrubbed = Text.cut(text, LONGEST);
        for (Rule rule : RULES) {
            scrubbed = rule.apply(scrubbed);
        }
        return hasNumber(scrubbed) ? NUMBER.matcher(scrubbed).replaceAll(Scrubbing::number) : scrubbed;
    }

    /** Whether there are as many digits as a number that must go has; looking costs less than matching. */
    private static boolean hasNumber(String text) {
        return text.codePoints()
                        .filter(Character::isDigit)
                        .limit(Mask.PHONE_DIGITS)
                        .count()
                == Mask.PHONE_DIGITS;
    }

    private static String number(MatchResult match) {
        String text = match.group();
        Matcher known = DATE_OR_ADDRESS.matcher(text);
        int from = known.lookingAt() ? known.end() : 0;
        String rest = text.substring(from);
        if (rest.codePoints().filter(Character::isDigit).count() < Mask.PHONE_DIGITS) {
            return Matcher.quoteReplacement(text);
        }
        return Matcher.quoteReplacement(text.substring(0, from) + (from > 0 ? " " : ""))
                + "[number]"
                + Matcher.quoteReplacement(rest.substring(lastDigit(rest) + 1));
    }

    private static int lastDigit(String text) {
        int last = text.length() - 1;
        while (!Character.isDigit(text.charAt(last))) {
            last--;
        }
        return last;
    }

    /**
     * A pattern, and what comes in its place.
     *
     * @param marks in lower case; a text with none of them holds nothing that the pattern matches
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Rule(Pattern pattern, String replacement, String... marks) {

        String apply(String text) {
            String lower = text.toLowerCase(Locale.ROOT);
            return Stream.of(marks).anyMatch(lower::contains)
                    ? pattern.matcher(text).replaceAll(replacement)
                    : text;
        }
    }
}
