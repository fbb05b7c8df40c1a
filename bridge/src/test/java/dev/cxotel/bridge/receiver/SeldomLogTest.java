package dev.cxotel.bridge.receiver;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SeldomLogTest {

    @Test
    void admit_letsOneThroughAndCountsTheOthers() {
        AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
        SeldomLog log = new SeldomLog(Duration.ofNanos(10), now::get);

        assertThat(log.admit()).hasValue(0);
        assertThat(log.admit()).isEmpty();
        now.addAndGet(9);
        assertThat(log.admit()).isEmpty();
        now.addAndGet(1);
        assertThat(log.admit()).hasValue(2);
        assertThat(log.admit()).isEmpty();
    }
}
