package dev.cxotel.bridge.mapping;

/** Rules for text that leaves the bridge. */
public final class Text {

    /** The end of a text that was cut. */
    public static final String CUT_MARK = "…";

    private Text() {}

    /** {@code text}, at most {@code length} characters long; never half a surrogate pair. */
    public static String cut(String text, int length) {
        if (text.length() <= length) {
            return text;
        }
        int end = Math.max(0, length - CUT_MARK.length());
        if (end > 0 && Character.isHighSurrogate(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(0, end) + CUT_MARK;
    }
}
