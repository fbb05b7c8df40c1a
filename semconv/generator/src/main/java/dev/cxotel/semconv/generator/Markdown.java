package dev.cxotel.semconv.generator;

import java.util.Arrays;
import java.util.stream.Collectors;

/** A page of Markdown in the making. */
final class Markdown {

    private final StringBuilder text = new StringBuilder();

    void heading(int level, String title) {
        blank();
        text.append("#".repeat(level)).append(' ').append(title).append('\n');
    }

    void paragraph(String sentences) {
        blank();
        text.append(sentences).append('\n');
    }

    /** Begins a table with these columns. */
    void table(String... columns) {
        blank();
        row(columns);
        text.append("|---".repeat(columns.length)).append("|\n");
    }

    void row(String... cells) {
        text.append(Arrays.stream(cells)
                        .map(cell -> cell.replace("|", "\\|").replace('\n', ' '))
                        .collect(Collectors.joining(" | ", "| ", " |")))
                .append('\n');
    }

    private void blank() {
        if (!text.isEmpty()) {
            text.append('\n');
        }
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
