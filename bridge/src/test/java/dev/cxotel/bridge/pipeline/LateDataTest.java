package dev.cxotel.bridge.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cxotel.bridge.config.DestinationConfig.Style.LateLogs;
import dev.cxotel.bridge.journal.Commit;
import dev.cxotel.bridge.journal.Cursor;
import dev.cxotel.bridge.journal.JournalException;
import dev.cxotel.bridge.journal.Outcome;
import dev.cxotel.bridge.journal.Outcomes;
import dev.cxotel.bridge.journal.Page;
import dev.cxotel.bridge.journal.PipelineId;
import dev.cxotel.bridge.journal.Window;
import dev.cxotel.bridge.pipeline.work.Work;
import dev.cxotel.bridge.signal.Signal;
import dev.cxotel.bridge.testing.DestinationBuilder;
import dev.cxotel.bridge.testing.FakeCollector;
import dev.cxotel.bridge.testing.LineSlice;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Spans and log records that are too old for one destination, on the real journal; all of them are of 1970. */
class LateDataTest {
    private static final Duration HOUR = Duration.ofHours(1);

    @TempDir
    private Path directory;

    private FakeCollector collector;
    private SqliteBench bench;

    @BeforeEach
    void open() throws Exception {
        collector = FakeCollector.start();
        bench = new SqliteBench(directory);
    }

    @AfterEach
    void close() throws Exception {
        assertThat(bench.journal.ledger().difference()).isZero();
        bench.close();
        collector.close();
    }

    @Test
    void spanTooOld_becomesALogRecordWithItsIdsForThisDestinationOnly() throws Exception {
        Work traces = bench.start(to().maxSpanAge(HOUR), Signal.TRACES);
        Work logs = bench.start(to(), Signal.LOGS);
        Work other = bench.start(new DestinationBuilder("other", collector.url()), Signal.TRACES);
        Work otherLogs = bench.start(new DestinationBuilder("other", collector.url()), Signal.LOGS);
        bench.receive("a 1", "mute 2");
        traces.round();
        assertThat(collector.spans()).isEmpty();
        traces.round();
        logs.round();
        other.round();
        otherLogs.round();
        assertThat(collector.spans()).hasSize(1);
        assertThat(collector.logs()).singleElement().satisfies(log -> {
            assertThat(log.getEventName()).isEqualTo("cxone.span.late");
            assertThat(HexFormat.of().formatHex(log.getTraceId().toByteArray())).isEqualTo(LineSlice.traceId("a 1"));
            assertThat(log.getSpanId()).isEqualTo(collector.spans().getFirst().getSpanId());
            assertThat(log.getTimeUnixNano()).isEqualTo(2);
            assertThat(log.getObservedTimeUnixNano()).isEqualTo(nanos(SqliteBench.START));
            assertThat(texts(log)).containsEntry("cxone.span.name", "a");
        });
        assertThat(bench.outcomes("test", Signal.TRACES))
                .isEqualTo(Outcomes.of(Outcome.SKIPPED, 0)
                        .plus(Outcome.SKIPPED, "late_span", 1)
                        .plus(Outcome.SKIPPED, "no_traces", 2));
        assertThat(bench.outcomes("test", Signal.LOGS))
                .isEqualTo(Outcomes.of(Outcome.EXPORTED, 1).plus(Outcome.SKIPPED, "no_logs", 2));
        assertThat(bench.outcomes("other", Signal.LOGS)).isEqualTo(Outcomes.NONE.plus(Outcome.SKIPPED, "no_logs", 2));
    }

    @Test
    void spanTooOld_destinationTakesNoLogs_isSkipped() throws Exception {
        Work traces = bench.start(
                new DestinationBuilder("test", collector.url(), Signal.TRACES).maxSpanAge(HOUR), Signal.TRACES);
        bench.receive("a 1");
        traces.round();
        assertThat(collector.requests(Signal.TRACES)).isEmpty();
        assertThat(bench.outcomes("test", Signal.TRACES)).isEqualTo(Outcomes.NONE.plus(Outcome.SKIPPED, "too_old", 1));
    }

    @Test
    void spanGrowsOldWhileTheBackendIsAway_becomesALogRecordThen() throws Exception {
        Duration age = Duration.between(Instant.EPOCH, SqliteBench.START);
        Work traces = bench.start(to().maxSpanAge(age.plusSeconds(2)), Signal.TRACES);
        Work logs = bench.start(to(), Signal.LOGS);
        collector.next(Signal.TRACES, FakeCollector.status(503), FakeCollector.status(503));
        bench.receive("a 1");
        traces.round();
        logs.round();
        assertThat(collector.requests(Signal.TRACES)).hasSize(2);
        assertThat(collector.spans()).isEmpty();
        assertThat(collector.logs()).hasSize(1);
        assertThat(bench.outcomes("test", Signal.TRACES))
                .isEqualTo(Outcomes.NONE.plus(Outcome.SKIPPED, "late_span", 1));
    }

