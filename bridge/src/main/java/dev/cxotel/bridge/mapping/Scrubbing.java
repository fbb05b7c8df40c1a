package dev.cxotel.bridge.mapping;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The removal of what looks like a secret or a person from free text: credentials in URLs, JSON web tokens, bearer and
 * basic credentials, {@code key=value} secrets, e-mail addresses, and numbers of seven and more digits. Every pattern
 * looks at a bounded number of characters from each place, so that the time is linear in the text's length.
 */
final class Scrubbing {

    /** Beyond this many characters a text is cut before it is read. */
    static final int LONGEST = 8192;

    private static final List<Rule> RULES = List.of(
            new Rule(Pattern.compile("://[^\\s/?#@]{1,256}@"), "://[redacted]@"),
            new Rule(Pattern.compile("\\beyJ[\\w-]{4,4096}+(?:\\.[\\w-]{0,4096}+){0,4}+"), "[jwt]"),
            new Rule(
                    Pattern.compile(
                            "(?i)\\b(bearer|basic)(\\s{1,8})(?:(?=[\\w.~+/-]{0,256}[\\d=])[\\w.~+/=-]{6,4096}+|[\\w.~+/=-]{20,4096}+)"),
                    "$1$2[redacted]"),
            new Rule(
                    Pattern.compile("(?i)([\"']?\\b[\\w.-]{0,32}"
                            + "(?:key|token|secret|passw(?:or)?d|passphrase|pwd|pin|ssn|authorization|signature|sig|session|cookie|credential)"
                            + "[\\w-]{0,16}[\"']?\\s{0,4}[=:]\\s{0,4})"
                            + "(?!\\[redacted]|\\[jwt]|(?:bearer|basic)\\s)"
                            + "(?:\"[^\"]{0,4096}+\"?|'[^']{0,4096}+'?|[^\\s,;&}\"'\\]]{1,4096}+)"),
                    "$1[redacted]"),
            new Rule(
                    Pattern.compile("[\\p{L}\\p{N}._%+'-]{1,64}@[\\p{L}\\p{N}](?:[\\p{L}\\p{N}.-]{0,253})"),
                    "[email]"));

    private static final Pattern NUMBER = Pattern.compile("\\+?(?:\\d[ ().\\-/]{0,3}){6,64}+\\d*+");
    private static final Pattern DATE_OR_ADDRESS = Pattern.compile(
            "(?:\\d{4}-\\d{2}-\\d{2}\\b.*|\\d{1,2}/\\d{1,2}/\\d{4}\\b.*|\\d{1,3}(?:\\.\\d{1,3}){3}\\W*)");

    private Scrubbing() {}

    static String scrub(String text) {
        String scrubbed = Text.cut(text, LONGEST);
        for (Rule rule : RULES) {
            scrubbed = rule.pattern().matcher(scrubbed).replaceAll(rule.replacement());
        }
        return NUMBER.matcher(scrubbed).replaceAll(Scrubbing::number);
    }

    private static String number(MatchResult match) {
        String text = match.group();
        long digits = text.chars().filter(Character::isDigit).count();
        if (digits < Privacy.PHONE_DIGITS || DATE_OR_ADDRESS.matcher(text).matches()) {
            return java.util.regex.Matcher.quoteReplacement(text);
        }
        String trailing = text.substring(lastDigit(text) + 1);
        return "[number]" + java.util.regex.Matcher.quoteReplacement(trailing);
    }

    private static int lastDigit(String text) {
        int last = text.length() - 1;
        while (!Character.isDigit(text.charAt(last))) {
            last--;
        }
        return last;
    }

    private record Rule(Pattern pattern, String replacement) {}
}
