package dev.cxotel.bridge.mapping;

import static io.opentelemetry.api.common.AttributeKey.booleanKey;
import static io.opentelemetry.api.common.AttributeKey.doubleKey;
import static io.opentelemetry.api.common.AttributeKey.longKey;
import static io.opentelemetry.api.common.AttributeKey.stringKey;
import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.Attributes;
import org.junit.jupiter.api.Test;

class AttributeSetTest {

    @Test
    void put_absentAndEmptyValues_areLeftOut() {
        AttributeSet set = new AttributeSet()
                .put(stringKey("null"), null)
                .put(stringKey("empty"), "")
                .putLong(longKey("long"), null)
                .putDouble(doubleKey("nan"), Double.NaN)
                .putDouble(doubleKey("infinite"), Double.POSITIVE_INFINITY)
                .putBoolean(booleanKey("boolean"), null);
        assertThat(set.toAttributes()).isEqualTo(Attributes.empty());
        assertThat(set.totalCount()).isZero();
    }

    @Test
    void put_tooLong_isCutAtACharacter() {
        AttributeSet set =
                new AttributeSet(128, 4).put(stringKey("text"), "abcde").put(stringKey("pair"), "ab🎧cd");
        assertThat(set.toAttributes().get(stringKey("text"))).isEqualTo("abc…");
        assertThat(set.toAttributes().get(stringKey("pair"))).isEqualTo("ab…");
        assertThat(set.cutNames()).containsExactly("text", "pair");
    }

    @Test
    void put_exactLength_isNotCut() {
        AttributeSet set = new AttributeSet(128, 4).put(stringKey("text"), "abcd");
        assertThat(set.toAttributes().get(stringKey("text"))).isEqualTo("abcd");
        assertThat(set.cutNames()).isEmpty();
    }

    @Test
    void put_tooMany_areDroppedAndCounted() {
        AttributeSet set = new AttributeSet(2, 10)
                .put(stringKey("a"), "1")
                .putLong(longKey("b"), 2L)
                .put(stringKey("c"), "3")
                .put(stringKey("a"), "again");
        assertThat(set.toAttributes().size()).isEqualTo(2);
        assertThat(set.toAttributes().get(stringKey("a"))).isEqualTo("again");
        assertThat(set.totalCount()).isEqualTo(3);
    }

    @Test
    void cut_noRoom_isTheMarkAlone() {
        assertThat(Text.cut("abc", 1)).isEqualTo("…");
        assertThat(Text.cut("🎧🎧", 2)).isEqualTo("…");
    }
}
