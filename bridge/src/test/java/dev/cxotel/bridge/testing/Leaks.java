package dev.cxotel.bridge.testing;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/**
 * A search for marked secrets in all that left: in the bytes as they are, and in what they are after percent-decoding,
 * JSON's escapes, Base64 and gzip have been undone, one within another.
 */
public final class Leaks {

    private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/_-]{8,}={0,2}");
    private static final Pattern UNICODE = Pattern.compile("\\\\u([0-9A-Fa-f]{4})");
    private static final Pattern PERCENT = Pattern.compile("(?:%[0-9A-Fa-f]{2})+");
    private static final int DEPTH = 3;

    private final List<String> marks;
    private final List<String> found = new ArrayList<>();
    private int searched;

    /** @param marks in lower case */
    public Leaks(List<String> marks) {
        this.marks = List.copyOf(marks);
    }

    public Leaks search(String where, String text) {
        return search(where, text.getBytes(StandardCharsets.UTF_8));
    }

    public Leaks search(String where, byte[] bytes) {
        searched++;
        Set<String> seen = new LinkedHashSet<>();
        unfold(new String(bytes, StandardCharsets.ISO_8859_1), DEPTH, seen);
        unfold(new String(bytes, StandardCharsets.UTF_8), DEPTH, seen);
        for (String text : seen) {
            String lower = text.toLowerCase(Locale.ROOT);
            for (String mark : marks) {
                int at = lower.indexOf(mark);
                if (at >= 0) {
                    found.add(where + ": " + mark + " in "
                            + lower.substring(Math.max(0, at - 60), Math.min(lower.length(), at + 60)));
                }
            }
        }
        return this;
    }

    public int searched() {
        return searched;
    }

    public List<String> found() {
        return List.copyOf(found);
    }

    private static void unfold(String text, int depth, Set<String> seen) {
        if (!seen.add(text) || depth == 0) {
            return;
        }
        unfold(
                PERCENT.matcher(text).replaceAll(match -> Matcher.quoteReplacement(percent(match.group()))),
                depth - 1,
                seen);
        unfold(unescaped(text), depth - 1, seen);
        Matcher base64 = BASE64.matcher(text);
        while (base64.find()) {
            byte[] decoded = base64(base64.group());
            if (decoded.length > 0) {
                unfold(new String(decoded, StandardCharsets.UTF_8), depth - 1, seen);
                inflate(decoded, depth, seen);
            }
        }
        if (text.startsWith("\u001f\u008b")) {
            inflate(text.getBytes(StandardCharsets.ISO_8859_1), depth, seen);
        }
    }

    private static void inflate(byte[] bytes, int depth, Set<String> seen) {
        if (bytes.length < 2 || bytes[0] != 0x1f || bytes[1] != (byte) 0x8b) {
            return;
        }
        try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            unfold(new String(gzip.readAllBytes(), StandardCharsets.UTF_8), depth - 1, seen);
        } catch (IOException e) {
            // Not gzip after all.
        }
    }

    private static byte[] base64(String text) {
        String standard = text.replace('-', '+').replace('_', '/').replace("=", "");
        try {
            return Base64.getDecoder().decode(standard);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    private static String unescaped(String text) {
        String plain = UNICODE.matcher(text)
                .replaceAll(
                        match -> Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(match.group(1), 16))));
        return plain.replace("\\\"", "\"").replace("\\/", "/").replace("\\\\", "\\");
    }

    private static String percent(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
