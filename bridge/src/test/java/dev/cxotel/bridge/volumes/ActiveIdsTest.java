package dev.cxotel.bridge.volumes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import org.junit.jupiter.api.Test;

class ActiveIdsTest {

    private final ActiveIds ids = new ActiveIds(60);

    @Test
    void count_distinctIdsByGroup_untilTheWindowIsOver() {
        ids.see("a", 1, 0);
        ids.see("a", 1, 1);
        ids.see("b", 1, 0);
        ids.see("a", 2, 0);
        assertThat(ids.count(3, 1)).containsExactly(0, 2, 1);
        assertThat(ids.count(3, 59)).containsExactly(0, 2, 1);
        assertThat(ids.count(3, 60)).as("seen again in slot 1").containsExactly(0, 1, 0);
        assertThat(ids.count(3, 61)).containsExactly(0, 0, 0);
    }

    @Test
    void count_fewEnough_isExact() {
        for (int i = 0; i < 40_000; i++) {
            ids.see("contact " + i, 0, i / 1000);
        }
        assertThat(ids.count(1, 40)).containsExactly(40_000);
    }

    @Test
    void count_aMillion_isNearlyRightInBoundedMemory() {
        for (int i = 0; i < 1_000_000; i++) {
            ids.see("contact " + i, i % 2, i / 20_000);
        }
        long[] counts = ids.count(2, 50);
        assertThat(counts[0] + counts[1]).isCloseTo(1_000_000, withPercentage(2.5));
        assertThat(counts[0]).isCloseTo(500_000, withPercentage(4));
        assertThat(ids.bytes()).isLessThanOrEqualTo(2 << 20);
    }

    @Test
    void count_afterARush_isSoonExactAgain() {
        for (int i = 0; i < 300_000; i++) {
            ids.see("rush " + i, 0, 0);
        }
        for (int slot = 60; slot < 200; slot++) {
            ids.see("a", 0, slot);
            ids.see("b", 0, slot);
            ids.see("c", 0, slot);
            ids.count(1, slot);
        }
        assertThat(ids.count(1, 199)).containsExactly(3);
    }
}
