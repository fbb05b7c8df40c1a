package dev.cxotel.bridge.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cxotel.bridge.event.Hash;
import dev.cxotel.bridge.journal.Outcome;
import dev.cxotel.bridge.journal.Outcomes;
import dev.cxotel.bridge.journal.StoredEvent;
import dev.cxotel.bridge.pipeline.Workbench.Bench;
import dev.cxotel.bridge.pipeline.patience.PipelineState.Condition;
import dev.cxotel.bridge.pipeline.work.BatchSize;
import dev.cxotel.bridge.signal.Signal;
import dev.cxotel.bridge.testing.FakeCollector;
import dev.cxotel.semconv.CxotelAttributes;
import dev.cxotel.semconv.CxotelMetrics;
import io.opentelemetry.proto.trace.v1.Span;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class BatchPipelineTest {

    @AutoClose
    private final Workbench workbench = new Workbench();

    @Test
    void round_accepted_exportsInOrderAndMovesTheCursor() throws Exception {
        workbench.receive("a 1", "b 2");
        workbench.receive("c 3");
        Bench traces = traces();

        assertThat(traces.round()).isTrue();

        assertThat(names()).containsExactly("a", "b", "c");
        assertThat(ends(traces)).isEqualTo(Outcomes.of(Outcome.EXPORTED, 3));
        assertThat(workbench.journal.position(traces.id())).isEqualTo(3);
        assertThat(workbench.telemetry.count(
                        CxotelMetrics.CXOTEL_PIPELINE_EVENTS, CxotelAttributes.CXOTEL_OUTCOME, "exported"))
                .isEqualTo(3);
    }

    @Test
    void round_logs_skipsEventsWithoutOne() throws Exception {
        workbench.receive("a 1", "bad 2");
        Bench logs = workbench.start(workbench.destination(), Signal.LOGS);

        logs.round();

        assertThat(workbench.collector.logs()).hasSize(1);
        assertThat(ends(logs)).isEqualTo(Outcomes.of(Outcome.EXPORTED, 1).plus(Outcome.SKIPPED, "no_logs", 1));
    }

    @Test
    void round_unavailable_sendsTheSameBatchUntilAccepted() throws Exception {
        workbench.collector.next(
                Signal.TRACES, FakeCollector.status(503), FakeCollector.status(502), FakeCollector.status(504));
        workbench.receive("a 1", "b 2");
        Bench traces = traces();

        traces.round();

        assertThat(names()).containsExactly("a", "b");
        assertThat(bodies()).hasSize(4).allMatch(body -> java.util.Arrays.equals(body, bodies().getFirst()));
        assertThat(workbench.sleeps)
                .containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4));
        assertThat(ends(traces)).isEqualTo(Outcomes.of(Outcome.EXPORTED, 2));
        assertThat(traces.patience().state().condition()).isEqualTo(Condition.RUNNING);
        assertThat(workbench.telemetry.recorded(CxotelMetrics.CXOTEL_PIPELINE_EXPORT_DURATION))
                .extracting(one -> one.attributes().get(CxotelAttributes.CXOTEL_RESULT))
                .containsExactly("retryable", "retryable", "retryable", "accepted");
    }

    @Test
    void round_retryAfter_isHonoured() throws Exception {
        workbench.collector.next(
                Signal.TRACES,
                FakeCollector.status(429, "Retry-After", "20"),
                FakeCollector.status(429, "Retry-After", "Sun, 22 Nov 2026 10:01:01 GMT"));
        workbench.receive("a 1");

        traces().round();

        assertThat(workbench.sleeps).containsExactly(Duration.ofSeconds(21), Duration.ofSeconds(42));
    }

    @Test
    void round_wrongKey_keepsTheDataAndAsksSlowly() throws Exception {
        workbench.collector.next(
                Signal.TRACES, FakeCollector.status(401), FakeCollector.status(403), FakeCollector.status(401));
        workbench.receive("a 1");
        Bench traces = traces();

        traces.round();

        assertThat(workbench.sleeps)
                .containsExactly(Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(20));
        assertThat(ends(traces)).isEqualTo(Outcomes.of(Outcome.EXPORTED, 1));
    }

    @Test
    void round_partialSuccess_isCountedAndNotSentAgain() throws Exception {
        workbench.collector.next(Signal.TRACES, FakeCollector.partial(1, "span too old"));
        workbench.receive("a 1", "b 2", "c 3");
        Bench traces = traces();

        traces.round();

        assertThat(workbench.collector.requests(Signal.TRACES)).hasSize(1);
        assertThat(ends(traces)).isEqualTo(Outcomes.of(Outcome.EXPORTED, 2).plus(Outcome.REJECTED, "", 1));
        assertThat(traces.patience().state().message()).isEqualTo("span too old");
    }

    @Test
    void round_partialSuccessOfMoreThanWasSent_isBounded() throws Exception {
        workbench.collector.next(Signal.TRACES, FakeCollector.partial(99, "all wrong"));
        workbench.receive("a 1");
        Bench traces = traces();

        traces.round();

        assertThat(ends(traces)).isEqualTo(Outcomes.of(Outcome.REJECTED, 1));
    }

    @Test
    void round_poisonAmong512_costsOneEvent() throws Exception {
        workbench.collector.always(
                Signal.TRACES,
                request -> FakeCollector.status(
                        request.spans().stream().anyMatch(span -> span.getName().equals("poison")) ? 400 : 200));
        workbench.receive(IntStream.range(0, 512)
                .mapToObj(i -> (i == 300 ? "poison " : "good" + i + " ") + i)
                .toArray(String[]::new));
        Bench traces = traces();

        traces.round();

        assertThat(ends(traces)).isEqualTo(Outcomes.of(Outcome.EXPORTED, 511).plus(Outcome.QUARANTINED, "refused", 1));
        assertThat(names()).hasSize(511).doesNotHaveDuplicates();
        assertThat(workbench.journal.quarantined(traces.id())).singleElement().satisfies(event -> {
            assertThat(event.seq()).isEqualTo(301);
            assertThat(event.detail()).startsWith("HTTP 400");
        });
        assertThat(workbench.collector.requests(Signal.TRACES)).hasSizeLessThan(25);
    }

    @Test
    void round_tooLarge_isSplitUntilItFits() throws Exception {
        workbench.collector.always(
                Signal.TRACES, request -> FakeCollector.status(request.spans().size() > 10 ? 413 : 200));
        workbench.receive(IntStream.range(0, 100).mapToObj(i -> "s" + i + " 1").toArray(String[]::new));
        Bench traces = traces();

        traces.round();

        assertThat(ends(traces)).isEqualTo(Outcomes.of(Outcome.EXPORTED, 100));
        assertThat(names()).hasSize(100).doesNotHaveDuplicates();
    }

    @Test
    void round_tooLarge_theSizeThatWorkedIsRememberedAndGrowsAgain() throws Exception {
        workbench.collector.always(
                Signal.TRACES, request -> FakeCollector.status(request.spans().size() > 16 ? 413 : 200));
        Bench traces = workbench.start(workbench.destination().maxRequestItems(64), Signal.TRACES);
        workbench.receive(IntStream.range(0, 64).mapToObj(i -> "s" + i + " 1").toArray(String[]::new));
        traces.round();
        long refusals = refusals();
        int rounds = BatchSize.PATIENCE - 2; // two halves were full requests already
        int more = 16 * rounds;
        workbench.receive(IntStream.range(0, more).mapToObj(i -> "t" + i + " 1").toArray(String[]::new));
        for (int i = 0; i < rounds; i++) {
            traces.round();
        }
        assertThat(refusals()).isEqualTo(refusals);
        workbench.receive(IntStream.range(0, 40).mapToObj(i -> "u" + i + " 1").toArray(String[]::new));
        traces.round();
        traces.round();
        assertThat(refusals()).isEqualTo(refusals + 1);
        assertThat(names()).hasSize(64 + more + 40).doesNotHaveDuplicates();
        assertThat(ends(traces)).isEqualTo(Outcomes.of(Outcome.EXPORTED, 64 + more + 40));
    }

    private long refusals() {
        return workbench.collector.requests(Signal.TRACES).stream()
                .filter(request -> !request.stored())
                .count();
    }

    @Test
    void round_badRequestOfABackendThatStoresTheRest_isNotSentAgain() throws Exception {
        workbench.collector.next(Signal.TRACES, FakeCollector.status(400), FakeCollector.status(400));
        Bench traces = workbench.start(workbench.destination().partialBadRequest(), Signal.TRACES);
        workbench.receive("a 1", "b 2", "c 3");
        traces.round();
        workbench.receive("d 1");
        traces.round();
        assertThat(workbench.collector.requests(Signal.TRACES)).hasSize(2);
        assertThat(ends(traces))
                .isEqualTo(Outcomes.NONE
                        .plus(Outcome.EXPORTED_IN_PART, "bad_request", 3)
                        .plus(Outcome.QUARANTINED, "refused", 1));
    }

    @Test
    void round_notFound_isKeptUntilTheAddressIsMended() throws Exception {
        workbench.collector.next(Signal.TRACES, FakeCollector.status(404), FakeCollector.status(404));
        workbench.receive("a 1", "b 2");
        Bench traces = traces();

        traces.round();

        assertThat(workbench.collector.requests(Signal.TRACES)).hasSize(3);
        assertThat(ends(traces)).isEqualTo(Outcomes.of(Outcome.EXPORTED, 2));
        assertThat(workbench.journal.quarantined(traces.id())).isEmpty();
    }

    @Test
    void round_subscriptionsOfTheDestination_filter() throws Exception {
        workbench.receiveAt("voice", "a 1");
        workbench.receiveAt("scripts", "b 2");
        Bench traces = workbench.start(workbench.destination().subscriptions("voice"), Signal.TRACES);

        traces.round();

        assertThat(names()).containsExactly("a");
        assertThat(ends(traces)).isEqualTo(Outcomes.of(Outcome.EXPORTED, 1).plus(Outcome.SKIPPED, "subscription", 1));
    }

    @Test
    void round_eventsThatCannotBeTranslated_areSetAsideAlone() throws Exception {
        workbench.receive("a 1", "bug 2", "mute 3", "b 4", "c 5");
        damage(4);
        rename(5);
        Bench traces = traces();

        traces.round();

        assertThat(names()).containsExactly("a");
        assertThat(ends(traces))
                .isEqualTo(Outcomes.of(Outcome.EXPORTED, 1)
                        .plus(Outcome.QUARANTINED, "translation_bug", 1)
                        .plus(Outcome.SKIPPED, "no_traces", 1)
                        .plus(Outcome.QUARANTINED, "damaged", 1)
                        .plus(Outcome.QUARANTINED, "undecodable", 1));
    }

    @Test
    void round_indexMovedByANewerDecoder_findsTheEventByItsContent() throws Exception {
        workbench.receive("a 1", "b 2");
        StoredEvent event = workbench.journal.event(2);
        workbench.journal.replace(
                new StoredEvent(event.seq(), event.type(), 7, event.content(), event.arrival(), event.body(), false));

        traces().round();

        assertThat(names()).containsExactly("a", "b");
    }

    @Test
    void round_commitFails_isRepeatedWithoutAnotherExport() throws Exception {
        workbench.journal.failCommits(3);
        workbench.receive("a 1");
        Bench traces = traces();

        traces.round();

        assertThat(workbench.collector.requests(Signal.TRACES)).hasSize(1);
        assertThat(ends(traces)).isEqualTo(Outcomes.of(Outcome.EXPORTED, 1));
        assertThat(traces.patience().state().condition()).isEqualTo(Condition.RUNNING);
    }

    @Test
    void round_stopDuringAnOutage_leavesTheEventsForTheNextStart() throws Exception {
        workbench.receive("a 1");
        Bench traces = traces();
        workbench.collector.always(Signal.TRACES, request -> {
            traces.stop().request();
            return FakeCollector.status(503);
        });

        assertThat(traces.round()).isFalse();
        assertThat(ends(traces)).isEqualTo(Outcomes.NONE);

        workbench.collector.always(Signal.TRACES, request -> FakeCollector.status(200));
        traces().round();
        assertThat(names()).containsExactly("a");
    }

    @Test
    void round_stopAmidASplit_keepsWhatWasAccepted() throws Exception {
        workbench.receive("a 1", "b 2", "c 3", "d 4");
        Bench traces = traces();
        workbench.collector.always(Signal.TRACES, request -> {
            List<String> spans = request.spans().stream().map(Span::getName).toList();
            if (spans.size() > 2) {
                return FakeCollector.status(413);
            }
            if (spans.contains("a")) {
                return FakeCollector.status(200);
            }
            traces.stop().request();
            return FakeCollector.status(503);
        });

        assertThat(traces.round()).isFalse();

        assertThat(workbench.journal.position(traces.id())).isEqualTo(2);
        assertThat(ends(traces)).isEqualTo(Outcomes.of(Outcome.EXPORTED, 2));
    }

    @Test
    void round_stopping_drainsWhatWaitsThenEnds() throws Exception {
        workbench.receive(IntStream.range(0, 600).mapToObj(i -> "s" + i + " 1").toArray(String[]::new));
        Bench traces = traces();
        traces.stop().request();

        assertThat(traces.round()).isTrue();
        assertThat(traces.round()).isTrue();
        assertThat(traces.round()).isFalse();
        assertThat(names()).hasSize(600);
    }

    private Bench traces() throws Exception {
        return workbench.start(workbench.destination(), Signal.TRACES);
    }

    private List<String> names() {
        return workbench.collector.spans().stream().map(Span::getName).toList();
    }

    private List<byte[]> bodies() {
        return workbench.collector.requests(Signal.TRACES).stream()
                .map(FakeCollector.Request::body)
                .toList();
    }

    private Outcomes ends(Bench bench) {
        return workbench.journal.outcomes(bench.id());
    }

    private void damage(long seq) {
        StoredEvent event = workbench.journal.event(seq);
        workbench.journal.replace(new StoredEvent(
                seq, event.type(), event.index(), event.content(), event.arrival(), event.body(), true));
    }

    private void rename(long seq) {
        StoredEvent event = workbench.journal.event(seq);
        workbench.journal.replace(new StoredEvent(
                seq, event.type(), event.index(), Hash.of("other"), event.arrival(), event.body(), false));
    }
}
