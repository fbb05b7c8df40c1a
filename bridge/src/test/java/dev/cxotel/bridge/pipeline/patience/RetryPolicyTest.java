package dev.cxotel.bridge.pipeline.patience;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryPolicyTest {

    private static final RetryPolicy POLICY = RetryPolicy.DEFAULT;

    @ParameterizedTest
    @CsvSource({
        "1, 0.5, PT1S",
        "2, 0.5, PT2S",
        "3, 0.5, PT4S",
        "7, 0.5, PT60S",
        "1000000, 0.5, PT60S",
        "1, 0, PT0.8S",
        "1, 1, PT1.2S"
    })
    void delay_failures_doublesUpToAMinute(int failures, double random, Duration expected) {
        assertThat(POLICY.delay(failures, Optional.empty(), random)).isEqualTo(expected);
    }

    @Test
    void delay_retryAfter_isALowerBound() {
        assertThat(POLICY.delay(9, Optional.of(Duration.ofSeconds(3)), 0)).isEqualTo(Duration.ofSeconds(3));
        assertThat(POLICY.delay(1, Optional.of(Duration.ofSeconds(30)), 1)).isEqualTo(Duration.ofSeconds(33));
    }

    @Test
    void delay_retryAfterOfADay_isBounded() {
        assertThat(POLICY.delay(1, Optional.of(Duration.ofDays(1)), 0)).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void delay_retryAfterOfZero_isOurOwnBackOff() {
        assertThat(POLICY.delay(1, Optional.of(Duration.ZERO), 0.5)).isEqualTo(Duration.ofSeconds(1));
    }

    @ParameterizedTest
    @CsvSource({"1, PT5S", "2, PT10S", "3, PT20S", "6, PT160S", "7, PT5M", "99, PT5M"})
    void unauthorizedDelay_failures_doublesUpToFiveMinutes(int failures, Duration expected) {
        assertThat(POLICY.unauthorizedDelay(failures)).isEqualTo(expected);
    }
}
