package dev.cxotel.bridge.receiver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cxotel.bridge.receiver.SourceWatch.Notice;
import dev.cxotel.bridge.signal.SourceSample;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SourceWatchTest {

    private final SourceWatch watch = new SourceWatch(Set.of("SBC EXMS"));

    @Test
    void observe_configuredSource_isKnownInAnyCase() {
        assertThat(watch.observe(sample(" sbc exms", 0.0001))).isEmpty();
    }

    @Test
    void observe_oneLossAboveAPercent_isProofOfPercents() {
        watch.observe(sample("probe", 0.02));
        for (int i = 0; i < 2 * SourceWatch.MANY; i++) {
            assertThat(watch.observe(sample("probe", 0.0002)))
                    .extracting(Notice::finding)
                    .containsExactly(SourceWatch.UNKNOWN);
        }
    }

    @Test
    void observe_zeroAndUnmeasuredLosses_proveNothing() {
        for (int i = 0; i < 2 * SourceWatch.MANY; i++) {
            assertThat(watch.observe(sample("probe", 0))).hasSize(1);
            assertThat(watch.observe(new SourceSample("probe", "probe", OptionalDouble.empty())))
                    .hasSize(1);
        }
    }

    @Test
    void observe_tooManySources_areCountedTogether() {
        for (int i = 0; i < 100; i++) {
            assertThat(watch.observe(sample("source " + i, 0))).isEqualTo(notice("source " + i));
        }
        assertThat(watch.observe(sample("one more", 0))).isEqualTo(notice(SourceWatch.OTHER));
        assertThat(watch.observe(sample("source 7", 0))).isEqualTo(notice("source 7"));
        assertThat(watch.label("one more")).isEqualTo(SourceWatch.OTHER);
        assertThat(watch.label("")).isEmpty();
    }

    private static List<Notice> notice(String name) {
        return List.of(new Notice(SourceWatch.UNKNOWN, "DataSource", name));
    }

    private static SourceSample sample(String source, double loss) {
        return new SourceSample(source, source, OptionalDouble.of(loss));
    }
}
