package dev.cxotel.bridge.cli.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Rows in columns of equal width: columns that hold numbers stand to the right, the others to the left. */
public final class Table {

    private final List<List<Object>> rows = new ArrayList<>();

    public Table row(Object... cells) {
        rows.add(List.of(cells));
        return this;
    }

    public Table rows(Map<String, ?> values) {
        values.forEach(this::row);
        return this;
    }

    /** Each line begins with {@code indent} blanks and ends with a line feed. */
    public String toText(int indent) {
        int columns = rows.stream().mapToInt(List::size).max().orElse(0);
        int[] widths = new int[columns];
        boolean[] numbers = new boolean[columns];
        for (List<Object> row : rows) {
            for (int i = 0; i < row.size(); i++) {
                widths[i] = Math.max(widths[i], width(text(row.get(i))));
                numbers[i] |= row.get(i) instanceof Number;
            }
        }
        StringBuilder all = new StringBuilder();
        for (List<Object> row : rows) {
            StringBuilder line = new StringBuilder(" ".repeat(indent));
            for (int i = 0; i < row.size(); i++) {
                String cell = text(row.get(i));
                String gap = " ".repeat(widths[i] - width(cell));
                line.append(i == 0 ? "" : "  ").append(numbers[i] ? gap + cell : cell + gap);
            }
            all.append(line.toString().stripTrailing()).append('\n');
        }
        return all.toString();
    }

    private static int width(String text) {
        return text.codePointCount(0, text.length());
    }

    /** Counts with separators, other numbers with four digits, control characters escaped. */
    private static String text(Object cell) {
        return switch (cell) {
            case Long count -> String.format(Locale.ROOT, "%,d", count);
            case Integer count -> String.format(Locale.ROOT, "%,d", count);
            case Double number -> number(number);
            default -> Printable.of(String.valueOf(cell));
        };
    }

    private static String number(double value) {
        double size = Math.abs(value);
        int digits = size >= 1000 ? 0 : size >= 100 ? 1 : size >= 10 ? 2 : 3;
        return String.format(Locale.ROOT, "%,." + digits + "f", value);
    }
}
