package dev.cxotel.bridge.mapping.privacy;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The masks: what of a value stays to be seen. In doubt more is hidden: a field that is said to hold a phone number may
 * hold an address or a name.
 */
final class Mask {

    private static final String HIDDEN = "***";

    /** Numbers with fewer digits are agent extensions, which name no customer and equal the exported agent id. */
    static final int PHONE_DIGITS = 7;

    private static final Pattern PHONE_IN_HOST = Pattern.compile("\\p{Nd}{" + PHONE_DIGITS + ",}");
    private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Z}]+");

    private static final int HIDDEN_DIGITS = 5;
    private static final int SHOWN_AT_END = 2;
    private static final int SHOWN_AT_START = 4;

    private Mask() {}

    /** Any text: a long number as a phone number is, else the initials of its words ({@code S*** H***}). */
    static String text(String value) {
        String digits = digits(value);
        boolean number = digits.length() >= PHONE_DIGITS && value.codePoints().noneMatch(Character::isLetter);
        return number ? digits(digits, value.startsWith("+")) : words(value);
    }

    /** Initials; a word that begins with neither letter nor digit has none. */
    static String words(String name) {
        StringBuilder masked = new StringBuilder();
        for (String word : BLANKS.split(name.strip())) {
            if (!masked.isEmpty()) {
                masked.append(' ');
            }
            if (!word.isEmpty() && Character.isLetterOrDigit(word.codePointAt(0))) {
                masked.appendCodePoint(word.codePointAt(0));
            }
            masked.append(HIDDEN);
        }
        return masked.toString();
    }

    /**
     * One end of a call: seven and more digits become {@code +1801*****09} (at least five hidden), fewer are an
     * extension and stay, an address keeps its host, and any other text is masked as a name.
     */
    static String phoneNumber(String number) {
        int at = number.lastIndexOf('@');
        String user = at < 0 ? number : number.substring(0, at);
        String digits = digits(user);
        if (digits.length() >= PHONE_DIGITS) {
            return digits(digits, user.contains("+"));
        }
        if (digits.length() == user.length() && !user.isEmpty()) {
            return number;
        }
        return at < 0 ? words(number) : address(number, at);
    }

    /** A phone number's digits, so that it is the same however it is written; another text as it is. */
    static String plainNumber(String number) {
        int at = number.lastIndexOf('@');
        String digits = digits(at < 0 ? number : number.substring(0, at));
        return digits.length() >= PHONE_DIGITS ? digits : number;
    }

    private static String digits(String digits, boolean international) {
        int shown = Math.clamp(digits.length() - HIDDEN_DIGITS - SHOWN_AT_END, 0, SHOWN_AT_START);
        int hidden = digits.length() - shown - SHOWN_AT_END;
        return (international ? "+" : "")
                + digits.substring(0, shown)
                + "*".repeat(hidden)
                + digits.substring(digits.length() - SHOWN_AT_END);
    }

    /** {@code sip:alice@example.com} becomes {@code sip:***@example.com}. */
    private static String address(String address, int at) {
        String lower = address.toLowerCase(Locale.ROOT);
        int scheme = lower.startsWith("sip:") || lower.startsWith("tel:") ? 4 : lower.startsWith("sips:") ? 5 : 0;
        return address.substring(0, scheme)
                + HIDDEN
                + PHONE_IN_HOST.matcher(address.substring(at)).replaceAll(HIDDEN);
    }

    private static String digits(String text) {
        StringBuilder digits = new StringBuilder();
        text.codePoints().filter(Character::isDigit).forEach(digit -> digits.append(Character.digit(digit, 10)));
        return digits.toString();
    }
}
