package dev.cxotel.bridge.scriptapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TimeZoneSuspicionTest {

    private final TimeZoneSuspicion suspicion = new TimeZoneSuspicion();

    @Test
    void add_twentyLagsOfSixHours_isSuspicious() {
        for (int i = 1; i < TimeZoneSuspicion.ENOUGH; i++) {
            assertThat(suspicion.add(Duration.ofHours(6).plusSeconds(i * 4L))).isEmpty();
        }
        assertThat(suspicion.add(Duration.ofHours(6).minusSeconds(90))).contains(Duration.ofHours(6));
        assertThat(suspicion.add(Duration.ofHours(6))).contains(Duration.ofHours(6));
    }

    @Test
    void add_lagThatDoesNotFit_endsTheSuspicion() {
        addMany(Duration.ofHours(6), TimeZoneSuspicion.ENOUGH);
        assertThat(suspicion.add(Duration.ofHours(6).plusSeconds(91))).isEmpty();
        assertThat(addMany(Duration.ofHours(6), TimeZoneSuspicion.ENOUGH - 1)).isEmpty();
        assertThat(suspicion.add(Duration.ofHours(6))).isPresent();
    }

    @Test
    void add_otherMultiple_beginsAnew() {
        addMany(Duration.ofHours(6), TimeZoneSuspicion.ENOUGH - 1);
        assertThat(suspicion.add(Duration.ofHours(7))).isEmpty();
        assertThat(addMany(Duration.ofHours(7), TimeZoneSuspicion.ENOUGH - 1)).contains(Duration.ofHours(7));
    }

    @Test
    void add_timesAhead_areSuspiciousToo() {
        assertThat(addMany(Duration.ofMinutes(-345).plusSeconds(3), TimeZoneSuspicion.ENOUGH))
                .contains(Duration.ofMinutes(-345));
    }

    @Test
    void add_lagsUpToNinetySecondsBesideTheMultiple_fit() {
        assertThat(addMany(Duration.ofHours(6).plusSeconds(90), TimeZoneSuspicion.ENOUGH))
                .contains(Duration.ofHours(6));
        assertThat(suspicion.add(Duration.ofHours(6).minusSeconds(90))).contains(Duration.ofHours(6));
        assertThat(suspicion.add(Duration.ofHours(6).minusSeconds(91))).isEmpty();
    }

    @Test
    void add_smallLags_areNone() {
        assertThat(addMany(Duration.ofSeconds(3), 100)).isEmpty();
        assertThat(addMany(Duration.ofSeconds(-80), 100)).isEmpty();
    }

    @Test
    void add_lagBeyondAnyZone_isNone() {
        assertThat(addMany(Duration.ofHours(27), 100)).isEmpty();
    }

    private Optional<Duration> addMany(Duration lag, int count) {
        Optional<Duration> last = Optional.empty();
        for (int i = 0; i < count; i++) {
            last = suspicion.add(lag);
        }
        return last;
    }
}
