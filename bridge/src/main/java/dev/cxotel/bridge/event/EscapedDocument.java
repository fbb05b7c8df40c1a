package dev.cxotel.bridge.event;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A document whose quotes are all escaped although no string is around it: {@code { \"ContactId\":8675309, … }}. One
 * level of escapes is taken away; a quote that was left unescaped by mistake stays a quote.
 */
final class EscapedDocument {

    private static final Pattern BEGINNING = Pattern.compile("\\A[\\s\\[{]*[\\[{]\\s*\\\\\"");
    private static final String ESCAPE_LETTERS = "\"\\/bfnrt";
    private static final String ESCAPED = "\"\\/\b\f\n\r\t";
    private static final int HEX_DIGITS = 4;

    private EscapedDocument() {}

    /**
     * Empty when {@code text} is no such document.
     *
     * @param repairs gets what was repaired
     */
    static Optional<String> unescape(CharSequence text, Set<Repair> repairs) {
        if (!BEGINNING.matcher(text).lookingAt()) {
            return Optional.empty();
        }
        StringBuilder plain = new StringBuilder(text.length());
        boolean bareQuote = false;
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c != '\\') {
                bareQuote |= c == '"';
                plain.append(c);
                continue;
            }
            int escape = at == text.length() ? -1 : ESCAPE_LETTERS.indexOf(text.charAt(at));
            if (escape >= 0) {
                plain.append(ESCAPED.charAt(escape));
                at++;
            } else if (at + HEX_DIGITS < text.length() && isUnicodeEscape(text, at)) {
                plain.append((char) Integer.parseInt(text, at + 1, at + 1 + HEX_DIGITS, 16));
                at += 1 + HEX_DIGITS;
            } else {
                return Optional.empty();
            }
        }
        repairs.add(Repair.ESCAPED_DOCUMENT);
        if (bareQuote) {
            repairs.add(Repair.UNESCAPED_QUOTE);
        }
        return Optional.of(plain.toString());
    }

    private static boolean isUnicodeEscape(CharSequence text, int at) {
        if (text.charAt(at) != 'u') {
            return false;
        }
        for (int digit = at + 1; digit <= at + HEX_DIGITS; digit++) {
            if (!isHexDigit(text.charAt(digit))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isHexDigit(int c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    }
}
