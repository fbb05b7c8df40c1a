package dev.cxotel.bridge.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cxotel.bridge.pipeline.work.Work;
import dev.cxotel.bridge.signal.Signal;
import dev.cxotel.bridge.testing.DestinationBuilder;
import dev.cxotel.bridge.testing.FakeCollector;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pipeline that is behind goes as fast as the backend takes it. */
class CatchUpTest {

    private static final String LARGE = " ".repeat(100_000);

    @TempDir
    Path directory;

    @Test
    void round_bodiesThatFillARequestByBytes_doNotWaitForMore() throws Exception {
        try (FakeCollector collector = FakeCollector.start();
                SqliteBench bench = new SqliteBench(directory)) {
            Work traces = bench.start(new DestinationBuilder("test", collector.url()), Signal.TRACES);
            for (int i = 0; i < 40; i++) {
                bench.receive("s" + i + " 1" + LARGE);
            }
            Instant before = bench.clock.instant();

            while (collector.spans().size() < 30) {
                traces.round();
            }

            assertThat(collector.requests(Signal.TRACES)).hasSizeGreaterThan(1);
            assertThat(bench.clock.instant()).as("no time passed in waiting").isEqualTo(before);
        }
    }
}
