package dev.cxotel.bridge.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TimesTest {

    private static final Instant RECEIVED = Instant.parse("2024-03-26T14:00:00Z");

    @Test
    void of_believableTimes_areKept() {
        Instant start = RECEIVED.minusSeconds(60);
        assertThat(Times.of(start, RECEIVED.plus(Times.FUTURE_TOLERANCE), RECEIVED))
                .isEqualTo(new Times(start, RECEIVED.plusSeconds(120), false));
    }

    @Test
    void of_futureEnd_isTheReceiveTime() {
        Instant start = RECEIVED.minusSeconds(60);
        assertThat(Times.of(start, RECEIVED.plusSeconds(121), RECEIVED)).isEqualTo(new Times(start, RECEIVED, true));
    }

    @Test
    void of_absentStart_isNotAfterTheEnd() {
        Instant end = RECEIVED.minusSeconds(60);
        assertThat(Times.of(null, end, RECEIVED)).isEqualTo(new Times(end, end, true));
        assertThat(Times.of(null, null, RECEIVED)).isEqualTo(new Times(RECEIVED, RECEIVED, true));
    }

    @Test
    void of_startAfterEnd_isTheEnd() {
        Instant end = RECEIVED.minusSeconds(60);
        assertThat(Times.of(RECEIVED, end, RECEIVED)).isEqualTo(new Times(end, end, false));
    }

    @Test
    void of_defaultOfADateType_countsAsAbsent() {
        assertThat(Times.of(Instant.parse("0001-01-01T00:00:00Z"), Instant.EPOCH, RECEIVED))
                .isEqualTo(new Times(RECEIVED, RECEIVED, true));
    }

    @Test
    void late_isBeyondTheBound() {
        assertThat(Times.late(RECEIVED.minusSeconds(3600), RECEIVED, Duration.ofHours(1)))
                .isFalse();
        assertThat(Times.late(RECEIVED.minusSeconds(3601), RECEIVED, Duration.ofHours(1)))
                .isTrue();
    }

    @Test
    void epochNanos_beyondItsRange_saturates() {
        assertThat(Times.epochNanos(Instant.MAX)).isEqualTo(Long.MAX_VALUE);
        assertThat(Times.epochNanos(Instant.MIN)).isEqualTo(Long.MIN_VALUE);
        assertThat(Times.epochNanos(Instant.ofEpochSecond(1, 5))).isEqualTo(1_000_000_005L);
    }
}
