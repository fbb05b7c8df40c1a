package dev.cxotel.bridge.config.yaml;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sizes and lengths of time as people write them: {@code 1MiB}, {@code 512kB}, {@code 1048576}; {@code 500ms},
 * {@code 1h30m}, {@code 72h}.
 */
public final class Quantity {

    private static final Pattern SIZE = Pattern.compile("(\\d+(?:\\.\\d+)?) ?(B|kB|MB|GB|TB|KiB|MiB|GiB|TiB)?");
    private static final Map<String, Long> BYTES = Map.of(
            "B", 1L,
            "kB", 1_000L,
            "MB", 1_000_000L,
            "GB", 1_000_000_000L,
            "TB", 1_000_000_000_000L,
            "KiB", 1L << 10,
            "MiB", 1L << 20,
            "GiB", 1L << 30,
            "TiB", 1L << 40);
    private static final Pattern TIME = Pattern.compile("(?:\\d+(?:ms|s|m|h|d))+");
    private static final Pattern TIME_PART = Pattern.compile("(\\d+)(ms|s|m|h|d)");
    private static final Map<String, Long> MILLISECONDS = milliseconds();
    private static final Duration LONGEST = Duration.ofDays(3650);

    private Quantity() {}

    /** Bytes; empty when the text is no size, not a whole number of bytes, or beyond 8 EiB. */
    static Optional<Long> bytes(String text) {
        Matcher size = SIZE.matcher(text);
        if (!size.matches()) {
            return Optional.empty();
        }
        long unit = size.group(2) == null ? 1 : BYTES.getOrDefault(size.group(2), 1L);
        try {
            return Optional.of(new BigDecimal(size.group(1))
                    .multiply(BigDecimal.valueOf(unit))
                    .longValueExact());
        } catch (ArithmeticException e) {
            return Optional.empty();
        }
    }

    /** Empty when the text is no length of time or longer than ten years. */
    static Optional<Duration> duration(String text) {
        if (!TIME.matcher(text).matches()) {
            return Optional.empty();
        }
        Matcher part = TIME_PART.matcher(text);
        Duration total = Duration.ZERO;
        try {
            while (part.find()) {
                long unit = MILLISECONDS.getOrDefault(part.group(2), 0L);
                total = total.plusMillis(Math.multiplyExact(Long.parseLong(part.group(1)), unit));
            }
        } catch (ArithmeticException | NumberFormatException e) {
            return Optional.empty();
        }
        return total.compareTo(LONGEST) > 0 ? Optional.empty() : Optional.of(total);
    }

    /** The shortest text that {@link #bytes(String)} reads back. */
    public static String sizeText(long bytes) {
        for (String unit : new String[] {"TiB", "GiB", "MiB", "KiB", "MB", "kB"}) {
            long size = BYTES.getOrDefault(unit, 1L);
            if (bytes > 0 && bytes % size == 0) {
                return bytes / size + unit;
            }
        }
        return Long.toString(bytes);
    }

    /** A text that {@link #duration(String)} reads back; parts of milliseconds are lost. */
    public static String durationText(Duration duration) {
        long rest = duration.toMillis();
        if (rest == 0) {
            return "0s";
        }
        StringBuilder text = new StringBuilder();
        for (Map.Entry<String, Long> unit : MILLISECONDS.entrySet()) {
            if (!unit.getKey().equals("d") && rest >= unit.getValue()) {
                text.append(rest / unit.getValue()).append(unit.getKey());
                rest %= unit.getValue();
            }
        }
        return text.toString();
    }

    private static Map<String, Long> milliseconds() {
        Map<String, Long> units = new LinkedHashMap<>();
        units.put("d", Duration.ofDays(1).toMillis());
        units.put("h", Duration.ofHours(1).toMillis());
        units.put("m", Duration.ofMinutes(1).toMillis());
        units.put("s", Duration.ofSeconds(1).toMillis());
        units.put("ms", 1L);
        return units;
    }
}
