package dev.cxotel.bridge.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TableTest {

    @Test
    void toText_alignsTextLeftNumbersRight() {
        assertThat(new Table()
                        .row("name", "count", "")
                        .row("España", 1_234L, "ms")
                        .row("a", 0.12345, "%")
                        .toText(2))
                .isEqualTo("""
                          name    count
                          España  1,234  ms
                          a       0.123  %
                        """);
    }

    @Test
    void toText_controlCharacters_areEscaped() {
        assertThat(new Table().row("a\u001b[31mb\nc").toText(0)).isEqualTo("a\\u001b[31mb\\u000ac\n");
    }
}
