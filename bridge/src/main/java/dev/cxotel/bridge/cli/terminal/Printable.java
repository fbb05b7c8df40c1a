package dev.cxotel.bridge.cli.terminal;

/** Text as a terminal may see it. */
public final class Printable {

    private static final int FIRST_VISIBLE = 0x20;
    private static final int FIRST_OF_C1 = 0x7f;
    private static final int LAST_OF_C1 = 0x9f;

    private Printable() {}

    /** {@code text} with control characters and characters that turn the direction of writing as {@code \\u001b}. */
    public static String of(String text) {
        StringBuilder shown = new StringBuilder(text.length());
        text.codePoints().forEach(character -> {
            if (isUnsafe(character)) {
                shown.append(String.format("\\u%04x", character));
            } else {
                shown.appendCodePoint(character);
            }
        });
        return shown.toString();
    }

    private static boolean isUnsafe(int character) {
        return character < FIRST_VISIBLE
                || (character >= FIRST_OF_C1 && character <= LAST_OF_C1)
                || (character >= 0x202a && character <= 0x202e)
                || (character >= 0x2066 && character <= 0x2069)
                || character == 0x2028
                || character == 0x2029;
    }
}
