package dev.cxotel.bridge.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Lenient reading of a payload's scalars: the same value is read the same, be it written as number, text or boolean.
 * {@code null} stands for what is absent, null, blank, or of no use as the wanted type.
 */
public final class JsonValues {

    /** Numbers with more digits before or after the point stay as they are written: no one's id, no one's measure. */
    private static final int MAX_DIGITS = 100;

    private static final int LONGEST_NUMBER = 2 * MAX_DIGITS;

    private JsonValues() {}

    /** Whether a field holds nothing. */
    public static boolean absent(@Nullable JsonNode node) {
        return node == null
                || node.isNull()
                || node.isMissingNode()
                || (node.isTextual() && node.textValue().isBlank());
    }

    /** A scalar as text, without surrounding white space; an array or object as compact JSON. */
    public static @Nullable String text(@Nullable JsonNode node) {
        if (node == null || absent(node)) {
            return null;
        }
        if (node.isTextual()) {
            return node.textValue().strip();
        }
        return node.isNumber() ? id(node) : node.toString();
    }

    /**
     * An id in its canonical form: a number, however written, is its plain decimal text ({@code 4.6E11} is
     * {@code 460000000000}); another text is itself. A {@code double} is never in between.
     */
    public static @Nullable String id(@Nullable JsonNode node) {
        if (node == null || absent(node)) {
            return null;
        }
        String text = node.asText().strip();
        BigDecimal number = node.isNumber() ? number(node) : integral(text);
        return number == null ? text : plain(number);
    }

    /** A number, also one that is written as text. */
    public static @Nullable BigDecimal number(@Nullable JsonNode node) {
        if (node == null || absent(node)) {
            return null;
        }
        if (node.isNumber()) {
            return node.isFloatingPointNumber() && !Double.isFinite(node.doubleValue()) && !node.isBigDecimal()
                    ? null
                    : bounded(node.decimalValue());
        }
        return node.isTextual() ? parse(node.textValue().strip()) : null;
    }

    /** A boolean, also as 0 or 1, or as {@code true, false, yes, no, y, n, t, f} in any case. */
    public static @Nullable Boolean flag(@Nullable JsonNode node) {
        if (node == null || absent(node)) {
            return null;
        }
        if (node.isBoolean()) {
            return node.booleanValue();
        }
        String text = text(node);
        if (text == null) {
            return null;
        }
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "1", "yes", "y", "t" -> Boolean.TRUE;
            case "false", "0", "no", "n", "f" -> Boolean.FALSE;
            default -> null;
        };
    }

    private static @Nullable BigDecimal integral(String text) {
        return !text.isEmpty() && text.length() <= MAX_DIGITS && text.chars().allMatch(c -> c >= '0' && c <= '9')
                ? parse(text)
                : null;
    }

    private static @Nullable BigDecimal parse(String text) {
        if (text.isEmpty() || text.length() > LONGEST_NUMBER) {
            return null;
        }
        try {
            return bounded(new BigDecimal(text));
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** Guards against {@code 1E+999999999}, whose plain form would fill the memory. */
    private static @Nullable BigDecimal bounded(BigDecimal number) {
        long integerDigits = (long) number.precision() - number.scale();
        return integerDigits <= MAX_DIGITS && number.scale() <= MAX_DIGITS && number.precision() <= LONGEST_NUMBER
                ? number
                : null;
    }

    private static String plain(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }
}
