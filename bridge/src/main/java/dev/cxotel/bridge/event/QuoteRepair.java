package dev.cxotel.bridge.event;

import java.util.Set;

/**
 * A tolerant tokenizer for JSON with broken quoting. It walks the structure and decides, for each quote inside a
 * string, whether it closes the string by looking at what follows:
 *
 * <ul>
 *   <li>a key is closed by a quote before a colon;
 *   <li>a value is closed by a quote after which the document can go on: closing brackets that match the open ones,
 *       then the end, or a comma and what may stand next: a key and its colon, or a value;
 *   <li>a string that begins like a document, with a bracket, is closed only after the bracket that matches.
 * </ul>
 *
 * Any other quote belongs to the text and is escaped. Typographic quotes are quotes where the structure needs one, and
 * text elsewhere. The result still has to pass the strict parser; time is linear in the length of the text.
 */
final class QuoteRepair {

    private static final String TYPOGRAPHIC_QUOTES = "\u201C\u201D\u201E\u201F";
    private static final String ESCAPE_LETTERS = "\"\\/bfnrtu";
    private static final String VALUE_BEGINNINGS = "{[-0123456789tfn";

    private final String text;
    private final Set<Repair> repairs;
    private final StringBuilder repaired;
    /** The closing brackets that are awaited, innermost last. */
    private final StringBuilder open = new StringBuilder();

    private boolean keyExpected;
    private int at;

    private QuoteRepair(String text, Set<Repair> repairs) {
        this.text = text;
        this.repairs = repairs;
        this.repaired = new StringBuilder(text.length() + 16);
    }

    /**
     * Returns {@code text} with its quoting repaired as far as possible.
     *
     * @param repairs gets what was repaired
     */
    static String repair(String text, Set<Repair> repairs) {
        return new QuoteRepair(text, repairs).repair();
    }

    private String repair() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (isQuote(c)) {
                string();
                continue;
            }
            switch (c) {
                case '{' -> {
                    open.append('}');
                    keyExpected = true;
                }
                case '[' -> {
                    open.append(']');
                    keyExpected = false;
                }
                case '}', ']' -> {
                    if (!open.isEmpty()) {
                        open.setLength(open.length() - 1);
                    }
                    keyExpected = false;
                }
                case ',' -> keyExpected = !open.isEmpty() && open.charAt(open.length() - 1) == '}';
                case ':' -> keyExpected = false;
                default -> {
                    // white space, numbers and words are the strict parser's matter
                }
            }
            repaired.append(c);
            at++;
        }
        return repaired.toString();
    }

    /** From the opening quote at {@link #at} to after the closing one. */
    private void string() {
        quote(text.charAt(at++));
        int first = skipBlanks(at);
        char closingBracket = first == text.length() ? 0 : closingBracket(text.charAt(first));
        char last = 0;
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (isQuote(c)) {
                if ((closingBracket == 0 || closingBracket == last) && documentGoesOn(at)) {
                    quote(c);
                    return;
                }
                quoteAsText(c);
            } else if (c == '\\') {
                escape();
            } else if (c < ' ') {
                repairs.add(Repair.CONTROL_CHARACTER);
                repaired.append(String.format("\\u%04x", (int) c));
            } else {
                repaired.append(c);
            }
            last = Character.isWhitespace(c) ? last : c;
        }
    }

    private void quote(char c) {
        if (c != '"') {
            repairs.add(Repair.TYPOGRAPHIC_QUOTE);
        }
        repaired.append('"');
    }

    private void quoteAsText(char c) {
        if (c == '"') {
            repairs.add(Repair.UNESCAPED_QUOTE);
            repaired.append('\\');
        }
        repaired.append(c);
    }

    /** After a backslash. */
    private void escape() {
        repaired.append('\\');
        if (at < text.length() && ESCAPE_LETTERS.indexOf(text.charAt(at)) >= 0) {
            repaired.append(text.charAt(at++));
        } else {
            repairs.add(Repair.INVALID_ESCAPE);
            repaired.append('\\');
        }
    }

    /** Whether the text from {@code from} on can follow the string that is being read. */
    private boolean documentGoesOn(int from) {
        int next = skipBlanks(from);
        if (keyExpected) {
            return next < text.length() && text.charAt(next) == ':';
        }
        int depth = open.length();
        while (next < text.length() && depth > 0 && text.charAt(next) == open.charAt(depth - 1)) {
            depth--;
            next = skipBlanks(next + 1);
        }
        if (next == text.length()) {
            return depth == 0;
        }
        if (depth == 0 || text.charAt(next) != ',') {
            return false;
        }
        return open.charAt(depth - 1) == '}' ? keyBegins(next + 1) : valueBegins(next + 1);
    }

    private boolean valueBegins(int from) {
        int next = skipBlanks(from);
        return next < text.length() && (isQuote(text.charAt(next)) || VALUE_BEGINNINGS.indexOf(text.charAt(next)) >= 0);
    }

    private boolean keyBegins(int from) {
        int next = skipBlanks(from);
        if (next == text.length() || !isQuote(text.charAt(next))) {
            return false;
        }
        for (next++; next < text.length(); next++) {
            char c = text.charAt(next);
            if (c == '\\') {
                next++;
            } else if (isQuote(c)) {
                int colon = skipBlanks(next + 1);
                return colon < text.length() && text.charAt(colon) == ':';
            }
        }
        return false;
    }

    private int skipBlanks(int from) {
        int next = from;
        while (next < text.length() && Character.isWhitespace(text.charAt(next))) {
            next++;
        }
        return next;
    }

    private static boolean isQuote(char c) {
        return c == '"' || TYPOGRAPHIC_QUOTES.indexOf(c) >= 0;
    }

    /** 0 when {@code c} opens nothing. */
    private static char closingBracket(char c) {
        return c == '{' ? '}' : c == '[' ? ']' : 0;
    }
}