    @Test
    void logTooOld_isRestamped() throws Exception {
        Work logs = bench.start(to().maxLogAge(HOUR, LateLogs.RESTAMP), Signal.LOGS);
        bench.receive("bad 1");
        logs.round();
        assertThat(collector.logs()).singleElement().satisfies(log -> {
            assertThat(log.getTimeUnixNano()).isEqualTo(nanos(SqliteBench.START));
            assertThat(texts(log)).containsEntry("cxone.original_time", "1970-01-01T00:00:00Z");
        });
        assertThat(bench.outcomes("test", Signal.LOGS)).isEqualTo(Outcomes.NONE.plus(Outcome.EXPORTED, "restamped", 1));
    }

    @Test
    void logTooOld_isDropped() throws Exception {
        Work logs = bench.start(to().maxLogAge(HOUR, LateLogs.DROP), Signal.LOGS);
        bench.receive("bad 1");
        logs.round();
        assertThat(collector.requests(Signal.LOGS)).isEmpty();
        assertThat(bench.outcomes("test", Signal.LOGS)).isEqualTo(Outcomes.NONE.plus(Outcome.SKIPPED, "too_old", 1));
    }

    @Test
    void lateSpanTooOldForALogRecordToo_isRestamped() throws Exception {
        Work traces = bench.start(to().maxSpanAge(HOUR), Signal.TRACES);
        Work logs = bench.start(to().maxLogAge(HOUR, LateLogs.RESTAMP), Signal.LOGS);
        bench.receive("a 1");
        traces.round();
        logs.round();
        assertThat(collector.logs()).singleElement().satisfies(log -> assertThat(texts(log))
                .containsEntry("cxone.original_time", "1970-01-01T00:00:00.000000002Z"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void crashAroundTheCommit_leavesOneLogRecord(boolean committed) throws Exception {
        Work crashing = bench.start(to().maxSpanAge(HOUR), Signal.TRACES, cursor -> new Crashing(cursor, committed));
        bench.receive("a 1");
        assertThatThrownBy(crashing::round).isInstanceOf(Crash.class);
        Work traces = bench.start(to().maxSpanAge(HOUR), Signal.TRACES);
        traces.round();
        Work logs = bench.start(to(), Signal.LOGS);
        logs.round();
        logs.round();
        assertThat(collector.logs()).hasSize(1);
    }

    @Test
    void sameEventsReadTwiceMore_leaveOneLogRecord() throws Exception {
        bench.receive("a 1");
        Work logs = bench.start(to(), Signal.LOGS);
        for (int time = 0; time < 3; time++) {
            bench.start(to().maxSpanAge(HOUR), Signal.TRACES).round();
            bench.journal.retainPipelines(Set.of(new PipelineId("test", "logs")));
        }
        logs.round();
        logs.round();
        assertThat(collector.logs()).hasSize(1);
    }

    private DestinationBuilder to() {
        return new DestinationBuilder("test", collector.url());
    }

    private static long nanos(Instant time) {
        return TimeUnit.MILLISECONDS.toNanos(time.toEpochMilli());
    }

    private static Map<String, String> texts(LogRecord log) {
        return log.getAttributesList().stream().collect(Collectors.toMap(KeyValue::getKey, one -> one.getValue()
                .getStringValue()));
    }

    /** The end of the process. */
    private static final class Crash extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** A cursor whose process ends with the first commit. */
    private record Crashing(Cursor cursor, boolean afterwards) implements Cursor {
        @Override
        public void commit(Commit commit) throws JournalException {
            if (afterwards) {
                cursor.commit(commit);
            }
            throw new Crash();
        }

        @Override
        public PipelineId id() {
            return cursor.id();
        }

        @Override
        public Page poll(int maxEvents, long maxBytes, Duration wait) throws JournalException, InterruptedException {
            return cursor.poll(maxEvents, maxBytes, wait);
        }

        @Override
        public Page pollTo(long to) throws JournalException {
            return cursor.pollTo(to);
        }

        @Override
        public void reserve(Window window) throws JournalException {
            cursor.reserve(window);
        }

        @Override
        public Optional<Window> pendingWindow() {
            return cursor.pendingWindow();
        }

        @Override
        public Optional<Window> lastWindow() {
            return cursor.lastWindow();
        }
    }
}
