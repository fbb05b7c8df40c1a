package dev.cxotel.bridge.backends;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Compares what a panel answered with what it must, to a millionth. */
final class Answers {

    /** What the boards show of many. */
    private static final int TOP = 10;

    private Answers() {}

    static void assertSame(String panel, Map<String, Double> answer, Map<String, Double> expected) {
        assertThat(answer.keySet()).as(panel).isEqualTo(expected.keySet());
        assertValues(panel, answer, expected);
    }

    /** Of more than ten the largest (the smallest, when the panel shows what is worst); of equals any. */
    static void assertTop(String panel, Map<String, Double> answer, Map<String, Double> expected, boolean largest) {
        assertThat(expected.keySet()).as(panel).containsAll(answer.keySet());
        assertValues(panel, answer, expected);
        Comparator<Double> order = largest ? Comparator.reverseOrder() : Comparator.naturalOrder();
        List<Double> best = expected.values().stream().sorted(order).limit(TOP).toList();
        List<Double> shown = answer.keySet().stream()
                .map(key -> Objects.requireNonNull(expected.get(key)))
                .sorted(order)
                .toList();
        assertThat(shown).as(panel).isEqualTo(best);
    }

    private static void assertValues(String panel, Map<String, Double> answer, Map<String, Double> expected) {
        answer.forEach((key, value) -> {
            double right = Objects.requireNonNull(expected.get(key));
            assertThat(value)
                    .as("%s {%s}", panel, key)
                    .isCloseTo(right, within(Math.max(1e-9, Math.abs(right) * 1e-6)));
        });
    }
}
