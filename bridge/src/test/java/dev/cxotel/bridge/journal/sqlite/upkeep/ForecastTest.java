package dev.cxotel.bridge.journal.sqlite.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ForecastTest {

    private final Forecast forecast = new Forecast();

    private static long minutes(long minutes) {
        return TimeUnit.MINUTES.toNanos(minutes);
    }

    @Test
    void warning_belowHalf_isSilent() {
        assertThat(forecast.warning(0, 0.2)).isEmpty();
        assertThat(forecast.warning(minutes(1), 0.49)).isEmpty();
    }

    @Test
    void warning_growing_saysWhenItIsFull() {
        assertThat(forecast.warning(0, 0.4)).isEmpty();
        assertThat(forecast.warning(minutes(2), 0.5))
                .contains("Undelivered events fill 50 % of the journal; full in about 10 min.");
    }

    @Test
    void warning_repeated_isSilentForTenMinutes() {
        assertThat(forecast.warning(0, 0.6)).isPresent();
        assertThat(forecast.warning(minutes(9), 0.6)).isEmpty();
        assertThat(forecast.warning(minutes(10), 0.6))
                .contains("Undelivered events fill 60 % of the journal; it does not grow.");
    }

    @Test
    void warning_slowGrowth_speaksOfHours() {
        assertThat(forecast.warning(0, 0.5)).isPresent();
        assertThat(forecast.warning(minutes(60), 0.6))
                .hasValueSatisfying(text -> assertThat(text).contains("full in about 4 h"));
    }
}
