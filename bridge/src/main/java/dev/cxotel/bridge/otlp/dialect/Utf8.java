package dev.cxotel.bridge.otlp.dialect;

import java.nio.charset.StandardCharsets;

/** Text as the bytes that a backend counts. */
final class Utf8 {

    private static final String CUT_MARK = "…";

    private Utf8() {}

    static int length(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /** {@code text} in at most {@code bytes} bytes, with a mark at its end when it was cut; never half a character. */
    static String cut(String text, int bytes) {
        if (length(text) <= bytes) {
            return text;
        }
        String mark = length(CUT_MARK) <= bytes ? CUT_MARK : "";
        int left = bytes - length(mark);
        int end = 0;
        while (end < text.length()) {
            int character = text.codePointAt(end);
            left -= length(Character.toString(character));
            if (left < 0) {
                break;
            }
            end += Character.charCount(character);
        }
        return text.substring(0, end) + mark;
    }
}
