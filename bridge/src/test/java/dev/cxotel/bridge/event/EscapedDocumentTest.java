package dev.cxotel.bridge.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the unescaping of a document costs, counted in characters looked at. */
class EscapedDocumentTest {

    private static final int SIZE = 2_000;

    static Stream<String> worstTexts() {
        return Stream.of("\\u0041", "\\u00", "\\\\", "[ ", "{", " ", "\\\"");
    }

    /** Four times the text costs at most four times the looks, but for a fixed beginning. */
    @ParameterizedTest
    @MethodSource("worstTexts")
    void unescape_worstText_costsNoMoreThanItsSize(String unit) {
        long small = looks("{\\\"" + unit.repeat(SIZE));
        long large = looks("{\\\"" + unit.repeat(4 * SIZE));

        assertThat(large).isLessThanOrEqualTo(4 * small + 100);
    }

    private static long looks(String text) {
        CountedText counted = new CountedText(text);
        Set<Repair> repairs = EnumSet.noneOf(Repair.class);
        boolean repaired = EscapedDocument.unescape(counted, repairs).isPresent();
        assertThat(repairs.contains(Repair.ESCAPED_DOCUMENT)).isEqualTo(repaired);
        return counted.looks;
    }

    /** A text that counts how often a character of it is looked at; {@link #chars} comes down to that too. */
    private static final class CountedText implements CharSequence {
        private final String text;
        private long looks;

        CountedText(String text) {
            this.text = text;
        }

        @Override
        public char charAt(int index) {
            looks++;
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.subSequence(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
