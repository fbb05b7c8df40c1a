package dev.cxotel.bridge.volumes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cxotel.bridge.event.Activity;
import dev.cxotel.bridge.event.Activity.Kind;
import dev.cxotel.bridge.event.Activity.Quality;
import dev.cxotel.bridge.testing.MutableClock;
import dev.cxotel.semconv.CxoneMetrics;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class VolumesTest {

    private final MutableClock clock = new MutableClock(Instant.parse("2026-11-22T10:00:00Z"));
    private final Volumes volumes = new Volumes(Set.of("scripts"), Duration.ofMinutes(5), clock);

    @Test
    void of_beforeAWindowIsOver_isNotKnown() {
        heard("1", "7", "ivr", "ivr#1", "scripts");
        clock.advance(Duration.ofSeconds(299));
        assertThat(volumes.of(CxoneMetrics.CXONE_CONTACT_ACTIVE)).isEmpty();
        clock.advance(Duration.ofSeconds(1));
        assertThat(volumes.of(CxoneMetrics.CXONE_CONTACT_ACTIVE)).isNotEmpty();
    }

    @Test
    void of_scriptsAndActions_areKeyedByBusinessUnit() {
        clock.advance(Duration.ofMinutes(5));
        heard("1", "7", "ivr", "ivr#1", "scripts");
        heard("1", "8", "ivr", "ivr#2", "scripts");
        heard("2", "7", "ivr", "ivr#1", "scripts");
        heard("3", "9", "ivr", "ivr#1", "of another subscription");
        assertThat(volumes.of(CxoneMetrics.CXONE_CONTACT_ACTIVE)).isEqualTo(Map.of("", 0L, "1", 2L, "2", 1L));
        assertThat(volumes.of(CxoneMetrics.CXONE_SCRIPT_ACTIVE)).isEqualTo(Map.of("", 0L, "1", 1L, "2", 1L));
        assertThat(volumes.of(CxoneMetrics.CXONE_ACTION_ACTIVE)).isEqualTo(Map.of("", 0L, "1", 2L, "2", 1L));
        clock.advance(Duration.ofMinutes(6));
        assertThat(volumes.of(CxoneMetrics.CXONE_CONTACT_ACTIVE)).isEqualTo(Map.of("", 0L, "1", 0L, "2", 0L));
    }

    @Test
    void heard_countlessBusinessUnits_areCountedTogether() {
        clock.advance(Duration.ofMinutes(5));
        for (int i = 0; i < Volumes.MOST_UNITS + 50; i++) {
            heard("unit " + i, "7", "ivr", "ivr#1", "scripts");
        }
        assertThat(volumes.of(CxoneMetrics.CXONE_CONTACT_ACTIVE))
                .hasSize(Volumes.MOST_UNITS + 1)
                .containsEntry("", 50L);
    }

    private void heard(String unit, String contact, String script, String action, String subscription) {
        volumes.heard(
                new Activity(
                        Kind.CALL,
                        unit,
                        Optional.of(contact),
                        Optional.of(script),
                        Optional.of(action),
                        0,
                        1,
                        false,
                        Quality.UNKNOWN),
                subscription,
                clock.instant());
    }
}
