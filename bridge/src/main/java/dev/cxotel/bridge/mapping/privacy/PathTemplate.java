package dev.cxotel.bridge.mapping.privacy;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A URL's path with {@code {id}} in the place of what looks like an id: numbers, UUIDs, long hexadecimal and Base64 texts,
 * e-mail addresses, web tokens, whatever holds five and more digits, and everything after a semicolon.
 */
final class PathTemplate {

    private static final String ID = "{id}";
    private static final int MANY_DIGITS = 5;
    private static final int SOME_DIGITS = 3;
    private static final int LONG_TEXT = 16;

    private static final Pattern UUID =
            Pattern.compile("[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}");
    private static final Pattern HEX = Pattern.compile("[0-9A-Fa-f]{12,}+");
    private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9_+~.-]{" + LONG_TEXT + ",}+=*+");

    private PathTemplate() {}

    static String of(String path) {
        List<String> segments = new ArrayList<>();
        for (String segment : path.split("/", -1)) {
            int semicolon = segment.indexOf(';');
            segments.add(semicolon < 0 ? segment(segment) : segment(segment.substring(0, semicolon)) + ";" + ID);
        }
        return String.join("/", segments);
    }

    private static String segment(String segment) {
        return isId(decoded(segment)) ? ID : segment;
    }

    private static boolean isId(String text) {
        if (text.isEmpty()) {
            return false;
        }
        long digits = text.codePoints().filter(Character::isDigit).count();
        return digits == text.length()
                || digits >= MANY_DIGITS
                || text.indexOf('@') >= 0
                || text.endsWith("=")
                || text.startsWith("eyJ")
                || UUID.matcher(text).matches()
                || digits > 0 && HEX.matcher(text).matches()
                || digits >= SOME_DIGITS
                        && isMixed(text)
                        && BASE64.matcher(text).matches();
    }

    private static boolean isMixed(String text) {
        return text.chars().anyMatch(Character::isUpperCase) && text.chars().anyMatch(Character::isLowerCase);
    }

    /** What cannot be decoded is looked at as it is. */
    private static String decoded(String segment) {
        try {
            return URLDecoder.decode(segment, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return segment;
        }
    }
}
