package dev.cxotel.bridge.auth.signature.message;

import dev.cxotel.bridge.auth.signature.Flaw;
import dev.cxotel.bridge.auth.signature.FlawException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * A reader of dictionaries (RFC 8941 section 4.2.2). Stricter than the RFC: a key that occurs twice is refused, and so are
 * decimals and anything beyond {@value #LONGEST} characters or {@value #MOST} members of one thing.
 */
final class FieldParser {

    static final int LONGEST = 8192;
    static final int MOST = 32;

    private static final int MOST_DIGITS = 15;

    private final String text;
    private int at;

    private FieldParser(String text) {
        this.text = text;
    }

    /** The members in their order; each is an {@link FieldValue.Item} or an {@link FieldValue.InnerList}. */
    static SequencedMap<String, FieldValue> dictionary(String text) throws FlawException {
        if (text.length() > LONGEST) {
            throw malformed();
        }
        return new FieldParser(text).dictionary();
    }

    private SequencedMap<String, FieldValue> dictionary() throws FlawException {
        SequencedMap<String, FieldValue> members = new LinkedHashMap<>();
        skip(" ");
        while (!atEnd()) {
            String key = key();
            FieldValue member = accept('=') ? member() : new FieldValue.Item(new FieldValue.Truth(true), parameters());
            put(members, key, member);
            skip(" \t");
            if (atEnd()) {
                return members;
            }
            expect(',');
            skip(" \t");
            if (atEnd()) {
                throw malformed();
            }
        }
        return members;
    }

    private FieldValue member() throws FlawException {
        return peek() == '(' ? innerList() : item();
    }

    private FieldValue innerList() throws FlawException {
        expect('(');
        List<FieldValue.Item> items = new ArrayList<>();
        while (true) {
            skip(" ");
            if (accept(')')) {
                return new FieldValue.InnerList(items, parameters());
            }
            if (items.size() == MOST) {
                throw malformed();
            }
            items.add(item());
            if (peek() != ' ' && peek() != ')') {
                throw malformed();
            }
        }
    }

    private FieldValue.Item item() throws FlawException {
        return new FieldValue.Item(bare(), parameters());
    }

    private SequencedMap<String, FieldValue> parameters() throws FlawException {
        SequencedMap<String, FieldValue> parameters = new LinkedHashMap<>();
        while (accept(';')) {
            skip(" ");
            String key = key();
            put(parameters, key, accept('=') ? bare() : new FieldValue.Truth(true));
        }
        return parameters;
    }

    private static void put(SequencedMap<String, FieldValue> map, String key, FieldValue value) throws FlawException {
        if (map.size() == MOST || map.put(key, value) != null) {
            throw malformed();
        }
    }

    private FieldValue bare() throws FlawException {
        char next = peek();
        if (next == '"') {
            return string();
        }
        if (next == ':') {
            return binary();
        }
        if (next == '?') {
            at++;
            if (accept('1')) {
                return new FieldValue.Truth(true);
            }
            expect('0');
            return new FieldValue.Truth(false);
        }
        if (next == '-' || isDigit(next)) {
            return number();
        }
        if (next == '*' || isLower(next) || isUpper(next)) {
            return token();
        }
        throw malformed();
    }

    private FieldValue string() throws FlawException {
        expect('"');
        StringBuilder value = new StringBuilder();
        while (true) {
            char next = take();
            if (next == '"') {
                return new FieldValue.Text(value.toString());
            }
            if (next == '\\') {
                next = take();
                if (next != '"' && next != '\\') {
                    throw malformed();
                }
            } else if (next < 0x20 || next > 0x7e) {
                throw malformed();
            }
            value.append(next);
        }
    }

    private FieldValue binary() throws FlawException {
        expect(':');
        int end = text.indexOf(':', at);
        if (end < 0) {
            throw malformed();
        }
        try {
            byte[] bytes = Base64.getDecoder().decode(text.substring(at, end));
            at = end + 1;
            return new FieldValue.Binary(bytes);
        } catch (IllegalArgumentException e) {
            throw malformed();
        }
    }

    private FieldValue number() throws FlawException {
        boolean negative = accept('-');
        int start = at;
        while (!atEnd() && isDigit(text.charAt(at))) {
            at++;
        }
        if (at == start || at - start > MOST_DIGITS || (!atEnd() && text.charAt(at) == '.')) {
            throw malformed();
        }
        long value = Long.parseLong(text, start, at, 10);
        return new FieldValue.Whole(negative ? -value : value);
    }

    private FieldValue token() {
        int start = at;
        while (!atEnd() && isTokenCharacter(text.charAt(at))) {
            at++;
        }
        return new FieldValue.Token(text.substring(start, at));
    }

    private String key() throws FlawException {
        int start = at;
        if (peek() != '*' && !isLower(peek())) {
            throw malformed();
        }
        while (!atEnd() && isKeyCharacter(text.charAt(at))) {
            at++;
        }
        return text.substring(start, at);
    }

    private static boolean isTokenCharacter(char c) {
        return isLower(c) || isUpper(c) || isDigit(c) || "!#$%&'*+-.^_`|~:/".indexOf(c) >= 0;
    }

    private static boolean isKeyCharacter(char c) {
        return isLower(c) || isDigit(c) || "_-.*".indexOf(c) >= 0;
    }

    private static boolean isLower(char c) {
        return c >= 'a' && c <= 'z';
    }

    private static boolean isUpper(char c) {
        return c >= 'A' && c <= 'Z';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private void skip(String characters) {
        while (!atEnd() && characters.indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private boolean accept(char wanted) {
        if (!atEnd() && text.charAt(at) == wanted) {
            at++;
            return true;
        }
        return false;
    }

    private void expect(char wanted) throws FlawException {
        if (!accept(wanted)) {
            throw malformed();
        }
    }

    /** The next character; NUL, which is nowhere allowed, at the end. */
    private char peek() {
        return atEnd() ? '\0' : text.charAt(at);
    }

    private char take() throws FlawException {
        if (atEnd()) {
            throw malformed();
        }
        return text.charAt(at++);
    }

    private boolean atEnd() {
        return at == text.length();
    }

    private static FlawException malformed() {
        return new FlawException(Flaw.MALFORMED_SIGNATURE);
    }
}
